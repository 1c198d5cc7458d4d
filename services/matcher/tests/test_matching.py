"""Jobs and candidates find each other, whoever comes first."""

from uuid import uuid4

import msgspec
from support.matcher_service import Matcher, matches_in, posting, profile, recruiter, state

from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.matcher import on_candidate_run_requested


async def test_a_new_job_is_matched_with_the_candidates_that_are_there(matcher: Matcher) -> None:
    owner = recruiter()
    developer, cook = state(owner.user_id), state(owner.user_id, of=profile("Cook", "Pastry"))
    await matcher.adds(developer, cook)
    await matcher.run()
    job_id = await matcher.posts(owner)
    (match,) = matches_in(await matcher.run())
    assert (match.job_id, match.candidate_id) == (job_id, developer.candidate_id)
    assert match.score > 60
    assert {each.term for each in match.met} == {"Python", "PostgreSQL"}


async def test_a_new_candidate_is_matched_with_the_jobs_that_are_open(matcher: Matcher) -> None:
    owner = recruiter()
    job_id = await matcher.posts(owner)
    await matcher.posts(owner, posting("Cook", "Pastry"))
    await matcher.posts(owner, status="closed")
    await matcher.run()
    developer = state(uuid4())
    await matcher.adds(developer)
    (match,) = matches_in(await matcher.run())
    assert (match.job_id, match.candidate_id) == (job_id, developer.candidate_id)


async def test_a_pair_has_the_same_match_from_both_sides(matcher: Matcher) -> None:
    owner, candidate = recruiter(), state(uuid4())
    await matcher.posts(owner)
    await matcher.run()
    await matcher.adds(candidate)
    (from_candidate,) = matches_in(await matcher.run())
    job_id = await matcher.posts(owner)
    (from_job,) = matches_in(await matcher.run())
    assert from_job.job_id == job_id
    same = {"job_id": None, "version": None, "created_at": None}
    assert msgspec.structs.asdict(from_job) | same == msgspec.structs.asdict(from_candidate) | same


async def test_what_a_run_found_of_a_candidate_that_has_changed_meanwhile_is_not_kept(
    matcher: Matcher,
) -> None:
    owner = recruiter()
    await matcher.posts(owner)
    await matcher.run()
    await matcher.adds(before := state(owner.user_id))
    await matcher.told()
    (request,) = matcher.requested
    assert isinstance(request, CandidateRunRequestedV1)
    computed = await on_candidate_run_requested.work(request, matcher.resources)
    assert computed.pairs
    cook = state(owner.user_id, before.candidate_id, version=2, of=profile("Cook", "Pastry"))
    await matcher.updates(cook)
    await matcher.told()
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_candidate_run_requested.on_candidate_run_requested(request, computed, uow)
    assert matches_in(await matcher.told()) == []
    assert await matcher.pairs() == {}
