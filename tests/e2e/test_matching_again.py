"""Matching again and how far that is, looking at matches and counting them, previews and similar people."""

from collections.abc import Callable
from typing import Any

import pytest
from e2e.api import Api
from e2e.candidates import CANDIDATES, done, imported, new_person, share, until
from e2e.deployment import Deployment, DistributedDeployment
from e2e.matching import (
    BACKEND,
    JOBS,
    MATCHING,
    candidate_matches,
    engineer,
    job_matches,
    post_job,
    until_matching,
    until_task_ended,
)

NURSE = "wound care, triage, infusion therapy"


@pytest.mark.parametrize("force", [False, True])
def test_matching_again_is_followed_to_its_end(recruiter: Api, force: bool) -> None:
    (candidate_id,) = imported(recruiter, engineer(*new_person()))
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, [candidate_id])
    before = job_matches(recruiter, job_id)
    open_jobs = int(recruiter.http.get(f"{JOBS}?status=open").headers["X-Total-Count"])
    for path, about, estimated in (
        (f"jobs/{job_id}", "job", 1),
        (f"candidates/{candidate_id}", "candidate", open_jobs),
    ):
        answer = recruiter.http.post(f"{MATCHING}/{path}/rematch", json={"force": force})
        told = done(answer)
        assert told["message"] == "Re-matching triggered successfully"
        assert told["estimated_matches"] == estimated
        task = until_task_ended(recruiter, told["task_id"])
        assert (task["status"], task["progress_percentage"], task["about"]) == ("completed", 100, about)
        assert task["completed_at"]
    assert job_matches(recruiter, job_id) == before


def test_a_task_is_told_to_who_sees_what_it_is_about(
    recruiter: Api, candidate: Api, sign_up: Callable[[str], Api]
) -> None:
    (candidate_id,) = imported(recruiter, engineer(*new_person()))
    told = done(recruiter.http.post(f"{MATCHING}/candidates/{candidate_id}/rematch", json={}))
    path = f"{MATCHING}/tasks/{told['task_id']}"
    assert recruiter.http.get(path).status_code == 200
    for stranger in (candidate, sign_up("recruiter")):
        assert stranger.http.get(path).status_code == 404


def test_looks_are_each_recruiters_own_and_counted(
    recruiter: Api, admin: Api, sign_up: Callable[[str], Api]
) -> None:
    candidate_ids = imported(recruiter, *(engineer(*new_person()) for _ in range(3)))
    other = sign_up("recruiter")
    share(admin, candidate_ids[0], other)
    job_id = post_job(recruiter)
    until_matching(recruiter, job_id, candidate_ids)
    until_matching(other, job_id, candidate_ids[:1])
    match_id = job_matches(other, job_id)["matches"][0]["match_id"]
    path = f"{MATCHING}/matches/{match_id}/viewed"

    assert done(other.http.put(path)) == {"message": "Match marked as viewed"}
    assert job_matches(other, job_id)["matches"][0]["viewed_by_recruiter"]
    assert not any(each["viewed_by_recruiter"] for each in job_matches(recruiter, job_id)["matches"])
    assert done(other.http.get(f"{MATCHING}/stats/job/{job_id}"))["view_rate"] == 100.0

    for _ in range(2):
        done(recruiter.http.put(path))
    stats = done(recruiter.http.get(f"{MATCHING}/stats/job/{job_id}"))
    assert (stats["total_matches"], stats["viewed_matches"], stats["view_rate"]) == (3, 1, 33.3)
    assert stats["high_matches"] + stats["medium_matches"] + stats["low_matches"] == 3
    (told,) = [
        each
        for each in candidate_matches(admin, candidate_ids[0], limit=100)["matches"]
        if each["match_id"] == match_id
    ]
    assert told["viewed_by_recruiter"], "the job's owner has looked"
    assert (
        other.http.put(f"{MATCHING}/matches/{_another(recruiter, job_id, match_id)}/viewed").status_code
        == 404
    )


def _another(api: Api, job_id: str, match_id: str) -> str:
    return next(
        str(each["match_id"]) for each in job_matches(api, job_id)["matches"] if each["match_id"] != match_id
    )


