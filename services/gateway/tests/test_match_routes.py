"""Endpoints 18 and 20: who sees which matches, and as what."""

from uuid import UUID

import msgspec
import pytest
from match_stage import ADMIN, ANN, BEN, CLEO, OTHER, PERSON, Stage, is_viewed, note_view
from shown_rows import add_candidate, share
from told import tell
from told_by_matcher import computed, job, match

from hotgigs.chassis.database import Pool
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.resume_data import Experience
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID


async def test_a_match_is_told_as_documented(stage: Stage) -> None:
    found = await stage.read(ANN, f"/jobs/{stage.job_id}/matches?min_score=80")
    assert found == {
        "job_id": str(stage.job_id),
        "job_title": "Backend Engineer",
        "total_matches": 1,
        "top_match_score": 92.5,
        "matches": [
            {
                "match_id": str(stage.match_id(stage.own)),
                "candidate_id": str(stage.own),
                "candidate_name": "Ada Example",
                "candidate_title": "Senior Engineer",
                "candidate_location": "Berlin",
                "job_id": str(stage.job_id),
                "job_title": "Backend Engineer",
                "company_name": "Tech Startup Inc",
                "match_score": 92.5,
                "skill_match_score": 95.0,
                "experience_match_score": 90.0,
                "education_match_score": 85.0,
                "location_match_score": 100.0,
                "match_explanation": found["matches"][0]["match_explanation"],
                "matching_skills": ["Python", "AWS"],
                "missing_skills": ["Docker"],
                "viewed_by_recruiter": False,
                "created_at": "2026-03-01T12:00:00Z",
            }
        ],
    }
    explanation = found["matches"][0]["match_explanation"]
    assert "Python as Engineer at Tech Corp for" in explanation
    assert explanation.endswith("Against it: no evidence of Docker.")


async def test_a_candidates_matches_are_told_as_documented(stage: Stage) -> None:
    found = await stage.read(ANN, f"/candidates/{stage.own}/matches")
    (told,) = found.pop("matches")
    assert found == {
        "candidate_id": str(stage.own),
        "candidate_name": "Ada Example",
        "total_matches": 1,
        "top_match_score": 92.5,
    }
    (same,) = (await stage.read(ANN, f"/jobs/{stage.job_id}/matches?min_score=80"))["matches"]
    assert told == same


async def test_without_matches_there_is_no_score(stage: Stage) -> None:
    found = await stage.read(ANN, f"/candidates/{stage.own}/matches?min_score=93")
    assert (found["candidate_name"], found["total_matches"], found["top_match_score"]) == (
        "Ada Example",
        0,
        0.0,
    )
    assert found["matches"] == []


async def test_everybody_sees_the_candidates_of_the_job_that_they_may_see(stage: Stage) -> None:
    assert await stage.listed(ANN) == [stage.own, stage.shared]
    assert await stage.listed(BEN) == [stage.shared]
    assert await stage.listed(CLEO) == [stage.hers]
    assert await stage.listed(ADMIN) == [stage.hers, stage.own, stage.shared, stage.persons]
    for who in (PERSON, OTHER):
        await stage.read(who, f"/jobs/{stage.job_id}/matches", 403)
        await stage.read(who, f"/stats/job/{stage.job_id}", 403)


