"""What has come of commands, as far as it was applied here."""

from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.command_settled import Rejection

SETTLED = "settled"
"""The row with the owner's word; the others are named after the events they stand for."""


class Settled(Struct, frozen=True, kw_only=True):
    """A command that was rejected, or whose effect is all here. Never false."""

    rejection: Rejection | None
    result: dict[str, int]
    """Of all its events together."""


def command_key(command_id: UUID) -> str:
    """What those who wait for a command watch."""
    return f"command/{command_id}"


async def settled(connection: Connection, command_id: UUID) -> Settled | None:
    """None while the owner has not decided, or a part of the effect is not here."""
    rows = await connection.fetch(
        "SELECT event, events, rejection, result FROM command_outcomes WHERE command_id = $1", command_id
    )
    word = next((row for row in rows if row["event"] == SETTLED), None)
    if word is None:
        return None
    applied = [row for row in rows if row is not word]
    if word["rejection"] is None and len(applied) < word["events"]:
        return None
    result: dict[str, int] = {}
    for row in applied:
        result |= row["result"] or {}
    return Settled(rejection=msgspec.convert(word["rejection"], Rejection | None), result=result)
