"""The queries of the accounts that own webhooks. None commits.

Whoever locks an owner and a webhook locks the owner first.
"""

from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.actor import Actor, Role

SUSPENDED = "This account is suspended."


async def note(connection: Connection, actor: Actor) -> bool:
    """Whether the account may have webhooks; locked to the end of the transaction. Its role is as the actor
    says until an admin has changed it."""
    is_active: bool = await connection.fetchval(
        "INSERT INTO owners AS known (user_id, version, role) VALUES ($1, 0, $2)"
        " ON CONFLICT (user_id) DO UPDATE"
        "  SET role = CASE WHEN known.version = 0 THEN excluded.role ELSE known.role END"
        " RETURNING is_active",
        actor.user_id,
        actor.role,
    )
    return is_active


async def change(connection: Connection, user_id: UUID, *, version: int, role: Role, is_active: bool) -> bool:
    """False for what is older than what is known. The owner is locked to the end of the transaction."""
    status = await connection.execute(
        "INSERT INTO owners AS known (user_id, version, role, is_active) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, role = excluded.role,"
        "  is_active = excluded.is_active WHERE known.version < excluded.version",
        user_id,
        version,
        role,
        is_active,
    )
    return bool(status == "INSERT 0 1")
