"""What came of tries, written down and told: of many in one transaction. None commits.

What another transaction has locked is not waited for, as all the others would wait with it.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.notifier import delivery_states, judging, retry_schedule, webhook_store
from hotgigs.notifier.claiming import Claimed
from hotgigs.notifier.judging import Health
from hotgigs.notifier.sending import Answered
from hotgigs.notifier.settings import NotifierSettings

_LOCK_TIMEOUT_MS = 200
_HEALTH = "webhook_id, failing_since, failed_at, mean_duration_ms, now() AS now"

Jitter = Callable[[], float]
"""From 0 to 1, another each time."""


class Ended(Struct, frozen=True, kw_only=True):
    """A delivery that was in hand. ``answered`` is None where there was nothing to send: its owner may not
    see any more what it tells."""

    claimed: Claimed
    answered: Answered | None


class Recorded(Struct, frozen=True, kw_only=True):
    """``locked`` are those that somebody else had just then: they are to be recorded later."""

    ended: list[Ended]
    locked: list[Ended]


def may_disable(ended: Ended, settings: NotifierSettings) -> bool:
    """Whether it may be the last try of its webhook for now: it is to be recorded by `record_last` then."""
    if ended.answered is None:
        return False
    failing_s = ended.claimed.failing_s
    return bool(
        judging.disabled_by(
            ended.answered,
            failing_for=None if failing_s is None else timedelta(seconds=failing_s),
            after=timedelta(seconds=settings.webhook_disable_after_seconds),
        )
    )


async def record(
    uow: UnitOfWork, ended: Collection[Ended], settings: NotifierSettings, *, jitter: Jitter = random.random
) -> Recorded:
    """Those of them that were still this process's; of the others nothing is written, and nobody hears."""
    held = await _lock(uow.connection, ended)
    recorded = [each for each in ended if each.claimed in held]
    locked = await _locked(uow.connection, [each for each in ended if each.claimed not in held])
    if recorded:
        await _add_attempts(uow.connection, recorded, held)
        await _settle(uow.connection, recorded, held, settings, jitter)
        for word in await delivery_states.words_of(
            uow.connection, [each.claimed.delivery_id for each in recorded]
        ):
            uow.publish(word)
    return Recorded(ended=recorded, locked=locked)


async def keep_health(
    connection: Connection, recorded: Sequence[Ended], settings: NotifierSettings
) -> list[Ended]:
    """Of what was recorded. In a transaction of its own, so that the rows are not kept from those who
    claim for as long as recording takes. Returns those whose webhook's is locked: to be kept later."""
    answers: dict[UUID, list[Answered]] = defaultdict(list)
    for each in recorded:
        if each.answered is not None:
            answers[each.claimed.webhook_id].append(each.answered)
    rows = await connection.fetch(
        f"SELECT {_HEALTH} FROM health"  # noqa: S608 - our own
        " WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR NO KEY UPDATE SKIP LOCKED",
        list(answers),
    )
    kept: dict[UUID, Health] = {}
    quiet = _quiet(settings)
    for row in rows:
        health = _health(row)
        for answered in answers[row["webhook_id"]]:
            health = judging.health_after(health, answered, now=row["now"], quiet=quiet)
        kept[row["webhook_id"]] = health
    await connection.execute(
        "UPDATE health AS h SET failing_since = kept.failing_since, failed_at = kept.failed_at,"
        "  mean_duration_ms = kept.mean_duration_ms"
        " FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::float8[])"
        "  AS kept (webhook_id, failing_since, failed_at, mean_duration_ms)"
        " WHERE h.webhook_id = kept.webhook_id",
        list(kept),
        [each.failing_since for each in kept.values()],
        [each.failed_at for each in kept.values()],
        [each.mean_duration_ms for each in kept.values()],
    )
    left = answers.keys() - kept.keys()
    there = await connection.fetch("SELECT webhook_id FROM health WHERE webhook_id = ANY($1)", list(left))
    locked = {row["webhook_id"] for row in there}
    return [each for each in recorded if each.claimed.webhook_id in locked]


async def record_last(
    uow: UnitOfWork, ended: Ended, settings: NotifierSettings, *, jitter: Jitter = random.random
) -> Recorded:
    """As `record`, of one, with its health, and its webhook is disabled where the try says so. Raises
    LockNotAvailableError where somebody else has the webhook for longer than a moment."""
    connection, webhook_id = uow.connection, ended.claimed.webhook_id
    await connection.execute(f"SET LOCAL lock_timeout = {_LOCK_TIMEOUT_MS}")
    await webhook_store.lock(connection, [webhook_id])
    row = await connection.fetchrow(
        f"SELECT {_HEALTH} FROM health WHERE webhook_id = $1 FOR NO KEY UPDATE",  # noqa: S608 - our own
        webhook_id,
    )
    recorded = await record(uow, [ended], settings, jitter=jitter)
    if row is None or not recorded.ended or ended.answered is None:
        return recorded
    await keep_health(connection, recorded.ended, settings)
    disabled_by = judging.disabled_by(
        ended.answered,
        failing_for=judging.failing_for(_health(row), now=row["now"], quiet=_quiet(settings)),
        after=timedelta(seconds=settings.webhook_disable_after_seconds),
    )
    if disabled_by is not None:
        for event in await webhook_store.disable(connection, webhook_id, disabled_by):
            uow.publish(event)
    return recorded