def test_a_preview_is_what_the_job_would_match_and_posts_nothing(recruiter: Api) -> None:
    first, second = imported(
        recruiter, engineer(*new_person()), engineer(*new_person("Bea Nurse"), skills=NURSE)
    )

    def previewed() -> dict[str, Any]:
        return done(recruiter.http.post(f"{MATCHING}/preview", json=BACKEND | {"limit": 10}))

    until(lambda: previewed()["total_candidates"] == 2)
    preview = previewed()
    assert set(preview["required_skills"]) == set(BACKEND["required_skills"])
    assert preview["matches"][0]["candidate_id"] == first
    assert {each["candidate_id"] for each in preview["matches"]} <= {first, second}
    assert recruiter.read(f"{JOBS}?mine=true") == []

    job_id = post_job(recruiter)
    until(lambda: bool(job_matches(recruiter, job_id)["matches"]))
    (posted,) = [each for each in job_matches(recruiter, job_id)["matches"] if each["candidate_id"] == first]
    told_once = {"match_id", "job_id", "viewed_by_recruiter", "created_at"}
    assert {k: v for k, v in posted.items() if k not in told_once} == {
        k: v for k, v in preview["matches"][0].items() if k not in told_once
    }


def test_skills_that_are_not_named_are_read_from_the_description(recruiter: Api) -> None:
    given = {"title": "Backend Engineer", "description": "You know Python and PostgreSQL well."}
    preview = done(recruiter.http.post(f"{MATCHING}/preview", json=given))
    assert {"Python", "PostgreSQL"} <= set(preview["required_skills"])
    assert (preview["total_candidates"], preview["matches"]) == (0, [])


def test_who_is_like_whom_among_ones_own(recruiter: Api, sign_up: Callable[[str], Api]) -> None:
    other = sign_up("recruiter")
    imported(other, engineer(*new_person()))
    one, like, unlike = imported(
        recruiter,
        engineer(*new_person()),
        engineer(*new_person()),
        engineer(*new_person("Bea Nurse"), skills=NURSE),
    )

    def similar() -> list[dict[str, object]]:
        path = f"{MATCHING}/candidates/{one}/similar"
        answer = done(recruiter.http.get(path, params={"limit": 5}))
        assert answer["candidate_id"] == one
        return list(answer["similar"])

    until(lambda: {each["candidate_id"] for each in similar()} >= {like})
    found = similar()
    assert found[0]["candidate_id"] == like
    assert {"Python", "PostgreSQL"} <= {*found[0]["shared_skills"]}
    assert {each["candidate_id"] for each in found} <= {like, unlike}
    assert other.http.get(f"{MATCHING}/candidates/{one}/similar").status_code == 404


def test_while_the_matcher_is_away_jobs_are_safe_and_previews_say_so(
    distributed: DistributedDeployment, recruiter_of: Callable[[Deployment], Api]
) -> None:
    recruiter = recruiter_of(distributed)
    (candidate_id,) = imported(recruiter, engineer(*new_person()))
    similar = f"{MATCHING}/candidates/{candidate_id}/similar"
    until(lambda: recruiter.http.get(similar).status_code == 200)  # the matcher knows whom it is asked about
    with distributed.away("matcher"):
        answer = recruiter.http.post(JOBS, json=BACKEND)
        assert answer.status_code == 202
        for away in (
            recruiter.http.post(f"{MATCHING}/preview", json=BACKEND),
            recruiter.http.get(similar),
        ):
            assert away.status_code == 503
            assert int(away.headers["Retry-After"]) > 0
        again = recruiter.http.post(f"{MATCHING}/candidates/{candidate_id}/rematch", json={})
        assert again.status_code == 202
        assert recruiter.http.get(f"{CANDIDATES}/{candidate_id}").status_code == 200
    job_id = answer.json()["job_id"]
    until(lambda: recruiter.http.get(f"{JOBS}/{job_id}").status_code == 200)
    until_matching(recruiter, job_id, [candidate_id])
    until(lambda: recruiter.http.get(f"{MATCHING}/tasks/{again.json()['task_id']}").status_code == 200)
    assert until_task_ended(recruiter, again.json()["task_id"])["status"] == "completed"
