"""Queries for what was done with candidates. None commits; the candidates' databases are locked
(`hotgigs.gateway.locks`)."""

from collections.abc import Sequence

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import Activity
from hotgigs.gateway import tombstones

ERASED = "erased"
"""The one kind that is left of a candidate that is gone."""

_COLUMNS = ", ".join(name for name in Activity.__struct_fields__ if name != "actor")
_ADD = f"""
    INSERT INTO activities ({_COLUMNS}, actor_user_id, actor_role)
    SELECT {_COLUMNS}, actor_user_id, actor_role FROM jsonb_populate_recordset(NULL::activities, $1)
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - the column names are our own
_SEE = """
    INSERT INTO views AS old (database_id, candidate_id, last_viewed_at)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
    ON CONFLICT (database_id, candidate_id) DO UPDATE SET last_viewed_at = excluded.last_viewed_at
    WHERE old.last_viewed_at < excluded.last_viewed_at
"""


async def add_activities(connection: Connection, activities: Sequence[Activity]) -> None:
    """Those with candidates that are not gone, and their going. Who looked at one, looked at it last then."""
    gone = await tombstones.gone(connection, {activity.candidate_id for activity in activities})
    told = {
        activity.activity_id: activity
        for activity in activities
        if activity.candidate_id not in gone or activity.kind == ERASED
    }
    await connection.execute(_ADD, [_row(told[activity_id]) for activity_id in sorted(told)])
    views = {
        (each.actor.database_id, each.candidate_id): each.at
        for each in sorted(told.values(), key=lambda each: each.at)
        # What the candidates themselves look at nobody of the database has looked at.
        if each.kind == "viewed" and each.actor is not None and each.actor.role != "candidate"
    }
    keys = sorted(views)
    await connection.execute(
        _SEE,
        [database_id for database_id, _ in keys],
        [candidate_id for _, candidate_id in keys],
        [views[key] for key in keys],
    )


def _row(activity: Activity) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(activity)
    del row["actor"]
    actor = activity.actor
    return row | {
        "actor_user_id": None if actor is None else str(actor.user_id),
        "actor_role": None if actor is None else actor.role,
    }
