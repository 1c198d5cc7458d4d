"""What became of commands, so that one that comes twice, in two messages, has its effect once.

For services that have the table of `hotgigs.chassis.tables.settled_commands`.
"""

from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.contracts.rejection import Rejection


class Outcome(Struct, frozen=True, kw_only=True):
    """``events`` is how many events with the command's id tell of its effect."""

    events: int = 0
    rejection: Rejection | None = None


async def claim(connection: Connection, command_id: UUID) -> Outcome | None:
    """What became of the command before; None for one that is now the caller's to settle, which others
    who claim it wait for."""
    status = await connection.execute(
        "INSERT INTO settled_commands (command_id) VALUES ($1) ON CONFLICT DO NOTHING", command_id
    )
    if status == "INSERT 0 1":
        return None
    row = await connection.fetchrow(
        "SELECT events, rejection FROM settled_commands WHERE command_id = $1", command_id
    )
    assert row is not None
    return msgspec.convert(dict(row), Outcome)


async def put(connection: Connection, command_id: UUID, outcome: Outcome) -> None:
    await connection.execute(
        "UPDATE settled_commands SET events = $2, rejection = $3 WHERE command_id = $1",
        command_id,
        outcome.events,
        outcome.rejection,
    )


async def forget_old(connection: Connection) -> None:
    """Those that are older than what the inbox remembers of messages."""
    await connection.execute("DELETE FROM settled_commands WHERE settled_at < now() - $1::interval", KEPT)
