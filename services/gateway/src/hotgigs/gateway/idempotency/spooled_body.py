"""A request's body, read as a whole before the request is carried out: in memory while it is small, in a
temporary file without a name beyond that."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from litestar.status_codes import HTTP_408_REQUEST_TIMEOUT, HTTP_413_REQUEST_ENTITY_TOO_LARGE
from litestar.types import Receive

from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.spool_space import Share
from hotgigs.gateway.uploads.form import DRAIN_FACTOR

A = TypeVar("A")
R = TypeVar("R")

MEMORY_BYTES = 2**20
IDLE_TIMEOUT_S = 60.0
"""Between two pieces of a body."""
_CHUNK_BYTES = 2**18


class ClientGone(Exception):
    """The client closed its connection before it had sent everything."""


@asynccontextmanager
async def spooled(
    receive: Receive, *, max_bytes: int, share: Share, on_chunk: Callable[[bytes], None]
) -> AsyncIterator[Receive]:
    """Reads the body to its end; gives a ``receive`` that hands it out once more, for the block.

    Raises ClientGone, and Problem 408 where nothing comes for `IDLE_TIMEOUT_S`, 413 where the body has more
    than ``max_bytes``, 429 or 503 where the disk has no room for it.
    """
    # Closing forgets a file that was made: it never had a name.
    with tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES) as file:
        size = 0
        refusal: Problem | None = None

        async def on_file(operation: Callable[[A], R], argument: A) -> R:
            """What is in memory does not block."""
            if size <= MEMORY_BYTES:
                return operation(argument)
            return await asyncio.to_thread(operation, argument)

        async for chunk in _chunks_of(receive):
            size += len(chunk)
            if refusal is None:
                try:
                    _require_room(size, max_bytes, share)
                except Problem as problem:
                    refusal = problem
                    file.close()
                    share.give_back()
                else:
                    on_chunk(chunk)
                    await on_file(file.write, chunk)
            elif size > DRAIN_FACTOR * max_bytes:
                break  # up to here it is read on, so that a client that still sends gets to read the answer
        if refusal is not None:
            raise refusal
        file.seek(0)
        left: int | None = size
        """None when everything was handed out."""

        async def receive_again() -> Any:
            nonlocal left
            if left is None:
                return await receive()
            chunk = await on_file(file.read, _CHUNK_BYTES)
            left = left - len(chunk) or None
            return {"type": "http.request", "body": chunk, "more_body": left is not None}

        yield receive_again


def _require_room(size: int, max_bytes: int, share: Share) -> None:
    """Raises Problem 413, 429 or 503."""
    if size > max_bytes:
        raise Problem(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail="The request is too large.")
    if size > MEMORY_BYTES:
        share.grow_to(size)


async def _chunks_of(receive: Receive) -> AsyncIterator[bytes]:
    """Raises ClientGone, and Problem 408."""
    has_more = True
    while has_more:
        try:
            async with asyncio.timeout(IDLE_TIMEOUT_S):
                message: Any = await receive()
        except TimeoutError as err:
            raise Problem(status_code=HTTP_408_REQUEST_TIMEOUT, detail=_IDLE) from err
        if message["type"] == "http.disconnect":
            raise ClientGone
        yield message.get("body", b"")
        has_more = message.get("more_body", False)


_IDLE = "The rest of the request did not come; send it again."
