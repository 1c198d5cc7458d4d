"""Matching again what was matched before."""

import asyncio
from uuid import UUID, uuid4

import msgspec
import pytest
from support.matcher_service import Matcher, matches_in, profile, recruiter, state

from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.match_state import MatchingRun
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.message import Message
from hotgigs.matcher import on_job_run_requested, on_rematch

OWNER = recruiter()


def rematch(job_id: UUID, *, force: bool = False) -> RematchV1:
    return RematchV1(
        command_id=uuid4(), actor=OWNER, run_id=uuid4(), about="job", about_id=job_id, force=force
    )


async def asks(matcher: Matcher, command: RematchV1) -> tuple[MatchingSettledV1, list[Message]]:
    matching = await on_rematch.work(command, matcher.resources)

    async def handle(command: RematchV1, uow: object) -> None:
        await on_rematch.on_rematch(command, matching, uow)  # type: ignore[arg-type]

    return await matcher.does(handle, command)


def runs_in(told: list[Message]) -> list[MatchingRun]:
    return [each.run for each in told if isinstance(each, MatchingProgressedV1)]


async def test_what_cannot_have_changed_is_not_computed_again(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.run()
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    settled, told = await asks(matcher, command := rematch(job_id))
    (run,) = runs_in(told)
    assert settled.rejection is None
    assert (run.run_id, run.status, run.compared) == (command.run_id, "completed", 0)
    assert matcher.requested == []


async def test_with_force_it_is_and_who_follows_is_told_how_far_it_is(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    _, told = await asks(matcher, command := rematch(job_id, force=True))
    told += await matcher.run()
    runs = runs_in(told)
    assert [run.status for run in runs] == ["queued", "running", "completed"]
    assert {run.run_id for run in runs} == {command.run_id}
    assert [run.version for run in runs] == sorted({run.version for run in runs})
    assert (runs[-1].to_compare, runs[-1].compared, runs[-1].kept) == (1, 1, 1)
    assert matches_in(told) == []


async def test_a_candidate_that_came_since_has_it_computed(matcher: Matcher) -> None:
    job_id = await matcher.posts(OWNER)
    await matcher.run()
    await matcher.adds(state(OWNER.user_id))
    await matcher.run()
    _, told = await asks(matcher, rematch(job_id))
    assert [run.status for run in runs_in(told)] == ["queued"]


async def test_who_asks_while_a_run_waits_is_given_that_run(matcher: Matcher) -> None:
    job_id = await matcher.posts(OWNER)
    _, first = await asks(matcher, rematch(job_id))
    _, second = await asks(matcher, rematch(job_id, force=True))
    assert {run.run_id for run in runs_in(first)} == {run.run_id for run in runs_in(second)}
    assert len(matcher.requested) == 1
    (row,) = await matcher.pool.fetch("SELECT is_forced, status FROM runs")
    assert tuple(row) == (True, "queued")


async def test_a_run_that_has_begun_does_not_do_for_who_asks_now(matcher: Matcher) -> None:
    job_id = await matcher.posts(OWNER)
    await matcher.told()
    begun = matcher.requested.pop()
    await on_job_run_requested.work(begun, matcher.resources)
    await asks(matcher, rematch(job_id))
    assert len(matcher.requested) == 1


async def test_of_runs_that_nobody_asked_for_nothing_is_told_or_kept(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id), state(OWNER.user_id, of=profile("Cook", "Pastry")))
    assert runs_in(await matcher.run()) == []
    assert await matcher.count("runs") == 0


async def test_a_run_that_is_given_up_is_told_to_have_failed(matcher: Matcher) -> None:
    await matcher.posts(OWNER)
    await matcher.told()
    async with matcher.resources.matching.units_of_work.begin() as uow:
        await on_job_run_requested.give_up(matcher.requested.pop(), uow)  # type: ignore[arg-type]
    assert [run.status for run in runs_in(await matcher.told())] == ["failed"]


async def test_a_run_whose_process_was_killed_is_done_when_its_message_comes_again(matcher: Matcher) -> None:
    await matcher.adds(state(OWNER.user_id))
    await matcher.run()
    await matcher.posts(OWNER)
    await matcher.told()
    (request,) = matcher.requested
    await on_job_run_requested.work(request, matcher.resources)  # and then the process is gone
    assert len(matches_in(await matcher.run())) == 1
    assert await matcher.pool.fetchval("SELECT status FROM runs") == "completed"


@pytest.mark.parametrize(("status", "code"), [("closed", "conflict"), (None, "not_found")])
async def test_only_open_jobs_are_matched(matcher: Matcher, status: str | None, code: str) -> None:
    job_id = uuid4() if status is None else await matcher.posts(OWNER, status="closed")
    settled, _ = await asks(matcher, rematch(job_id))
    assert settled.rejection is not None
    assert settled.rejection.code == code


async def test_a_candidate_who_is_merged_into_another_is_not_matched(matcher: Matcher) -> None:
    merged = msgspec.structs.replace(state(OWNER.user_id), survivor_id=uuid4())
    await matcher.adds(merged)
    await matcher.run()
    command = msgspec.structs.replace(rematch(merged.candidate_id), about="candidate")
    settled, _ = await asks(matcher, command)
    assert settled.rejection is not None
    assert settled.rejection.code == "not_found"


async def test_a_run_that_two_processes_do_at_once_leaves_each_pair_once(matcher: Matcher) -> None:
    await matcher.adds(*(state(OWNER.user_id) for _ in range(5)))
    await matcher.run()
    await matcher.posts(OWNER)
    await matcher.told()
    (request,) = matcher.requested
    matcher.requested.clear()
    await asyncio.gather(matcher.work(request), matcher.work(request))
    told = await matcher.run()
    kept = await matcher.pairs()
    assert len(kept) == matcher.resources.matching.rules.length == await matcher.count("shortlists")
    newest = {
        match.candidate_id: match.version for match in sorted(matches_in(told), key=lambda m: m.version)
    }
    assert newest.keys() == {candidate_id for _, candidate_id in kept}
    assert [run.status for run in runs_in(told)][-1] == "completed"
