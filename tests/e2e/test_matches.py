"""Who matches what, from the resumes to the endpoints, and who is told of it."""

from collections.abc import Callable

from e2e.api import Api
from e2e.candidates import CANDIDATES, done, imported, new_person, share, until
from e2e.matching import (
    MATCHING,
    candidate_matches,
    change_job,
    engineer,
    job_matches,
    matching,
    post_job,
    until_matching,
    until_task_ended,
)

NURSING = "wound care, triage, infusion therapy"


def test_a_job_is_matched_with_who_is_there_and_with_who_comes(recruiter: Api) -> None:
    (first,) = imported(recruiter, engineer(*new_person()))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [first])
    (second,) = imported(recruiter, engineer(*new_person(), skills=NURSING))
    until_matching(recruiter, job_id, [first, second])

    found = job_matches(recruiter, job_id)
    assert [each["candidate_id"] for each in found["matches"]] == [first, second], "the best first"
    best = found["matches"][0]
    assert (found["total_matches"], found["top_match_score"]) == (2, best["match_score"])
    assert best["match_score"] > found["matches"][1]["match_score"]
    assert set(best["matching_skills"]) >= {"Python", "PostgreSQL", "AWS"}
    assert best["missing_skills"] == ["Kubernetes"]
    assert "Backend Engineer at Analytical Engines Ltd" in best["match_explanation"]
    assert "no evidence of Kubernetes" in best["match_explanation"]
    of_candidate = candidate_matches(recruiter, first, limit=100)["matches"]
    assert [each for each in of_candidate if each["job_id"] == job_id] == [best]
    assert job_matches(recruiter, job_id, min_score=best["match_score"])["total_matches"] == 1


def test_who_changes_is_matched_again(recruiter: Api) -> None:
    (candidate_id,) = imported(recruiter, engineer(*new_person(), skills=NURSING))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [candidate_id])
    before = job_matches(recruiter, job_id)["matches"][0]

    skills = [{"name": name} for name in ("Python", "PostgreSQL", "AWS", "Kubernetes")]
    recruiter.http.patch(f"{CANDIDATES}/{candidate_id}", json={"skills": skills}).raise_for_status()
    until(lambda: job_matches(recruiter, job_id)["matches"][0]["missing_skills"] == [])
    after = job_matches(recruiter, job_id)["matches"][0]
    assert after["match_score"] > before["match_score"]
    assert (after["match_id"], after["created_at"]) == (before["match_id"], before["created_at"])

    change_job(recruiter, job_id, required_skills=["Welding"], preferred_skills=[], description="Weld.")
    until(
        lambda: all(
            each["missing_skills"] == ["Welding"] for each in job_matches(recruiter, job_id)["matches"]
        )
    )


def test_a_recruiter_is_told_of_his_own_whoevers_job_it_is(
    recruiter: Api, admin: Api, candidate: Api, sign_up: Callable[[str], Api]
) -> None:
    other = sign_up("recruiter")
    (own,) = imported(recruiter, engineer(*new_person()))
    (others,) = imported(other, engineer(*new_person()))
    job_id = post_job(other)
    until_matching(recruiter, job_id, [own])
    until_matching(other, job_id, [others])
    until(lambda: matching(admin, job_id) >= {own, others})
    for path in (f"jobs/{job_id}/matches", f"stats/job/{job_id}"):
        assert candidate.http.get(f"{MATCHING}/{path}").status_code == 403
    assert other.http.get(f"{MATCHING}/candidates/{own}/matches").status_code == 404


def test_a_bait_job_tells_nothing_of_others_databases(recruiter: Api, sign_up: Callable[[str], Api]) -> None:
    imported(recruiter, *(engineer(*new_person()) for _ in range(3)))
    job_id = post_job(recruiter)
    until(lambda: len(matching(recruiter, job_id)) == 3)
    baiter = sign_up("recruiter")
    bait_id = post_job(baiter)
    until(lambda: len(matching(recruiter, bait_id)) == 3)  # theirs are matched with it
    found = job_matches(baiter, bait_id)
    assert (found["total_matches"], found["top_match_score"], found["matches"]) == (0, 0.0, [])
    told = done(baiter.http.post(f"{MATCHING}/jobs/{bait_id}/rematch", json={"force": True}))
    assert told["estimated_matches"] == 0
    until_task_ended(baiter, told["task_id"])
    assert done(baiter.http.get(f"{MATCHING}/stats/job/{bait_id}"))["total_matches"] == 0
    assert done(baiter.http.post(f"{MATCHING}/preview", json=_preview()))["total_candidates"] == 0


