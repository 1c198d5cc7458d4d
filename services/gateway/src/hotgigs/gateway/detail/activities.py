"""The activity log of one candidate, as far as a viewer may read it. None commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import ActivityKind
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.visibility import Seen

COUNTED = 10_000

# What is private is its actor's alone; whom it is shared with reads what he did himself and what was done
# with his share, and with submissions to jobs of his.
_READABLE = """
    FROM activities
    WHERE candidate_id = ANY(ARRAY(SELECT candidate_id FROM candidates WHERE survivor_id = $1))
      AND (NOT is_private OR actor_user_id = $2)
      AND ($3 OR actor_user_id = $2
        OR (recruiter_id = $2
          AND kind IN ('shared', 'share_changed', 'unshared', 'submitted', 'submission_withdrawn')))
"""
_PAGE = (
    "SELECT activity_id, candidate_id, kind, at, actor_user_id, actor_role, resume_id, note_id, is_private,"
    f" recruiter_id, job_id, other_candidate_id, fields, tags {_READABLE}"
)


class ShownActivity(Struct, kw_only=True):
    """``actor`` is null for what the system did by itself; ``recruiter_id`` is whom it was shared with, or
    the owner of the job ``job_id`` that it was submitted to; ``fields`` are the names of what was edited."""

    activity_id: UUID
    candidate_id: UUID
    """The one that it was done with, which may be merged into another."""
    kind: ActivityKind
    at: datetime
    actor: Actor | None
    resume_id: UUID | None
    note_id: UUID | None
    is_private: bool
    recruiter_id: UUID | None
    job_id: UUID | None
    other_candidate_id: UUID | None
    fields: list[str]
    tags: list[str]


async def page(
    connection: Connection, principal: Principal, seen: Seen, *, skip: int, limit: int
) -> list[ShownActivity]:
    """The newest first."""
    rows = await connection.fetch(
        f"{_PAGE} ORDER BY at DESC, activity_id DESC LIMIT $4 OFFSET $5",
        seen.candidate_id,
        principal.user_id,
        seen.is_owner,
        limit,
        skip,
    )
    return shown(rows)


async def page_before(
    connection: Connection, principal: Principal, seen: Seen, last: ShownActivity | None, *, limit: int
) -> list[ShownActivity]:
    """What follows ``last`` where the newest come first; the first ones where it is None."""
    rows = await connection.fetch(
        f"{_PAGE} AND ($5::timestamptz IS NULL OR (at, activity_id) < ($5, $6::uuid))"
        " ORDER BY at DESC, activity_id DESC LIMIT $4",
        seen.candidate_id,
        principal.user_id,
        seen.is_owner,
        limit,
        last and last.at,
        last and last.activity_id,
    )
    return shown(rows)


async def count(connection: Connection, principal: Principal, seen: Seen) -> int:
    """Up to one more than `COUNTED`."""
    return int(
        await connection.fetchval(
            f"SELECT count(*) FROM (SELECT {_READABLE} LIMIT $4) AS readable",  # noqa: S608 - our own
            seen.candidate_id,
            principal.user_id,
            seen.is_owner,
            COUNTED + 1,
        )
    )


def shown(rows: Sequence[Record]) -> list[ShownActivity]:
    return [msgspec.convert(dict(row) | {"actor": _actor(row)}, ShownActivity) for row in rows]


def _actor(row: Any) -> dict[str, Any] | None:
    return row["actor_user_id"] and {"user_id": row["actor_user_id"], "role": row["actor_role"]}
