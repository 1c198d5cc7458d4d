"""Candidates as they are read from the whole system: found, shown, shared in part, and exported."""

import csv
import io
from collections.abc import Callable
from contextlib import closing

from e2e import documents
from e2e.api import Api
from e2e.candidates import (
    CANDIDATES,
    detail,
    done,
    imported,
    listed,
    new_person,
    path_of,
    share,
    until,
    until_status,
)

PHONE = "+44 20 7946 0123"


def resume_with_contact(name: str, email: str) -> tuple[str, bytes]:
    """A file that has the contact in more than one place."""
    lines = [
        name,
        f"{email} | {PHONE}",
        "Summary",
        f"Engineer of engines; write to {email} or call 020 7946 0123.",
        "Experience",
        "Engineer, Analytical Engines Ltd, January 2019 - December 2021",
        "Wrote Python and PostgreSQL, with C++ beside.",
        "Skills",
        "Python, PostgreSQL, C++",
    ]
    return f"{email}.docx", documents.plain_docx("\n".join(lines))


def test_a_candidate_is_found_by_name_mail_skill_and_words_and_looked_at(recruiter: Api) -> None:
    name, email = new_person("Zoë Wrensdotter")
    (candidate_id,) = imported(recruiter, resume_with_contact(name, email))
    for params in (
        {"search": "zoe wrens"},
        {"search": email},
        {"skills": "python,c++"},
        {"q": '"analytical engines" python'},
        {"source": "bulk_upload", "sort": "name", "min_years": "2"},
    ):
        assert listed(recruiter, **params) == [candidate_id], params
    for params in ({"search": "adele"}, {"skills": "cobol"}, {"q": "-engines"}, {"source": "google_drive"}):
        assert listed(recruiter, **params) == [], params

    shown = detail(recruiter, candidate_id)
    assert (shown["full_name"], shown["email"], shown["phone"]) == (name, email, "+442079460123")
    years = {skill["name"]: skill["years"] for skill in shown["skills"]}
    assert years["Python"] == 3.0
    (resume,) = shown["resumes"]
    assert shown["resume_url"].endswith(f"/api/resumes/{resume['resume_id']}/download")
    assert recruiter.http.get(shown["resume_url"]).status_code == 200

    until(lambda: recruiter.read(CANDIDATES)[0]["last_viewed_at"] is not None)
    until(lambda: {"viewed", "downloaded", "resume_added"} <= kinds_of_activity(recruiter, candidate_id))


def kinds_of_activity(api: Api, candidate_id: str) -> set[str]:
    return {each["kind"] for each in api.read(path_of(candidate_id, "activity"))}


def test_where_a_share_hides_the_contact_nothing_tells_it_and_nothing_is_left_when_it_ends(
    recruiter: Api, sign_up: Callable[[str], Api], admin: Api
) -> None:
    name, email = new_person("Bea Hiddenson")
    (candidate_id,) = imported(recruiter, resume_with_contact(name, email))
    resume_id = detail(recruiter, candidate_id)["resumes"][0]["resume_id"]
    other = sign_up("recruiter")
    paths = [
        CANDIDATES,
        f"{CANDIDATES}/export",
        path_of(candidate_id),
        path_of(candidate_id, "export"),
        path_of(candidate_id, "activity"),
        f"/api/resumes/{resume_id}/data",
        f"/api/resumes/{resume_id}/data?evidence=true",
        f"/api/resumes/{resume_id}/data?format=jsonresume",
    ]
    assert other.http.get(path_of(candidate_id)).status_code == 404
    share(admin, candidate_id, other, can_view_contact_info=False, share_notes=f"Call {PHONE}")
    assert listed(other, search="hiddenson") == [candidate_id]
    assert listed(other, search=email) == []
    assert listed(other, q="7946") == []
    for path in paths:
        answer = other.http.get(path)
        assert answer.status_code == 200, path
        assert email.split("@")[0] not in answer.text, path
        assert "7946" not in answer.text, path
    refused = other.http.get(f"/api/resumes/{resume_id}/download")
    assert (refused.status_code, "contact" in refused.json()["detail"]) == (403, True)

    share(admin, candidate_id, other, can_view_contact_info=True)
    assert detail(other, candidate_id)["email"] == email
    assert listed(other, search=email) == [candidate_id]
    assert other.http.get(f"/api/resumes/{resume_id}/download").status_code == 200
    (shared,) = admin.read(f"/api/resumes/admin/candidates/{candidate_id}/shares")
    assert (shared["recruiter_id"], shared["email"]) == (other.user_id, other.email)

    done(admin.http.delete(f"/api/resumes/admin/candidates/{candidate_id}/shares/{other.user_id}"))
    assert listed(other) == []
    for path in paths[2:]:
        assert other.http.get(path).status_code == 404, path


def test_people_read_what_was_made_of_their_own_resume_and_nobody_else_s(
    sign_up: Callable[[str], Api], recruiter: Api
) -> None:
    name, email = new_person("Cleo Ownwright")
    person = sign_up("candidate")
    resume_id = person.upload(resume_with_contact(name, email))
    with closing(person.events(resume_id)) as events:
        assert [event["status"] for event in events][-1] == "completed"
    candidate_id = person.status(resume_id)["candidate_id"]
    until_status(person, candidate_id, 200)
    shown = detail(person, candidate_id)
    assert (shown["full_name"], shown["email"], shown["notes"]) == (name, email, [])
    assert person.read(path_of(candidate_id, "export"))["resumes"][0]["data"]["full_name"] == name
    assert person.http.get(path_of(candidate_id, "activity")).status_code == 403
    assert recruiter.http.get(path_of(candidate_id)).status_code == 404


def test_lists_have_totals_links_and_files(recruiter: Api) -> None:
    people = [new_person(f"{first} Listed") for first in ("Ann", "Bob", "Cid")]
    imported(recruiter, *(resume_with_contact(*person) for person in people))
    first = recruiter.http.get(CANDIDATES, params={"sort": "name", "limit": "2"})
    assert [each["full_name"] for each in first.json()] == ["Ann Listed", "Bob Listed"]
    assert first.headers["X-Total-Count"] == "3"
    following = first.headers["Link"].partition(">")[0].removeprefix("<")
    assert [each["full_name"] for each in recruiter.read(following)] == ["Cid Listed"]
    again = recruiter.http.get(
        CANDIDATES, params={"sort": "name", "limit": "2"}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    file = recruiter.http.get(f"{CANDIDATES}/export", params={"sort": "-name"}).raise_for_status()
    names = [row["full_name"] for row in csv.DictReader(io.StringIO(file.text))]
    assert names == ["Cid Listed", "Bob Listed", "Ann Listed"]
