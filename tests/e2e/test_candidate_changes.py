"""What is changed of a candidate can be read back as soon as the change is answered."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from e2e import documents
from e2e.api import Api
from e2e.candidates import (
    add_note,
    detail,
    done,
    imported,
    listed,
    new_person,
    path_of,
    resume_of,
    share,
    until,
    until_status,
)
from e2e.refusals import assert_refused


@pytest.fixture
def candidate_id(recruiter: Api) -> str:
    """Of the recruiter's database."""
    (candidate_id,) = imported(recruiter, resume_of(*new_person()))
    return candidate_id


def test_a_note_is_read_when_it_is_answered_and_gone_when_its_removal_is(
    recruiter: Api, candidate_id: str
) -> None:
    answer = add_note(recruiter, candidate_id, "Knows SQL well.", is_important=True)
    note_id = done(answer, 201)["note_id"]
    assert answer.json() == {"message": "Note added successfully", "note_id": note_id}
    (note,) = detail(recruiter, candidate_id)["notes"]
    assert (note["id"], note["title"], note["content"]) == (note_id, "A note", "Knows SQL well.")
    assert (note["is_important"], note["is_private"]) == (True, False)

    done(recruiter.http.delete(path_of(candidate_id, "notes", note_id)))
    assert detail(recruiter, candidate_id)["notes"] == []
    again = recruiter.http.delete(path_of(candidate_id, "notes", note_id))
    assert_refused(again, 404, "no such note")


def test_tags_are_found_by_when_they_are_answered(recruiter: Api, candidate_id: str) -> None:
    tags = path_of(candidate_id, "tags")
    added = done(recruiter.http.post(tags, json={"tags": ["Senior", "C/C++", " front  end "]}))
    assert added == {"message": "Tags added successfully", "tags": ["c/c++", "front end", "senior"]}
    assert sorted(detail(recruiter, candidate_id)["tags"]) == added["tags"]
    assert listed(recruiter, tags="senior,c/c++") == [candidate_id]

    for tag in ("Senior", "C/C++"):
        left = done(recruiter.http.delete(f"{tags}/{quote(tag, safe='')}"))
    assert left["tags"] == ["front end"]
    assert listed(recruiter, tags="senior") == []
    assert detail(recruiter, candidate_id)["tags"] == ["front end"]
    assert done(recruiter.http.post(tags, json={"tags": ["senior"]}))["tags"] == ["front end", "senior"]


def test_an_edit_stays_whatever_resume_comes_until_it_is_reset(recruiter: Api) -> None:
    name, email = new_person()
    (candidate_id,) = imported(recruiter, resume_of(name, email))
    edited = done(
        recruiter.http.patch(
            path_of(candidate_id), json={"full_name": "Ada B. Example", "location": "Lisbon"}
        )
    )
    assert (edited["full_name"], edited["location"]) == ("Ada B. Example", "Lisbon")
    assert sorted(edited["edited"]) == ["full_name", "location"]
    assert listed(recruiter, search="ada b.") == [candidate_id]

    assert imported(recruiter, resume_of(name, email, title="Director")) == [candidate_id]
    shown = detail(recruiter, candidate_id)
    assert (shown["full_name"], shown["location"]) == ("Ada B. Example", "Lisbon")
    assert len(shown["resumes"]) == 2

    reset = done(recruiter.http.patch(path_of(candidate_id), json={"reset": ["full_name", "location"]}))
    assert (reset["full_name"], reset["edited"]) == (name, [])
    assert listed(recruiter, search="ada b.") == []


def test_two_candidates_are_merged_and_parted_again(recruiter: Api) -> None:
    first, second = imported(recruiter, resume_of(*new_person()), resume_of(*new_person("Bob Example")))
    add_note(recruiter, second, "Of the second.")
    before = detail(recruiter, second)

    merged = done(recruiter.http.post(path_of(first, "merge"), json={"candidate_id": second}))
    assert merged["undo"] == f"DELETE {path_of(first, 'merge', second)}"
    assert listed(recruiter) == [first]
    shown = detail(recruiter, second)
    assert shown["candidate_id"] == first
    assert (len(shown["resumes"]), shown["merged_ids"]) == (2, [second])
    assert [note["content"] for note in shown["notes"]] == ["Of the second."]

    again = recruiter.http.post(path_of(first, "merge"), json={"candidate_id": second})
    assert_refused(again, 409)
    assert_refused(recruiter.http.post(path_of(first, "merge"), json={"candidate_id": first}), 409)

    done(recruiter.http.delete(path_of(first, "merge", second)))
    assert sorted(listed(recruiter)) == sorted([first, second])
    after = detail(recruiter, second)
    for field in ("candidate_id", "full_name", "email", "notes", "resumes", "tags"):
        assert after[field] == before[field], field
    assert_refused(recruiter.http.delete(path_of(first, "merge", second)), 404, "no such merge")