async def test_a_bait_job_tells_nothing_of_others_candidates(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        await tell(connection, JobPostedV1(job=job("bait", owner=BEN.actor)))
        bait_id = job("bait").job_id
        everybody = (stage.own, stage.shared, stage.hers, stage.persons)
        await tell(connection, computed(*(match(each, of=bait_id) for each in everybody)))
    found = await stage.read(BEN, f"/jobs/{bait_id}/matches")
    assert [each["candidate_id"] for each in found["matches"]] == [str(stage.shared)]
    assert found["total_matches"] == 1
    assert (await stage.read(BEN, f"/stats/job/{bait_id}"))["total_matches"] == 1
    answer = await stage.app.ask(BEN, "POST", f"/api/matching/jobs/{bait_id}/rematch", {})
    assert answer.json()["estimated_matches"] == 1


async def test_the_jobs_owner_finds_those_who_let_themselves_be_found(stage: Stage) -> None:
    consented = ConsentChangedV1(
        candidate_id=stage.persons, database_id=MASTER_DATABASE_ID, version=1, can_be_found=True
    )
    async with stage.pool.acquire() as connection:
        await tell(connection, consented)
    assert await stage.listed(ANN) == [stage.own, stage.shared, stage.persons]
    assert await stage.listed(BEN) == [stage.shared], "it is somebody else's job"
    assert await stage.listed(ADMIN) == [stage.hers, stage.own, stage.shared, stage.persons]
    assert (await stage.read(ANN, f"/stats/job/{stage.job_id}"))["total_matches"] == 3
    stage.app.ingest.effect = note_view
    path = f"/api/matching/matches/{stage.match_id(stage.persons)}/viewed"
    assert (await stage.app.ask(ANN, "PUT", path)).status_code == 200
    assert await is_viewed(stage, PERSON, stage.persons)
    # Nothing else of them is there.
    await stage.read(ANN, f"/candidates/{stage.persons}/matches", 404)
    assert (await stage.app.ask(ANN, "GET", f"/api/resumes/candidates/{stage.persons}")).status_code == 404
    assert stage.persons not in {
        UUID(each["candidate_id"])
        for each in (await stage.app.ask(ANN, "GET", "/api/resumes/candidates")).json()
    }
    # Whom the owner sees anyway is shown as before, and once.
    async with stage.pool.acquire() as connection:
        as_shared = CandidateProfile(full_name="Ada Shared")
        await share(connection, stage.persons, ANN.user_id, profile=as_shared)
    found = await stage.read(ANN, f"/jobs/{stage.job_id}/matches")
    assert [each["candidate_name"] for each in found["matches"]] == [
        "Ada Example",
        "Ada Example",
        "Ada Shared",
    ]
    # And they may think again.
    withdrawn = msgspec.structs.replace(consented, version=2, can_be_found=False)
    async with stage.pool.acquire() as connection:
        await tell(connection, withdrawn)
        await connection.execute("DELETE FROM entries WHERE database_id = $1 AND NOT is_own", ANN.user_id)
    assert await stage.listed(ANN) == [stage.own, stage.shared]


async def test_a_candidates_matches_are_for_who_sees_the_candidate(stage: Stage) -> None:
    for path in (f"/candidates/{stage.persons}/matches", f"/stats/candidate/{stage.persons}"):
        for who, status in ((PERSON, 200), (ADMIN, 200), (OTHER, 404), (ANN, 404)):
            await stage.read(who, path, status)
    for who, status in ((ANN, 200), (BEN, 200), (ADMIN, 200), (CLEO, 404), (PERSON, 404)):
        await stage.read(who, f"/candidates/{stage.shared}/matches", status)


async def test_a_merged_candidates_matches_are_those_of_the_one_that_stands(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        merged = await add_candidate(connection, database_id=ANN.user_id, survivor_id=stage.own)
    found = await stage.read(ANN, f"/candidates/{merged}/matches")
    assert (found["candidate_id"], found["total_matches"]) == (str(stage.own), 1)


async def test_a_candidate_is_explained_as_the_reader_sees_it(stage: Stage) -> None:
    hidden = CandidateProfile(
        full_name="Ada Example",
        title="Engineer",
        experience=(Experience(title="[hidden]", company="Their Corp"),),
    )
    async with stage.pool.acquire() as connection:
        await share(connection, stage.own, CLEO.user_id, can_view_contact_info=False, profile=hidden)
    for path in (f"/jobs/{stage.job_id}/matches?min_score=80", f"/candidates/{stage.own}/matches"):
        shown = [each for each in (await stage.read(CLEO, path))["matches"] if each["match_score"] == 92.5]
        assert "as [hidden] at Their Corp" in shown[0]["match_explanation"]
        assert "Tech Corp" not in shown[0]["match_explanation"]


async def test_no_job_is_named_of_a_profile_that_was_not_matched(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        await connection.execute("UPDATE candidates SET version = 2 WHERE candidate_id = $1", stage.own)
    found = await stage.read(ANN, f"/jobs/{stage.job_id}/matches?min_score=80")
    assert "(Python and AWS in the profile)" in found["matches"][0]["match_explanation"]


async def test_a_closed_job_has_no_matches_and_is_there_for_its_owner(stage: Stage, pool: Pool) -> None:
    closed = job("closed", owner=ANN.actor, status="closed")
    async with pool.acquire() as connection:
        await tell(connection, JobPostedV1(job=closed), computed(match(stage.own, of=closed.job_id)))
    assert (await stage.read(ANN, f"/candidates/{stage.own}/matches"))["total_matches"] == 1
    await stage.read(ANN, f"/jobs/{closed.job_id}/matches")
    await stage.read(BEN, f"/jobs/{closed.job_id}/matches", 404)
    await stage.read(BEN, f"/stats/job/{closed.job_id}", 404)
    answer = await stage.app.ask(ANN, "POST", f"/api/matching/jobs/{closed.job_id}/rematch", {})
    assert answer.status_code == 409


async def test_pages_are_of_what_the_reader_sees(stage: Stage) -> None:
    answer = await stage.app.ask(ADMIN, "GET", f"/api/matching/jobs/{stage.job_id}/matches?skip=1&limit=2")
    told = answer.json()
    assert [each["candidate_id"] for each in told["matches"]] == [str(stage.own), str(stage.shared)]
    assert (told["total_matches"], answer.headers["X-Total-Count"]) == (4, "4")
    path = f"/api/matching/jobs/{stage.job_id}/matches?limit=2"
    assert answer.headers["Link"] == f'<{path}&skip=0>; rel="prev", <{path}&skip=3>; rel="next"'


async def test_equal_scores_are_in_the_order_of_ids(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        ids = [await add_candidate(connection, database_id=ANN.user_id) for _ in range(5)]
        await tell(connection, computed(*(match(each, of=stage.job_id, score=92.5) for each in ids)))
    assert await stage.listed(ANN, "?min_score=90") == sorted([stage.own, *ids])


@pytest.mark.parametrize("query", ["limit=101", "limit=0", "skip=-1", "min_score=101", "min_score=nan"])
async def test_what_cannot_be_listed_is_refused(stage: Stage, query: str) -> None:
    for path in (f"jobs/{stage.job_id}", f"candidates/{stage.own}"):
        answer = await stage.app.ask(ANN, "GET", f"/api/matching/{path}/matches?{query}")
        assert answer.status_code == 400


async def test_a_page_that_is_the_same_is_not_sent_again(stage: Stage) -> None:
    path = f"/api/matching/jobs/{stage.job_id}/matches"
    answer = await stage.app.ask(ANN, "GET", path)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"]
