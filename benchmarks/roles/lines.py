"""A role's side of the conversation: commands in, answers out, as lines of JSON."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import msgspec


async def commands() -> AsyncIterator[dict[str, Any]]:
    """What the role is told, until its standard input ends. Says first that the role is ready."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    answer({"ready": True})
    while line := await reader.readline():
        yield msgspec.json.decode(line)


def answer(content: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(content) + b"\n")
    sys.stdout.buffer.flush()
