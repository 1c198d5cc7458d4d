"""Endpoints 22 to 24: looking at matches, and how many there are."""

from collections.abc import Sequence
from uuid import uuid4

from match_stage import ADMIN, ANN, BEN, CLEO, PERSON, Stage, is_viewed, note_view
from shown_rows import add_candidate, share
from told import NOW, tell
from told_by_matcher import computed, job, match

from hotgigs.chassis.database import Connection
from hotgigs.contracts.match_state import Match
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1


async def scored(connection: Connection, stage: Stage, scores: Sequence[float]) -> list[Match]:
    matches = []
    for score in scores:
        candidate_id = await add_candidate(connection, database_id=BEN.user_id)
        matches.append(match(candidate_id, of=stage.job_id, score=score))
    await tell(connection, computed(*matches))
    return matches


async def test_statistics_of_a_job_are_as_documented(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        matches = await scored(connection, stage, [80, 90, 79.9, 60, 59.9])  # and 75.0 of the shared one
        for each in matches[:4]:
            viewed = MatchViewedV1(
                job_id=each.job_id,
                candidate_id=each.candidate_id,
                database_id=BEN.user_id,
                viewed_at=NOW,
            )
            await tell(connection, viewed)
    assert await stage.read(BEN, f"/stats/job/{stage.job_id}") == {
        "job_id": str(stage.job_id),
        "total_matches": 6,
        "high_matches": 2,
        "medium_matches": 3,
        "low_matches": 1,
        "viewed_matches": 4,
        "view_rate": 66.7,
    }
    assert (await stage.read(ANN, f"/stats/job/{stage.job_id}"))["viewed_matches"] == 0


async def test_statistics_of_a_candidate_are_as_documented(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        for number, score in enumerate([80, 79, 10]):
            state = job(f"job {number}", owner=BEN.actor)
            await tell(
                connection, JobPostedV1(job=state), computed(match(stage.own, of=state.job_id, score=score))
            )
    assert await stage.read(ANN, f"/stats/candidate/{stage.own}") == {
        "candidate_id": str(stage.own),
        "total_matches": 4,
        "high_matches": 2,
        "medium_matches": 1,
        "low_matches": 1,
        "match_rate": 50.0,
    }


async def test_statistics_of_nothing_are_zero(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
    assert (await stage.read(ANN, f"/stats/candidate/{candidate_id}"))["match_rate"] == 0.0


async def test_a_look_is_the_recruiters_own_and_the_owners_is_told_to_others(stage: Stage) -> None:
    stage.app.ingest.effect = note_view
    path = f"/api/matching/matches/{stage.match_id(stage.shared)}/viewed"
    answer = await stage.app.ask(BEN, "PUT", path)
    assert (answer.status_code, answer.json()) == (200, {"message": "Match marked as viewed"})
    assert await is_viewed(stage, BEN, stage.shared)
    assert not await is_viewed(stage, ANN, stage.shared)
    assert not await is_viewed(stage, ADMIN, stage.shared), "it is the job's owner whose look counts"
    await stage.app.ask(ANN, "PUT", path)
    assert await is_viewed(stage, ADMIN, stage.shared)


async def test_the_person_is_told_whether_the_jobs_owner_has_looked(stage: Stage) -> None:
    async with stage.pool.acquire() as connection:
        await share(connection, stage.persons, ANN.user_id)
    stage.app.ingest.effect = note_view
    assert not await is_viewed(stage, PERSON, stage.persons)
    path = f"/api/matching/matches/{stage.match_id(stage.persons)}/viewed"
    assert (await stage.app.ask(ANN, "PUT", path)).status_code == 200
    assert await is_viewed(stage, PERSON, stage.persons)


async def test_nobody_marks_a_match_that_he_does_not_see(stage: Stage) -> None:
    for who, candidate_id, status in (
        (BEN, stage.own, 404),
        (ANN, stage.hers, 404),
        (CLEO, stage.shared, 404),
        (PERSON, stage.persons, 403),
    ):
        path = f"/api/matching/matches/{stage.match_id(candidate_id)}/viewed"
        assert (await stage.app.ask(who, "PUT", path)).status_code == status
    assert (await stage.app.ask(ANN, "PUT", f"/api/matching/matches/{uuid4()}/viewed")).status_code == 404
    assert stage.app.ingest.commands == []
