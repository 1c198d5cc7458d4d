"""Queries for the outcomes of commands. None commits."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.registry import type_of
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.wakeups import command_key, wake

KEPT_FOR = timedelta(hours=25)
"""Longer than a request can be repeated with its Idempotency-Key: its command is not carried out again, and
the events of its effect do not come again."""

_SETTLED = "settled"


class Outcome(Struct, frozen=True, kw_only=True):
    """``result`` is what the effect's events say that no read model shows; empty with most."""

    rejection: Rejection | None
    result: dict[str, Any]


async def note_applied(
    connection: Connection, events: Iterable[tuple[UUID | None, Event, dict[str, Any] | None]]
) -> None:
    """That these events, each of a command's effect (or of none's), are applied, with what they say."""
    rows = {
        (command_id, _named(event)): result for command_id, event, result in events if command_id is not None
    }
    if rows:
        await connection.execute(
            "INSERT INTO command_outcomes (command_id, event, result)"
            " SELECT * FROM unnest($1::uuid[], $2::text[], $3::jsonb[]) ON CONFLICT DO NOTHING",
            [command_id for command_id, _ in rows],
            [event for _, event in rows],
            list(rows.values()),
        )
        await wake(connection, [command_key(command_id) for command_id, _ in rows])


def _named(event: Event) -> str:
    """The same however often it comes, and no other's of its command."""
    content = hashlib.sha256(msgspec.msgpack.encode(event)).hexdigest()
    return f"{type_of(type(event)).name}/{content}"


async def note_settled(
    connection: Connection,
    events: Sequence[CommandSettledV1 | DriveCommandSettledV1 | MatchingSettledV1 | WebhookCommandSettledV1],
) -> None:
    by_id = {event.command_id: event for event in events}
    await connection.execute(
        "INSERT INTO command_outcomes (command_id, event, events, rejection)"
        " SELECT command_id, $2, events, rejection"
        " FROM unnest($1::uuid[], $3::int[], $4::jsonb[]) AS told (command_id, events, rejection)"
        " ON CONFLICT DO NOTHING",
        list(by_id),
        _SETTLED,
        [event.events for event in by_id.values()],
        [event.rejection for event in by_id.values()],
    )
    await wake(connection, map(command_key, by_id))


async def outcome(connection: Connection, command_id: UUID) -> Outcome | None:
    """None until the command is refused, or all of its effect can be read here."""
    row = await connection.fetchrow(
        "SELECT settled.rejection, (SELECT coalesce(jsonb_agg(result), '[]') FROM command_outcomes AS applied"
        "  WHERE applied.command_id = $1 AND applied.event <> $2 AND result IS NOT NULL) AS results"
        " FROM command_outcomes AS settled WHERE command_id = $1 AND event = $2 AND (rejection IS NOT NULL"
        "  OR events <= (SELECT count(*) FROM command_outcomes WHERE command_id = $1 AND event <> $2))",
        command_id,
        _SETTLED,
    )
    if row is None:
        return None
    return Outcome(
        rejection=msgspec.convert(row["rejection"], Rejection | None),
        result={name: value for result in row["results"] for name, value in result.items()},
    )


async def forget_old(connection: Connection) -> None:
    await connection.execute("DELETE FROM command_outcomes WHERE at < now() - $1::interval", KEPT_FOR)
