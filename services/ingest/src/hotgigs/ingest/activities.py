"""The activity log: what was done with candidates, and by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Activity, ActivityKind
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.ingest.candidates import Candidate

_COLUMNS = ", ".join(
    name for name in (*Activity.__struct_fields__, "actor_user_id", "actor_role") if name != "actor"
)


def activity(
    kind: ActivityKind, candidate: Candidate, *, actor: Actor | None, at: datetime, **details: Any
) -> Activity:
    """A new one. ``details`` are further fields of an `Activity`."""
    return Activity(
        activity_id=uuid7(),
        candidate_id=candidate.candidate_id,
        database_id=candidate.database_id,
        kind=kind,
        actor=actor,
        at=at,
        **details,
    )


async def record(connection: Connection, activities: Sequence[Activity]) -> list[ActivitiesRecordedV2]:
    """Writes them; returns the event that tells of those that were not there before, or nothing."""
    rows = await connection.fetch(
        f"INSERT INTO activities ({_COLUMNS})"  # noqa: S608 - the column names are our own
        f" SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::activities, $1)"
        f" ON CONFLICT DO NOTHING RETURNING activity_id",
        [_row(each) for each in activities],
    )
    new = {row["activity_id"] for row in rows}
    told = tuple(each for each in activities if each.activity_id in new)
    return [ActivitiesRecordedV2(activities=told)] if told else []


async def activities_changed(
    connection: Connection, since: int, *, after: UUID, limit: int
) -> list[Activity]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one wrote."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM activities WHERE {CHANGED_SINCE} AND activity_id > $2"  # noqa: S608
        f" ORDER BY activity_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [_activity(row) for row in rows]


def _row(each: Activity) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(each)
    del row["actor"]
    actor = each.actor
    return row | {
        "actor_user_id": str(actor.user_id) if actor else None,
        "actor_role": actor.role if actor else None,
    }


def _activity(row: Record) -> Activity:
    fields = dict(row)
    user_id, role = fields.pop("actor_user_id"), fields.pop("actor_role")
    actor = None if user_id is None else {"user_id": user_id, "role": role}
    return msgspec.convert(fields | {"actor": actor}, Activity)
