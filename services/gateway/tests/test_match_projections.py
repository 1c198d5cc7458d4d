"""What the matcher tells of jobs and matches comes in any order, some of it twice, and beside erasures."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import FRIEND, HOME, NOW, after, an_id, candidate, erasure, in_any_order, tell
from told_by_matcher import computed, job, match, removed, run, viewed

from hotgigs.chassis.database import Pool
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.message import Event
from hotgigs.gateway.candidates.entries import FINDABLE_DATABASE_ID
from hotgigs.gateway.matching.matches import forget_removed
from hotgigs.gateway.matching.runs import forget_old

STORY: tuple[Event, ...] = (
    CandidateAddedV1(candidate=candidate("ada")),
    ConsentChangedV1(candidate_id=an_id("ada"), database_id=HOME, version=1, can_be_found=False),
    ConsentChangedV1(candidate_id=an_id("ada"), database_id=HOME, version=2, can_be_found=True),
    JobPostedV1(job=job("kept")),
    computed(match("ada", of="kept"), match("bo", of="kept", score=70.0)),
    # A better score, and a pair that is kept no longer.
    computed(match("ada", of="kept", version=2, score=95.0), removed("bo", of="kept")),
    viewed("ada", of="kept", minute=5),
    viewed("ada", of="kept", minute=1),
    viewed("ada", of="kept", by=FRIEND),
    MatchingProgressedV1(run=run("1", about="kept")),
    MatchingProgressedV1(run=run("1", about="kept", version=2, status="running", to_compare=10, compared=5)),
    # Closed, and opened again.
    JobPostedV1(job=job("reopened")),
    computed(match("ada", of="reopened"), match("bo", of="reopened", version=2)),
    JobUpdatedV1(job=job("reopened", version=2, status="closed", matches_since=2)),
    JobUpdatedV1(job=job("reopened", version=3, matches_since=2)),
    computed(match("ada", of="reopened", version=3, job_version=3, score=60.0)),
)
END: tuple[Event, ...] = (
    JobPostedV1(job=job("other")),
    JobPostedV1(job=job("deleted")),
    JobUpdatedV1(job=job("deleted", version=2)),
    computed(match("left", of="deleted"), match("erased", of="deleted")),
    viewed("left", of="deleted"),
    MatchingProgressedV1(run=run("of the job", about="deleted")),
    JobDeletedV1(job_id=an_id("deleted")),
    CandidateAddedV1(candidate=candidate("erased")),
    ConsentChangedV1(candidate_id=an_id("erased"), database_id=HOME, version=1, can_be_found=True),
    computed(match("erased", of="other"), match("left", of="other")),
    viewed("erased", of="other"),
    MatchingProgressedV1(
        run=msgspec.structs.replace(run("of the erased", about="erased"), about="candidate")
    ),
    CandidateErasedV1(erasure=erasure("erased")),
    MatchesForgottenV1(erasure_id=erasure("erased").erasure_id, at=NOW),
)


def pairs(seen: dict[str, list[dict[str, Any]]]) -> dict[tuple[Any, Any], float]:
    return {
        (row["job_id"], row["candidate_id"]): row["score"]
        for row in seen["matches"]
        if row["removed_at"] is None
    }


@in_any_order
@given(order=st.permutations(STORY), repeated=st.lists(st.sampled_from(STORY), max_size=5))
async def test_jobs_matches_views_and_runs_come_to_the_same_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    expected = await after(pool, list(STORY))
    assert await after(pool, order + repeated) == expected
    assert pairs(expected) == {
        (an_id("kept"), an_id("ada")): 95.0,
        (an_id("reopened"), an_id("ada")): 60.0,
    }
    minutes = {row["database_id"]: row["viewed_at"].minute for row in expected["match_views"]}
    assert minutes == {HOME: 1, FRIEND.database_id: 0}
    assert [row["compared"] for row in expected["matching_runs"]] == [5]
    emails = {row["database_id"]: row["email"] for row in expected["entries"]}
    assert emails == {HOME: "ada.84@mail.example", FINDABLE_DATABASE_ID: None}


@in_any_order
@given(order=st.permutations(END), repeated=st.lists(st.sampled_from(END), max_size=6))
async def test_nothing_of_a_deleted_job_or_an_erased_candidate_comes_back_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(END))
    assert pairs(seen) == {(an_id("other"), an_id("left")): 92.5}
    assert [row["job_id"] for row in seen["jobs"]] == [an_id("other")]
    for table in ("match_views", "matching_runs", "entries", "consents"):
        assert seen[table] == [], table
    assert [row["service"] for row in seen["erasure_confirmations"]] == ["matcher"]


async def test_nothing_but_its_version_is_left_of_a_removed_match_and_that_not_for_ever(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, computed(match("ada")), computed(removed("ada")), computed(match("bo")))
        left = await connection.fetchrow("SELECT * FROM matches WHERE removed_at IS NOT NULL")
        named = {"job_id", "candidate_id", "match_id", "version", "removed_at"}
        assert {name for name, value in left.items() if value is not None} == named
        await forget_removed(connection)
        assert await connection.fetchval("SELECT count(*) FROM matches") == 2
        await connection.execute("UPDATE matches SET removed_at = removed_at - interval '15 days'")
        await forget_removed(connection)
        rows = await connection.fetch("SELECT candidate_id FROM matches")
    assert [row["candidate_id"] for row in rows] == [an_id("bo")]


async def test_runs_that_ended_long_ago_are_forgotten(pool: Pool) -> None:
    ended = {"old": NOW - timedelta(days=400), "new": datetime.now(UTC), "waiting": None}
    async with pool.acquire() as connection:
        for name, at in ended.items():
            await tell(connection, MatchingProgressedV1(run=run(name, ended_at=at)))
        await forget_old(connection)
        rows = await connection.fetch("SELECT run_id FROM matching_runs")
    assert {row["run_id"] for row in rows} == {run("new").run_id, run("waiting").run_id}


@pytest.mark.parametrize("late", [computed(match("ada")), viewed("ada")], ids=["a match", "a view"])
async def test_a_match_of_a_job_that_is_not_known_yet_waits_for_it(pool: Pool, late: Event) -> None:
    async with pool.acquire() as connection:
        await tell(connection, late, JobPostedV1(job=job("job")))
        kept = await connection.fetchval(
            "SELECT (SELECT count(*) FROM matches) + (SELECT count(*) FROM match_views)"
        )
    assert kept == 1