def _quiet(settings: NotifierSettings) -> timedelta:
    return timedelta(seconds=retry_schedule.quiet_s(settings.webhook_retry_schedule))


def _health(row: asyncpg.Record) -> Health:
    return Health(
        failing_since=row["failing_since"],
        failed_at=row["failed_at"],
        mean_duration_ms=row["mean_duration_ms"],
    )


class _Held(Struct, frozen=True, kw_only=True):
    attempt_count: int
    scheduled_count: int


async def _lock(connection: Connection, ended: Collection[Ended]) -> dict[Claimed, _Held]:
    claimed = {(each.claimed.delivery_id, each.claimed.token): each.claimed for each in ended}
    rows = await connection.fetch(
        "SELECT d.delivery_id, d.lease_token, d.attempt_count, d.scheduled_count"
        " FROM deliveries AS d JOIN unnest($1::uuid[], $2::uuid[]) AS sent (delivery_id, token)"
        "  USING (delivery_id)"
        " WHERE d.lease_token = sent.token AND d.status = 'pending'"
        " ORDER BY d.delivery_id FOR NO KEY UPDATE OF d SKIP LOCKED",
        [each.delivery_id for each in claimed.values()],
        [each.token for each in claimed.values()],
    )
    return {
        claimed[row["delivery_id"], row["lease_token"]]: _Held(
            attempt_count=row["attempt_count"],
            scheduled_count=row["scheduled_count"],
        )
        for row in rows
    }


async def _locked(connection: Connection, ended: Sequence[Ended]) -> list[Ended]:
    """Those that are this process's all the same."""
    if not ended:
        return []
    rows = await connection.fetch(
        "SELECT d.delivery_id, d.lease_token FROM deliveries AS d"
        " JOIN unnest($1::uuid[], $2::uuid[]) AS sent (delivery_id, token) USING (delivery_id)"
        " WHERE d.lease_token = sent.token AND d.status = 'pending'",
        [each.claimed.delivery_id for each in ended],
        [each.claimed.token for each in ended],
    )
    held = {(row["delivery_id"], row["lease_token"]) for row in rows}
    return [each for each in ended if (each.claimed.delivery_id, each.claimed.token) in held]


async def _add_attempts(
    connection: Connection, recorded: Sequence[Ended], held: Mapping[Claimed, _Held]
) -> None:
    made = [
        (each.claimed.delivery_id, held[each.claimed], each.answered)
        for each in recorded
        if each.answered is not None
    ]
    await connection.execute(
        "INSERT INTO attempts (delivery_id, number, started_at, duration_ms, status_code, error, answer)"
        " SELECT * FROM unnest"
        " ($1::uuid[], $2::int[], $3::timestamptz[], $4::int[], $5::int[], $6::text[], $7::text[])",
        [delivery_id for delivery_id, _, _ in made],
        [was.attempt_count + 1 for _, was, _ in made],
        [answered.started_at for _, _, answered in made],
        [answered.duration_ms for _, _, answered in made],
        [answered.status_code for _, _, answered in made],
        [answered.error for _, _, answered in made],
        [answered.answer for _, _, answered in made],
    )


async def _settle(
    connection: Connection,
    recorded: Sequence[Ended],
    held: Mapping[Claimed, _Held],
    settings: NotifierSettings,
    jitter: Jitter,
) -> None:
    statuses: list[str] = []
    waits: list[float | None] = []
    for each in recorded:
        if each.answered is None:
            statuses.append("withheld")
            waits.append(None)
            continue
        verdict = judging.verdict(
            each.answered,
            failures=held[each.claimed].scheduled_count,
            schedule=settings.webhook_retry_schedule,
            jitter=jitter(),
        )
        statuses.append(verdict.status)
        waits.append(verdict.wait_s)
    await connection.execute(
        "UPDATE deliveries AS d SET version = d.version + 1, status = settled.status,"
        "  attempt_count = d.attempt_count + settled.tries,"
        "  scheduled_count = d.scheduled_count + settled.tries,"
        "  next_attempt_at = now() + settled.wait_s * interval '1 s',"
        "  ended_at = CASE WHEN settled.status <> 'pending' THEN now() END,"
        "  lease_token = NULL, lease_until = NULL"
        " FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::int[])"
        "  AS settled (delivery_id, status, wait_s, tries)"
        " WHERE d.delivery_id = settled.delivery_id",
        [each.claimed.delivery_id for each in recorded],
        statuses,
        waits,
        [0 if each.answered is None else 1 for each in recorded],
    )