def test_a_share_shows_its_matches_and_taken_back_hides_them_at_once(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api]
) -> None:
    (candidate_id,) = imported(recruiter, engineer(*new_person()))
    other = sign_up("recruiter")
    job_id = post_job(other)
    until_matching(recruiter, job_id, [candidate_id])
    share(admin, candidate_id, other, can_view_contact_info=False)
    until_matching(other, job_id, [candidate_id])
    assert candidate_matches(other, candidate_id)["total_matches"] >= 1
    assert other.http.post(f"{MATCHING}/candidates/{candidate_id}/rematch", json={}).status_code == 403

    path = f"/api/resumes/admin/candidates/{candidate_id}/shares/{other.user_id}"
    done(admin.http.delete(path))
    assert job_matches(other, job_id)["total_matches"] == 0
    assert other.http.get(f"{MATCHING}/candidates/{candidate_id}/matches").status_code == 404
    assert matching(recruiter, job_id) == {candidate_id}


def test_a_person_is_told_of_the_jobs_that_match_and_may_be_found(
    candidate: Api, recruiter: Api, sign_up: Callable[[str], Api]
) -> None:
    job_id = post_job(recruiter)
    candidate_id = str(candidate.until_ended(candidate.upload(engineer(*new_person())))["candidate_id"])
    until(
        lambda: (
            job_id
            in {each["job_id"] for each in candidate_matches(candidate, candidate_id, limit=100)["matches"]}
        )
    )
    assert done(candidate.http.get(f"{MATCHING}/stats/candidate/{candidate_id}"))["total_matches"] >= 1
    for stranger in (recruiter, sign_up("candidate")):
        assert stranger.http.get(f"{MATCHING}/candidates/{candidate_id}/matches").status_code == 404
    assert matching(recruiter, job_id) == set()

    consent = f"{CANDIDATES}/{candidate_id}/consent"
    done(candidate.http.put(consent, json={"can_be_found": True}))
    until_matching(recruiter, job_id, [candidate_id])
    (found,) = job_matches(recruiter, job_id)["matches"]
    assert found["candidate_name"] == "Ada Example"
    assert recruiter.http.get(f"{CANDIDATES}/{candidate_id}").status_code == 404
    assert matching(sign_up("recruiter"), job_id) == set(), "it is somebody else's job"
    done(candidate.http.put(consent, json={"can_be_found": False}))
    assert matching(recruiter, job_id) == set()


def test_a_closed_job_has_no_matches_until_it_is_opened_again(recruiter: Api) -> None:
    (candidate_id,) = imported(recruiter, engineer(*new_person()))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [candidate_id])
    change_job(recruiter, job_id, status="closed")
    assert job_matches(recruiter, job_id)["total_matches"] == 0
    assert job_id not in {
        each["job_id"] for each in candidate_matches(recruiter, candidate_id, limit=100)["matches"]
    }
    assert recruiter.http.post(f"{MATCHING}/jobs/{job_id}/rematch", json={}).status_code == 409
    change_job(recruiter, job_id, status="open")
    until_matching(recruiter, job_id, [candidate_id])


def test_merged_candidates_match_as_one(recruiter: Api) -> None:
    kept, merged = imported(recruiter, engineer(*new_person()), engineer(*new_person("Ada Other")))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [kept, merged])
    done(recruiter.http.post(f"{CANDIDATES}/{kept}/merge", json={"candidate_id": merged}))
    assert matching(recruiter, job_id) == {kept}
    assert candidate_matches(recruiter, merged)["candidate_id"] == kept
    done(recruiter.http.delete(f"{CANDIDATES}/{kept}/merge/{merged}"))
    until_matching(recruiter, job_id, [kept, merged])


def test_an_erased_candidate_matches_nothing(recruiter: Api) -> None:
    first, second = imported(recruiter, *(engineer(*new_person()) for _ in range(2)))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [first, second])
    erasure_id = done(recruiter.http.delete(f"{CANDIDATES}/{first}"))["erasure_id"]
    assert matching(recruiter, job_id) == {second}
    until(lambda: bool(recruiter.read(f"/api/admin/erasures/{erasure_id}")["is_complete"]))
    assert recruiter.read(f"/api/admin/erasures/{erasure_id}")["services"]["matcher"]
    task = done(recruiter.http.post(f"{MATCHING}/jobs/{job_id}/rematch", json={"force": True}))
    until_task_ended(recruiter, task["task_id"])
    assert matching(recruiter, job_id) == {second}


def _preview() -> dict[str, object]:
    return {"title": "Backend Engineer", "description": "Python on AWS.", "required_skills": ["Python"]}
