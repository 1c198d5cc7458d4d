"""What the matcher tells of its state again is what it told."""

from uuid import uuid4

from support.matcher_service import ADMIN, NOW, Matcher, posting, profile, recruiter, state

from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.match_state import Match, MatchingRun, RemovedMatch
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.message import Message
from hotgigs.matcher.on_candidate_erased import on_candidate_erased
from hotgigs.matcher.on_delete_job import on_delete_job
from hotgigs.matcher.on_view_match import on_view_match
from hotgigs.matcher.public_state import public_state

OWNER = recruiter()


def newest(told: list[Message]) -> dict[object, object]:
    """What a projection keeps: the newest of each."""
    kept: dict[object, tuple[int, object]] = {}
    gone: set[object] = set()

    def keep(key: object, version: int, what: object) -> None:
        if key not in kept or kept[key][0] <= version:
            kept[key] = version, what

    for message in told:
        match message:
            case JobPostedV1() | JobUpdatedV1():
                keep(message.job.job_id, message.job.version, message.job)
            case JobDeletedV1():
                gone.add(message.job_id)
            case MatchesComputedV1():
                for each in (*message.matches, *message.removed):
                    of_it = each if isinstance(each, Match) else None
                    keep((each.job_id, each.candidate_id), each.version, of_it)
            case MatchViewedV1():
                keep(
                    ("view", message.job_id, message.candidate_id, message.database_id), 0, message.viewed_at
                )
            case MatchingProgressedV1():
                keep(message.run.run_id, message.run.version, message.run)
    return {
        key: what
        for key, (_, what) in kept.items()
        if key not in gone
        and not (isinstance(key, tuple) and gone & set(key))
        and not (isinstance(what, MatchingRun) and what.about_id in gone)
        and what is not None
    }


async def told_again(matcher: Matcher, since: int = 0) -> list[Message]:
    async with matcher.pool.acquire() as connection:
        return [event async for event in public_state(connection, since)]


async def test_the_public_state_is_what_was_told(matcher: Matcher) -> None:
    states = [state(OWNER.user_id, of=profile(years=years)) for years in range(2, 8)]
    await matcher.adds(*states[:4])
    told = await matcher.run()
    job_id = await matcher.posts(OWNER)
    deleted = await matcher.posts(OWNER, posting("Developer", "Python"))
    told += await matcher.run()
    await matcher.adds(*states[4:])
    told += await matcher.run()
    (on_it, *_) = [each for each in states if (job_id, each.candidate_id) in await matcher.pairs()]
    await matcher.updates(state(OWNER.user_id, on_it.candidate_id, version=2, of=profile("Cook", "Pastry")))
    told += await matcher.run()
    _, candidate_id = next(pair for pair in await matcher.pairs() if pair[0] == job_id)
    view = ViewMatchV1(command_id=uuid4(), actor=OWNER, job_id=job_id, candidate_id=candidate_id)
    await matcher.handle(on_view_match, view)
    await matcher.handle(on_delete_job, DeleteJobV1(command_id=uuid4(), actor=OWNER, job_id=deleted))
    told += await matcher.run()
    again = await told_again(matcher)
    assert newest(again) == newest(told)
    assert any(isinstance(e, MatchesComputedV1) and e.removed for e in again)
    assert {type(each) for each in again} == {
        JobDeletedV1,
        JobUpdatedV1,
        MatchesComputedV1,
        MatchViewedV1,
        MatchingProgressedV1,
    }


async def test_what_changed_since_is_told_by_itself(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.posts(OWNER)
    await matcher.run()
    since = await matcher.pool.fetchval("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    assert await told_again(matcher, since) == []
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    again = await told_again(matcher, since)
    (job,) = (each.job for each in again if isinstance(each, JobUpdatedV1))
    (matches,) = (each for each in again if isinstance(each, MatchesComputedV1))
    assert (job.job_id, matches.about_id) == (job_id, job_id)


async def test_of_the_erased_nothing_is_told_again(matcher: Matcher) -> None:
    candidate = state(OWNER.user_id)
    await matcher.adds(candidate)
    await matcher.posts(OWNER)
    await matcher.run()
    erasure = Erasure(
        erasure_id=uuid4(),
        database_id=OWNER.user_id,
        candidate_ids=(candidate.candidate_id,),
        actor=ADMIN,
        at=NOW,
    )
    await matcher.handle(on_candidate_erased, CandidateErasedV1(erasure=erasure))
    assert not [each for each in await told_again(matcher) if isinstance(each, MatchesComputedV1)]
    assert RemovedMatch not in {type(each) for each in await told_again(matcher)}
