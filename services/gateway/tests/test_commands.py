"""Commands and what comes of them, on the gateway's real table of outcomes; the bus is the test's."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY

from hotgigs.chassis.bus.interface import Bus, BusUnavailable, PublishFailed
from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.gateway.commands import Commands, Outcome
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.outcomes import store as outcomes
from hotgigs.gateway.wakeups import command_key

LONG_S, AT_ONCE_S = 60.0, 0.01


class Owner:
    """A bus with the owner behind it: what it does of a command is done when the command is published."""

    def __init__(self, does: Callable[[], Awaitable[None]] | None = None) -> None:
        self.sent: list[Envelope] = []
        self._does = does

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        self.sent.extend(envelopes)
        if self._does is not None:
            await self._does()


class Away:
    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        raise PublishFailed({envelope.id: BusUnavailable() for envelope in envelopes})


class Table:
    """The outcomes of one command."""

    def __init__(self, pool: Pool, notifications: Notifications, command_id: UUID) -> None:
        self._pool = pool
        self._notifications = notifications
        self._command_id = command_id

    async def settled(self, events: int = 0, rejection: dict[str, str] | None = None) -> None:
        await self._add("settled", events, rejection, None)

    async def applied(self, event: str, **result: int) -> None:
        await self._add(event, None, None, result or None)

    async def _add(self, event: str, events: int | None, rejection: object, result: object) -> None:
        async with self._pool.acquire() as connection:
            await connection.execute(
                "INSERT INTO command_outcomes (command_id, event, events, rejection, result)"
                " VALUES ($1, $2, $3, $4, $5)",
                self._command_id,
                event,
                events,
                rejection,
                result,
            )
        self._notifications.wake(command_key(self._command_id))


@pytest.fixture
def notifications() -> Notifications:
    """Of this process alone."""
    return Notifications("", schema="", channel="")


@pytest.fixture
def command() -> EraseCandidateV1:
    return EraseCandidateV1(
        command_id=uuid4(), actor=Actor(user_id=uuid4(), role="recruiter"), candidate_id=uuid4()
    )


@pytest.fixture
def table(pool: Pool, notifications: Notifications, command: EraseCandidateV1) -> Table:
    return Table(pool, notifications, command.command_id)


def commands(bus: object, pool: Pool, notifications: Notifications, wait_s: float = LONG_S) -> Commands:
    return Commands(cast("Bus", bus), pool, notifications, wait_s=wait_s)


async def test_a_command_is_settled_when_its_owner_has_decided_and_all_its_events_are_applied(
    pool: Pool, command: EraseCandidateV1, table: Table
) -> None:
    async def settled() -> outcomes.Outcome | None:
        async with pool.acquire() as connection:
            return await outcomes.outcome(connection, command.command_id)

    assert await settled() is None
    await table.applied("access_granted/1", shares_created=2)
    assert await settled() is None
    await table.settled(events=2)
    assert await settled() is None
    await table.applied("candidate_updated/1")
    assert await settled() == outcomes.Outcome(rejection=None, result={"shares_created": 2})


async def test_who_waits_for_a_command_is_told_of_all_of_its_effect(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1, table: Table
) -> None:
    owner = Owner()
    carrying_out = asyncio.create_task(commands(owner, pool, notifications).carry_out(command))
    await table.settled(events=2)
    await table.applied("access_granted/1", shares_created=2)
    await table.applied("candidate_updated/1")
    assert await carrying_out == Outcome(is_pending=False, result={"shares_created": 2})
    assert [envelope.open() for envelope in owner.sent] == [command]


async def test_a_command_that_changes_nothing_is_carried_out_as_soon_as_it_is_settled(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1, table: Table
) -> None:
    outcome = await commands(Owner(table.settled), pool, notifications).carry_out(command)
    assert outcome == Outcome(is_pending=False)
    assert outcome.status_code == 200


@pytest.mark.parametrize(("code", "status"), [("not_found", 404), ("forbidden", 403), ("conflict", 409)])
async def test_a_rejection_is_a_problem_in_its_owner_s_words(
    pool: Pool,
    notifications: Notifications,
    command: EraseCandidateV1,
    table: Table,
    code: str,
    status: int,
) -> None:
    owner = Owner(lambda: table.settled(rejection={"code": code, "detail": "Not like this."}))
    with pytest.raises(Problem, match="Not like this") as refused:
        await commands(owner, pool, notifications).carry_out(command)
    assert refused.value.status_code == status


async def test_a_command_whose_owner_is_away_is_pending(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1
) -> None:
    owner = Owner()
    outcome = await commands(owner, pool, notifications, AT_ONCE_S).carry_out(command)
    assert (outcome.is_pending, outcome.status_code) == (True, 202)
    assert len(owner.sent) == 1


async def test_a_command_is_pending_where_the_read_models_cannot_be_looked_at(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1
) -> None:
    pool.terminate()
    outcome = await commands(Owner(), pool, notifications, AT_ONCE_S).carry_out(command, is_continued=True)
    assert outcome.is_pending


async def test_a_command_that_is_not_on_the_bus_is_told_of(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1
) -> None:
    with pytest.raises(PublishFailed):
        await commands(Away(), pool, notifications).carry_out(command)


async def test_who_tries_again_is_told_what_came_of_the_first_try_without_another_one(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1, table: Table
) -> None:
    await table.settled()
    owner = Owner()
    outcome = await commands(owner, pool, notifications).carry_out(command, is_continued=True)
    assert not outcome.is_pending
    assert owner.sent == []


async def test_who_tries_again_before_anything_came_of_the_first_try_sends_the_same_command(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1, table: Table
) -> None:
    owner: Any = Owner(table.settled)
    outcome = await commands(owner, pool, notifications).carry_out(command, is_continued=True)
    assert not outcome.is_pending
    assert [envelope.open() for envelope in owner.sent] == [command]


async def test_what_became_of_commands_is_counted(
    pool: Pool, notifications: Notifications, command: EraseCandidateV1, table: Table
) -> None:
    def counted() -> dict[str, float]:
        name = "hotgigs_commands_total"
        return {
            outcome: REGISTRY.get_sample_value(name, {"command": "erase_candidate", "outcome": outcome}) or 0
            for outcome in ("settled", "rejected", "pending")
        }

    before = counted()
    await commands(Owner(), pool, notifications, wait_s=AT_ONCE_S).carry_out(command)
    assert counted() == before | {"pending": before["pending"] + 1}
    await commands(Owner(table.settled), pool, notifications).carry_out(command)
    assert counted()["settled"] == before["settled"] + 1
