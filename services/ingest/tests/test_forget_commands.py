"""What became of commands is kept as long as the inbox keeps messages."""

from uuid import uuid4

from support.ingest_service import Ingest

from hotgigs.chassis import settled_commands
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.forget_commands import forget_commands
from hotgigs.chassis.inbox import KEPT
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork


async def test_only_old_commands_are_forgotten(ingest: Ingest) -> None:
    old, new = uuid4(), uuid4()
    async with ingest.pool.acquire() as connection:
        for command_id in (old, new):
            await settled_commands.claim(connection, command_id)
        await connection.execute(
            "UPDATE settled_commands SET settled_at = now() - $2::interval * 1.01 WHERE command_id = $1",
            old,
            KEPT,
        )
    await forget_commands(
        UnitsOfWork(ingest.pool, Relay(ingest.pool, _no_bus(), service="ingest"), source="ingest"), None
    )
    assert await ingest.pool.fetchval("SELECT array_agg(command_id) FROM settled_commands") == [new]


def _no_bus() -> Bus:
    """Forgetting tells nobody."""
    return None  # type: ignore[return-value]
