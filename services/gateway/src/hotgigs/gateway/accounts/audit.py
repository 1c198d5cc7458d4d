"""What admins did, with users and with candidates."""

from uuid import UUID

from asyncpg import Record
from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.contracts.actor import Actor
from hotgigs.gateway.status import Row

_CHANGEABLE = ("role", "status")


def changed_fields(before: Row, after: Row) -> tuple[str, ...]:
    """What an admin has set of a user, such as ``status=suspended``."""
    return tuple(f"{name}={after[name]}" for name in _CHANGEABLE if after[name] != before[name])


async def add_user_change(
    connection: Connection, *, actor: Actor, user_id: UUID, fields: tuple[str, ...]
) -> None:
    await connection.execute(
        "INSERT INTO activities (activity_id, kind, actor_user_id, actor_role, at, is_private, fields, tags,"
        " user_id) VALUES ($1, 'user_changed', $2, $3, now(), false, $4, '{}', $5)",
        uuid7(),
        actor.user_id,
        actor.role,
        fields,
        user_id,
    )


COUNTED = 10_000

_ACTS = "FROM activities WHERE actor_role = 'admin' AND (NOT is_private OR actor_user_id = $1)"


async def acts_of_admins(connection: Connection, *, reader_id: UUID, skip: int, limit: int) -> list[Record]:
    """The newest first, without what other admins did for themselves alone."""
    return await connection.fetch(
        "SELECT activity_id, at, kind, actor_user_id, candidate_id, resume_id, note_id, recruiter_id,"
        f" other_candidate_id, user_id, fields, tags {_ACTS}"
        " ORDER BY at DESC, activity_id DESC OFFSET $2 LIMIT $3",
        reader_id,
        skip,
        limit,
    )


async def count_acts(connection: Connection, *, reader_id: UUID) -> int:
    """Up to one more than `COUNTED`."""
    count: int = await connection.fetchval(
        f"SELECT count(*) FROM (SELECT {_ACTS} LIMIT $2) AS told",  # noqa: S608 - our own
        reader_id,
        COUNTED + 1,
    )
    return count
