"""Waking those who wait, in any process of the notifier, for work."""

from typing import Literal

from hotgigs.chassis.database import Connection

CHANNEL = "hotgigs_notifier"

Work = Literal["events", "deliveries"]
"""Events to find the hearers of; deliveries that are due."""


async def wake(connection: Connection, work: Work) -> None:
    """When the transaction commits."""
    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, work)
