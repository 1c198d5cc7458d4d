"""Queries for consents and connections. None commits; all times are the database's."""

from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection

CONSENT_STANDS = timedelta(minutes=10)
CONNECTION_STANDS = timedelta(hours=1)
MOST_LISTED = 100


async def add_consent(
    connection: Connection,
    *,
    state_hash: bytes,
    browser_hash: bytes,
    user_id: UUID,
    sealed_verifier: bytes,
    redirect_uri: str,
) -> datetime:
    """Until when it can be answered."""
    expires_at: datetime = await connection.fetchval(
        "INSERT INTO drive_consents"
        " (state_hash, browser_hash, user_id, sealed_verifier, redirect_uri, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, now() + $6::interval) RETURNING expires_at",
        state_hash,
        browser_hash,
        user_id,
        sealed_verifier,
        redirect_uri,
        CONSENT_STANDS,
    )
    return expires_at


async def take_consent(connection: Connection, state_hash: bytes) -> Record | None:
    """Of several who ask for the same, one gets it."""
    return await connection.fetchrow(
        "DELETE FROM drive_consents WHERE state_hash = $1"
        " RETURNING browser_hash, user_id, sealed_verifier, redirect_uri, expires_at < now() AS has_expired",
        state_hash,
    )


async def may_connect(connection: Connection, user_id: UUID) -> bool:
    """Of an outside issuer's users nothing else is known here than what their tokens said."""
    may: bool = await connection.fetchval(
        "SELECT NOT EXISTS (SELECT FROM users"
        " WHERE user_id = $1 AND (status <> 'active' OR role NOT IN ('recruiter', 'admin')))",
        user_id,
    )
    return may


async def add_connection(
    connection: Connection, *, connection_id: UUID, user_id: UUID, sealed_grant: bytes
) -> Record:
    """As `connections_of` tells of it."""
    row = await connection.fetchrow(
        "INSERT INTO drive_connections (connection_id, user_id, sealed_grant, expires_at)"
        " VALUES ($1, $2, $3, now() + $4::interval) RETURNING connection_id, created_at, expires_at",
        connection_id,
        user_id,
        sealed_grant,
        CONNECTION_STANDS,
    )
    assert row is not None
    return row


async def connections_of(connection: Connection, user_id: UUID) -> list[Record]:
    """Those that stand, the newest first, and not more than `MOST_LISTED`."""
    return await connection.fetch(
        "SELECT connection_id, created_at, expires_at FROM drive_connections"
        " WHERE user_id = $1 AND expires_at > now() ORDER BY connection_id DESC LIMIT $2",
        user_id,
        MOST_LISTED,
    )


async def sealed_grant_of(connection: Connection, user_id: UUID, connection_id: UUID) -> bytes | None:
    """For drive-sync (`hotgigs.contracts.drive_grant`); None where the user has no such connection, or has
    it no more."""
    sealed_grant: bytes | None = await connection.fetchval(
        "SELECT sealed_grant FROM drive_connections"
        " WHERE connection_id = $1 AND user_id = $2 AND expires_at > now()",
        connection_id,
        user_id,
    )
    return sealed_grant


async def remove_connection(connection: Connection, user_id: UUID, connection_id: UUID) -> bool:
    """False where the user has no such connection."""
    status = await connection.execute(
        "DELETE FROM drive_connections WHERE connection_id = $1 AND user_id = $2 AND expires_at > now()",
        connection_id,
        user_id,
    )
    return bool(status == "DELETE 1")


async def forget_expired(connection: Connection) -> None:
    await connection.execute("DELETE FROM drive_consents WHERE expires_at < now()")
    await connection.execute("DELETE FROM drive_connections WHERE expires_at < now()")
