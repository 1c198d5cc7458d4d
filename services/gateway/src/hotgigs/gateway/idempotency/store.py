"""Queries for idempotency keys. None commits; all times are the database's."""

from datetime import timedelta
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection

KEPT_FOR = timedelta(hours=24)

_IS_HELD = "user_id = $1 AND key_hash = $2 AND attempt_id = $3"
"""Not where another try has taken over."""
_IS_OVER = "created_at < now() - $1::interval AND leased_until <= now()"
_IS_GIVEN_UP = (
    "held.status IS NULL AND held.leased_until <= now() AND held.request_hash = excluded.request_hash"
)
_CLAIM = f"""
    INSERT INTO idempotency_keys AS held
        (user_id, key_hash, request_hash, first_id, attempt_id, leased_until, about_id)
    VALUES ($1, $2, $3, $4, $5, now() + $6, $7)
    ON CONFLICT (user_id, key_hash) DO UPDATE SET
        attempt_id = CASE WHEN {_IS_GIVEN_UP} THEN excluded.attempt_id ELSE held.attempt_id END,
        leased_until = CASE WHEN {_IS_GIVEN_UP} THEN excluded.leased_until ELSE held.leased_until END
    RETURNING request_hash, first_id, status, answer, attempt_id = $5 AS is_claimed
"""  # noqa: S608 - the conditions are our own


class Attempt(Struct, frozen=True, kw_only=True):
    """One try of a request. ``is_continued``: an earlier one was given up, and may have had its effect."""

    user_id: UUID
    key_hash: bytes
    attempt_id: UUID
    first_id: UUID
    """Of what the request makes, whichever try it is."""
    is_continued: bool


async def claim(
    connection: Connection,
    *,
    user_id: UUID,
    key_hash: bytes,
    request_hash: bytes,
    first_id: UUID,
    attempt_id: UUID,
    lease: timedelta,
    about_id: UUID | None,
) -> Record:
    """The record as it then is. ``is_claimed`` where it is new, or was given up by an earlier try of the
    same request, whose ``first_id`` stands."""
    await connection.execute(
        f"DELETE FROM idempotency_keys WHERE {_IS_OVER} AND user_id = $2 AND key_hash = $3",  # noqa: S608
        KEPT_FOR,
        user_id,
        key_hash,
    )
    record = await connection.fetchrow(
        _CLAIM, user_id, key_hash, request_hash, first_id, attempt_id, lease, about_id
    )
    assert record is not None
    return record


async def lock(connection: Connection, attempt: Attempt) -> bool:
    """False where another try has taken over; else none does until the transaction ends."""
    held = await connection.fetchrow(
        f"SELECT FROM idempotency_keys WHERE {_IS_HELD} FOR UPDATE",
        attempt.user_id,
        attempt.key_hash,
        attempt.attempt_id,
    )
    return held is not None


async def renew(connection: Connection, attempt: Attempt, lease: timedelta) -> None:
    """Also gives up, with a lease of nothing."""
    await connection.execute(
        f"UPDATE idempotency_keys SET leased_until = now() + $4 WHERE {_IS_HELD}",  # noqa: S608
        attempt.user_id,
        attempt.key_hash,
        attempt.attempt_id,
        lease,
    )


async def keep_answer(connection: Connection, attempt: Attempt, status: int, answer: bytes) -> None:
    await connection.execute(
        f"UPDATE idempotency_keys SET status = $4, answer = $5, leased_until = now() WHERE {_IS_HELD}",  # noqa: S608
        attempt.user_id,
        attempt.key_hash,
        attempt.attempt_id,
        status,
        answer,
    )


async def choose(connection: Connection, attempt: Attempt, choice: bytes) -> bytes | None:
    """What the first try has chosen, which is ``choice`` from now on where there is none; None where another
    try has taken over."""
    chosen: bytes | None = await connection.fetchval(
        f"UPDATE idempotency_keys SET choice = coalesce(choice, $4) WHERE {_IS_HELD} RETURNING choice",  # noqa: S608
        attempt.user_id,
        attempt.key_hash,
        attempt.attempt_id,
        choice,
    )
    return chosen


async def name_subject(connection: Connection, first_id: UUID, about_id: UUID) -> None:
    """Whose erasure takes the record along, where the address does not say it."""
    await connection.execute(
        "UPDATE idempotency_keys SET about_id = $2 WHERE first_id = $1", first_id, about_id
    )


async def forget(connection: Connection, attempt: Attempt) -> None:
    await connection.execute(
        f"DELETE FROM idempotency_keys WHERE {_IS_HELD}",  # noqa: S608
        attempt.user_id,
        attempt.key_hash,
        attempt.attempt_id,
    )


async def forget_old(connection: Connection) -> None:
    await connection.execute(f"DELETE FROM idempotency_keys WHERE {_IS_OVER}", KEPT_FOR)  # noqa: S608
