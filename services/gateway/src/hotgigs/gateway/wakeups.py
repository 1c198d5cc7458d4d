"""Waking those who wait, at any gateway, for a read model to change."""

from collections.abc import Iterable
from uuid import UUID

from hotgigs.chassis.database import Connection

CHANNEL = "hotgigs_gateway"


def resume_key(resume_id: UUID) -> str:
    """What waiters for a change of this resume watch."""
    return f"resume/{resume_id}"


def batch_key(batch_id: UUID) -> str:
    return f"batch/{batch_id}"


def command_key(command_id: UUID) -> str:
    """What waiters for the outcome of this command watch."""
    return f"command/{command_id}"


def delivery_key(delivery_id: UUID) -> str:
    """What waiters for a try of this test of a webhook watch."""
    return f"delivery/{delivery_id}"


async def wake(connection: Connection, keys: Iterable[str]) -> None:
    """When the transaction commits."""
    await connection.execute(
        "SELECT pg_notify($1, key) FROM unnest($2::text[]) AS key", CHANNEL, sorted(set(keys))
    )
