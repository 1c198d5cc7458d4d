"""Queries for accounts. None commits."""

from datetime import datetime
from uuid import UUID

from asyncpg import Record, UniqueViolationError

from hotgigs.chassis.database import Connection

CHANNEL_KEY_REVOKED = "revoked"
"""Wakes every gateway to forget whom it has let in."""


async def add_user(
    connection: Connection,
    *,
    user_id: UUID,
    email: str,
    password_hash: str,
    full_name: str | None,
    role: str,
    status: str,
) -> bool:
    """False where the address is taken."""
    try:
        async with connection.transaction():
            await connection.execute(
                "INSERT INTO users (user_id, email, password_hash, full_name, role, status)"
                " VALUES ($1, $2, $3, $4, $5, $6)",
                user_id,
                email,
                password_hash,
                full_name,
                role,
                status,
            )
    except UniqueViolationError:
        return False
    return True


async def user_by_email(connection: Connection, email: str) -> Record | None:
    return await connection.fetchrow("SELECT * FROM users WHERE email = $1", email)


async def user_by_id(connection: Connection, user_id: UUID) -> Record | None:
    return await connection.fetchrow("SELECT * FROM users WHERE user_id = $1", user_id)


async def list_users(
    connection: Connection, *, role: str | None, status: str | None, skip: int, limit: int
) -> list[Record]:
    """Newest first."""
    return await connection.fetch(
        "SELECT * FROM users WHERE ($1::text IS NULL OR role = $1) AND ($2::text IS NULL OR status = $2)"
        " ORDER BY created_at DESC, user_id OFFSET $3 LIMIT $4",
        role,
        status,
        skip,
        limit,
    )


async def lock_user(connection: Connection, user_id: UUID) -> Record | None:
    """The user, whom nobody else changes until the transaction ends."""
    return await connection.fetchrow("SELECT * FROM users WHERE user_id = $1 FOR UPDATE", user_id)


async def update_user(
    connection: Connection, user_id: UUID, *, role: str | None, status: str | None
) -> Record | None:
    """The user as changed. Every gateway looks at its tokens anew."""
    await notify_revoked(connection)
    return await connection.fetchrow(
        "UPDATE users SET role = coalesce($2, role), status = coalesce($3, status), version = version + 1"
        " WHERE user_id = $1 RETURNING *",
        user_id,
        role,
        status,
    )


async def add_session(connection: Connection, session_id: UUID, user_id: UUID) -> None:
    await connection.execute(
        "INSERT INTO sessions (session_id, user_id) VALUES ($1, $2)", session_id, user_id
    )


async def active_session(connection: Connection, session_id: UUID) -> Record | None:
    """The user of a session that stands, if the user is active."""
    return await connection.fetchrow(
        "SELECT users.user_id, users.role FROM sessions JOIN users USING (user_id)"
        " WHERE session_id = $1 AND revoked_at IS NULL AND status = 'active'",
        session_id,
    )


async def revoke_session(connection: Connection, session_id: UUID) -> None:
    await connection.execute(
        "UPDATE sessions SET revoked_at = now() WHERE session_id = $1 AND revoked_at IS NULL", session_id
    )
    await notify_revoked(connection)


async def add_refresh_token(
    connection: Connection, token_hash: bytes, session_id: UUID, expires_at: datetime
) -> None:
    await connection.execute(
        "INSERT INTO refresh_tokens (token_hash, session_id, expires_at) VALUES ($1, $2, $3)",
        token_hash,
        session_id,
        expires_at,
    )


async def lock_refresh_token(connection: Connection, token_hash: bytes) -> Record | None:
    return await connection.fetchrow(
        "SELECT session_id, used_at, expires_at < now() AS has_expired FROM refresh_tokens"
        " WHERE token_hash = $1 FOR UPDATE",
        token_hash,
    )


async def use_refresh_token(connection: Connection, token_hash: bytes) -> None:
    await connection.execute("UPDATE refresh_tokens SET used_at = now() WHERE token_hash = $1", token_hash)


async def forget_expired(connection: Connection) -> None:
    await connection.execute("DELETE FROM refresh_tokens WHERE expires_at < now() - interval '1 day'")
    await connection.execute(
        "DELETE FROM sessions WHERE created_at < now() - interval '1 day' AND NOT EXISTS"
        " (SELECT FROM refresh_tokens WHERE refresh_tokens.session_id = sessions.session_id)"
    )


async def add_api_key(
    connection: Connection, *, api_key_id: UUID, user_id: UUID, key_hash: bytes, name: str
) -> Record | None:
    """An id that is there already gets the new key for its old one; None where it was revoked."""
    return await connection.fetchrow(
        "INSERT INTO api_keys AS old (api_key_id, user_id, key_hash, name) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (api_key_id) DO UPDATE SET key_hash = excluded.key_hash"
        " WHERE old.user_id = excluded.user_id AND old.revoked_at IS NULL RETURNING *",
        api_key_id,
        user_id,
        key_hash,
        name,
    )


async def list_api_keys(connection: Connection, user_id: UUID) -> list[Record]:
    return await connection.fetch(
        "SELECT * FROM api_keys WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at", user_id
    )


async def revoke_api_key(connection: Connection, user_id: UUID, api_key_id: UUID) -> bool:
    """False where the user has no such key."""
    status = await connection.execute(
        "UPDATE api_keys SET revoked_at = now()"
        " WHERE api_key_id = $1 AND user_id = $2 AND revoked_at IS NULL",
        api_key_id,
        user_id,
    )
    await notify_revoked(connection)
    return bool(status == "UPDATE 1")


async def user_of_api_key(connection: Connection, key_hash: bytes) -> Record | None:
    """The active user of a key that stands."""
    return await connection.fetchrow(
        "SELECT users.user_id, users.role FROM api_keys JOIN users USING (user_id)"
        " WHERE key_hash = $1 AND revoked_at IS NULL AND status = 'active'",
        key_hash,
    )


async def notify_revoked(connection: Connection) -> None:
    await connection.execute("SELECT pg_notify('hotgigs_gateway', $1)", CHANNEL_KEY_REVOKED)
