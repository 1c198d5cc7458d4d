"""A command's outcome is known when its owner has settled it and all of its effect is applied."""

import asyncio
from itertools import permutations
from uuid import UUID

import pytest
from told import HOME, OWNER, an_id, candidate, consented, erasure, grant, note, submitted, tell, withdrawn

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.outcomes.forget_old_outcomes import forget_old_outcomes
from hotgigs.gateway.outcomes.store import Outcome, outcome
from hotgigs.gateway.wakeups import CHANNEL, command_key

COMMAND = an_id("command")
TWO = [
    CandidateUpdatedV1(candidate=candidate("ada", version=2), command_id=COMMAND),
    CandidateUpdatedV1(candidate=candidate("bo", version=2, survivor="ada"), command_id=COMMAND),
]
EFFECTS: list[Event] = [
    CandidateAddedV1(candidate=candidate("ada"), command_id=COMMAND),
    TWO[0],
    NoteAddedV1(note=note("ada"), command_id=COMMAND),
    NoteRemovedV1(
        note_id=note("ada").note_id, candidate_id=an_id("ada"), database_id=HOME, command_id=COMMAND
    ),
    TagsChangedV1(
        candidate_id=an_id("ada"),
        database_id=HOME,
        tagging_database_id=HOME,
        tags=(TagState(tag="red", version=1),),
        command_id=COMMAND,
    ),
    AccessRevokedV1(
        candidate_id=an_id("ada"), database_id=HOME, recruiter_id=OWNER.user_id, version=1, command_id=COMMAND
    ),
    CandidateSubmittedV1(submission=submitted("ada"), command_id=COMMAND),
    withdrawn("ada", command_id=COMMAND),
    consented("ada", command_id=COMMAND),
    CandidateErasedV1(erasure=erasure("ada"), command_id=COMMAND),
    ResumeErasedV1(erasure=erasure("ada"), command_id=COMMAND),
]


def settled(events: int) -> CommandSettledV1:
    return CommandSettledV1(command_id=COMMAND, events=events)


async def read(pool: Pool, command_id: UUID = COMMAND) -> Outcome | None:
    async with pool.acquire() as connection:
        return await outcome(connection, command_id)


@pytest.mark.parametrize("order", list(permutations([*TWO, settled(2)])), ids=str)
async def test_it_is_known_with_the_last_of_its_messages_and_not_before(
    pool: Pool, order: tuple[Event, ...]
) -> None:
    for event in order:
        assert await read(pool) is None
        async with pool.acquire() as connection:
            await tell(connection, event, event)
    assert await read(pool) == Outcome(rejection=None, result={})
    assert await read(pool, an_id("another command")) is None


@pytest.mark.parametrize("event", EFFECTS, ids=lambda event: type(event).__name__)
async def test_every_event_of_an_effect_counts(pool: Pool, event: Event) -> None:
    async with pool.acquire() as connection:
        await tell(connection, settled(1))
        assert await read(pool) is None
        await tell(connection, event)
    assert await read(pool) == Outcome(rejection=None, result={})


async def test_each_event_of_one_kind_about_one_candidate_counts_and_each_once(pool: Pool) -> None:
    async with pool.acquire() as connection:
        first, second = (withdrawn("ada", number, command_id=COMMAND) for number in (1, 2))
        await tell(connection, settled(2), first, first)
        assert await read(pool) is None
        await tell(connection, second)
    assert await read(pool) == Outcome(rejection=None, result={})


async def test_an_effect_counts_though_a_newer_one_is_shown_already(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, CandidateUpdatedV1(candidate=candidate("ada", version=5)), TWO[0], settled(1))
    assert await read(pool) is not None


async def test_what_changes_nothing_is_settled_at_once(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, settled(0))
    assert await read(pool) == Outcome(rejection=None, result={})


async def test_a_rejection_says_why(pool: Pool) -> None:
    why = Rejection(code="conflict", detail="They are merged already.")
    async with pool.acquire() as connection:
        await tell(connection, CommandSettledV1(command_id=COMMAND, rejection=why))
    assert await read(pool) == Outcome(rejection=why, result={})


async def test_the_outcome_of_sharing_says_how_many_shares_are_new(pool: Pool) -> None:
    async with pool.acquire() as connection:
        event = AccessGrantedV1(grants=(grant("ada"), grant("bo")), shares_created=1, command_id=COMMAND)
        await tell(connection, settled(1), event)
    assert await read(pool) == Outcome(rejection=None, result={"shares_created": 1})


@pytest.mark.parametrize("event", [settled(1), TWO[0]], ids=lambda event: type(event).__name__)
async def test_those_who_wait_are_woken(pool: Pool, event: Event) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()
    async with pool.acquire() as listening, pool.acquire() as connection:
        await listening.add_listener(CHANNEL, lambda *notification: heard.put_nowait(notification[-1]))
        await tell(connection, event)
        while await heard.get() != command_key(COMMAND):
            pass
        await listening.reset()


async def test_an_event_of_no_command_is_noted_nowhere(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, CandidateAddedV1(candidate=candidate("ada")))
        assert await connection.fetchval("SELECT count(*) FROM command_outcomes") == 0


async def test_outcomes_are_forgotten_after_more_than_a_day(pool: Pool) -> None:
    units_of_work = UnitsOfWork(pool, Relay.__new__(Relay), source="tests")
    async with pool.acquire() as connection:
        await tell(connection, settled(0))
        await forget_old_outcomes(units_of_work, None)
        assert await read(pool) is not None
        await connection.execute("UPDATE command_outcomes SET at = now() - interval '26 hours'")
        await forget_old_outcomes(units_of_work, None)
    assert await read(pool) is None