def test_a_share_is_there_and_gone_when_it_is_answered(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api], candidate_id: str
) -> None:
    other = sign_up("recruiter")
    hidden = {"can_view_contact_info": False, "can_download_resume": False}
    reason = {"share_reason": "Good fit", "share_notes": "Focus on SQL"}
    assert share(admin, candidate_id, other, **hidden, **reason) == {
        "message": "Candidates shared successfully",
        "shares_created": 1,
        "total_shares": 1,
    }
    assert listed(other) == [candidate_id]
    shown = detail(other, candidate_id)
    assert (shown["email"], shown["resume_url"], shown["source"]) == (None, None, "admin_share")

    assert share(admin, candidate_id, other)["shares_created"] == 0
    assert detail(other, candidate_id)["email"] == detail(recruiter, candidate_id)["email"]

    done(other.http.post(path_of(candidate_id, "tags"), json={"tags": ["mine"]}))
    done(add_note(other, candidate_id, "Between us."), 201)
    assert detail(recruiter, candidate_id)["tags"] == []
    assert [note["content"] for note in detail(recruiter, candidate_id)["notes"]] == ["Between us."]
    refusals = [
        other.http.patch(path_of(candidate_id), json={"title": "CEO"}),
        other.http.delete(path_of(candidate_id)),
        other.http.post(path_of(candidate_id, "merge"), json={"candidate_id": candidate_id}),
    ]
    for refusal in refusals:
        assert_refused(refusal, 403, "shared with you")

    path = f"/api/resumes/admin/candidates/{candidate_id}/shares/{other.user_id}"
    done(admin.http.delete(path))
    assert listed(other) == []
    assert_refused(other.http.get(path_of(candidate_id)), 404)
    assert_refused(add_note(other, candidate_id, "Still here?"), 404)
    assert_refused(admin.http.delete(path), 404, "no such share")


def test_many_candidates_are_shared_with_many_recruiters_at_once(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api]
) -> None:
    candidate_ids = imported(recruiter, *(resume_of(*new_person(name)) for name in ("Ada One", "Bob Two")))
    recruiters = [sign_up("recruiter") for _ in range(2)]
    body = {"candidate_ids": candidate_ids, "recruiter_ids": [each.user_id for each in recruiters]}
    share(admin, candidate_ids[0], recruiters[0])

    answer = done(admin.http.post("/api/resumes/admin/candidates/share", json=body))
    assert (answer["shares_created"], answer["total_shares"]) == (3, 4)
    for each in recruiters:
        assert sorted(listed(each)) == sorted(candidate_ids)


def test_nothing_is_shared_where_one_of_many_is_unknown(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api], candidate_id: str
) -> None:
    other, person = sign_up("recruiter"), sign_up("candidate")
    answer = admin.http.post(
        "/api/resumes/admin/candidates/share",
        json={"candidate_ids": [candidate_id], "recruiter_ids": [other.user_id, person.user_id]},
    )
    assert_refused(answer, 404, "1 recruiter")
    assert listed(other) == []


def test_an_erased_candidate_is_gone_when_it_is_answered_and_the_proof_becomes_complete(
    recruiter: Api, admin: Api, candidate_id: str
) -> None:
    resume_id = detail(recruiter, candidate_id)["resumes"][0]["resume_id"]
    erased = done(recruiter.http.delete(path_of(candidate_id)))
    assert_refused(recruiter.http.get(path_of(candidate_id)), 404)
    assert_refused(recruiter.http.get(f"/api/resumes/{resume_id}/status"), 404)
    assert_refused(admin.http.get(path_of(candidate_id)), 404)
    assert listed(recruiter) == []
    proof = recruiter.read(f"/api/admin/erasures/{erased['erasure_id']}")
    assert (proof["candidate_ids"], proof["resume_ids"]) == ([candidate_id], [resume_id])
    assert_refused(recruiter.http.delete(path_of(candidate_id)), 404, "no such candidate")
    until(lambda: admin.read(f"/api/admin/erasures/{erased['erasure_id']}")["is_complete"])


def test_a_resume_is_erased_alone_where_the_candidate_has_another(recruiter: Api) -> None:
    name, email = new_person()
    candidate_id, same = imported(recruiter, resume_of(name, email), resume_of(name, email, title="Director"))
    assert same == candidate_id
    leading, other = (each["resume_id"] for each in detail(recruiter, candidate_id)["resumes"])

    done(recruiter.http.delete(f"/api/resumes/{leading}"))
    assert [each["resume_id"] for each in detail(recruiter, candidate_id)["resumes"]] == [other]
    assert_refused(recruiter.http.get(f"/api/resumes/{leading}/data"), 404)

    done(recruiter.http.delete(f"/api/resumes/{other}"))
    assert_refused(recruiter.http.get(path_of(candidate_id)), 404)


