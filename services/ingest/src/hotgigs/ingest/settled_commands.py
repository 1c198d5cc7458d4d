"""What became of commands, so that one that comes twice, in two messages, has its effect once."""

from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.contracts.ingest.command_settled import CommandSettledV1


async def claim(connection: Connection, command_id: UUID) -> CommandSettledV1 | None:
    """What became of the command before; None for one that is now the caller's to settle, which others
    who claim it wait for."""
    status = await connection.execute(
        "INSERT INTO settled_commands (command_id) VALUES ($1) ON CONFLICT DO NOTHING", command_id
    )
    if status == "INSERT 0 1":
        return None
    row = await connection.fetchrow(
        "SELECT command_id, events, rejection FROM settled_commands WHERE command_id = $1", command_id
    )
    assert row is not None
    return msgspec.convert(dict(row), CommandSettledV1)


async def put(connection: Connection, settled: CommandSettledV1) -> None:
    await connection.execute(
        "UPDATE settled_commands SET events = $2, rejection = $3 WHERE command_id = $1",
        settled.command_id,
        settled.events,
        settled.rejection,
    )


async def forget_old(connection: Connection) -> None:
    """Those that are older than what the inbox remembers of messages."""
    await connection.execute("DELETE FROM settled_commands WHERE settled_at < now() - $1::interval", KEPT)