def test_people_edit_and_erase_what_was_made_of_their_own_resume(candidate: Api, admin: Api) -> None:
    resume_id = candidate.upload(resume_of(*new_person()))
    candidate.until_ended(resume_id)
    candidate_id = next(
        each["candidate_id"]
        for each in admin.read("/api/resumes/admin/candidates?limit=100")
        if each["user_id"] == candidate.user_id
    )
    until_status(candidate, candidate_id, 200)
    edited = done(candidate.http.patch(path_of(candidate_id), json={"title": "Chief Engineer"}))
    assert edited["title"] == "Chief Engineer"
    assert_refused(add_note(candidate, candidate_id, "About me"), 403, "Only recruiters")
    done(candidate.http.delete(path_of(candidate_id)))
    assert_refused(candidate.http.get(f"/api/resumes/{resume_id}/status"), 404)


def test_strangers_change_nothing(recruiter: Api, sign_up: Callable[[str], Api], candidate_id: str) -> None:
    stranger = sign_up("recruiter")
    resume_id = detail(recruiter, candidate_id)["resumes"][0]["resume_id"]
    (own,) = imported(stranger, resume_of(*new_person()))
    refusals = [
        add_note(stranger, candidate_id, "Hello"),
        stranger.http.post(path_of(candidate_id, "tags"), json={"tags": ["a"]}),
        stranger.http.patch(path_of(candidate_id), json={"title": "CEO"}),
        stranger.http.post(path_of(own, "merge"), json={"candidate_id": candidate_id}),
        stranger.http.post(path_of(candidate_id, "merge"), json={"candidate_id": own}),
        stranger.http.delete(path_of(candidate_id)),
        stranger.http.delete(f"/api/resumes/{resume_id}"),
        stranger.http.post(f"/api/resumes/{resume_id}/retry"),
    ]
    for refusal in refusals:
        assert_refused(refusal, 404, "there is no such")
    assert detail(recruiter, candidate_id)["edited"] == []


def test_a_failed_resume_is_tried_again_and_others_are_not(recruiter: Api, candidate_id: str) -> None:
    failed = recruiter.upload(("broken.pdf", documents.pdf_of_size(5000)))
    first = recruiter.until_ended(failed)
    assert first["status"] == "failed"
    retried = done(recruiter.http.post(f"/api/resumes/{failed}/retry"))
    assert retried["status"] == "uploaded"
    second = recruiter.until_ended(failed)
    assert (second["status"], second["error_message"]) == ("failed", first["error_message"])
    assert second["processing_completed_at"] > first["processing_completed_at"]

    completed = detail(recruiter, candidate_id)["resumes"][0]["resume_id"]
    assert_refused(recruiter.http.post(f"/api/resumes/{completed}/retry"), 409)
    answer = recruiter.post_files([("picture.pdf", b"\x89PNG\r\n\x1a\n"), resume_of(*new_person())])
    refused = recruiter.until_batch_ended(answer.json()["batch_id"])["resumes"][0]["resume_id"]
    assert_refused(recruiter.http.post(f"/api/resumes/{refused}/retry"), 409)


def test_the_same_file_again_is_recognised_in_the_same_database(
    recruiter: Api, sign_up: Callable[[str], Api]
) -> None:
    name, content = resume_of(*new_person())
    first = recruiter.post_file(name, content).json()
    assert "duplicate_of" not in first
    again = recruiter.post_file("another name.docx", content).json()
    assert again["duplicate_of"] == first["resume_id"]
    assert again["message"].endswith("you have uploaded the same file before")
    assert recruiter.status(again["resume_id"])["duplicate_of"] == first["resume_id"]
    assert "duplicate_of" not in recruiter.status(first["resume_id"])
    batch_id = recruiter.post_files([(name, content)]).json()["batch_id"]
    assert recruiter.batch(batch_id)["resumes"][0]["duplicate_of"] == first["resume_id"]
    assert "duplicate_of" not in sign_up("recruiter").post_file(name, content).json()


def test_what_an_admin_does_is_told_to_admins(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api], candidate_id: str
) -> None:
    other = sign_up("recruiter")
    share(admin, candidate_id, other)
    done(admin.http.patch(f"/api/admin/users/{other.user_id}", json={"status": "suspended"}))
    acts = admin.read("/api/admin/audit?limit=20")
    assert ("user_changed", other.user_id, ["status=suspended"]) in [
        (act["kind"], act["user_id"], act["fields"]) for act in acts
    ]
    assert_refused(recruiter.http.get("/api/admin/audit"), 403, "Only admins")
