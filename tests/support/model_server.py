"""A stand-in for an OpenAI-compatible API on a real socket, which behaves as each test wants."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from msgspec import Struct


class Request(Struct, frozen=True):
    head: str
    body: bytes

    @property
    def sent(self) -> Any:
        return json.loads(self.body)


Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


class ModelServer:
    """Behaves to each request as the next of its behaviours says, and as the last one when none is left."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = [*behaviours]
        self.requests: list[Request] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lengths = [line for line in head.lower().split("\r\n") if line.startswith("content-length:")]
            length = int(lengths[0].partition(":")[2]) if lengths else 0
            self.requests.append(Request(head, await reader.readexactly(length)))
            behave = self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]
            await behave(writer)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def model_server(
    *behaviours: Behaviour, tls: ssl.SSLContext | None = None
) -> AsyncIterator[ModelServer]:
    model = ModelServer(*behaviours)
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    model.url = f"{'https' if tls else 'http'}://localhost:{port}/v1"
    try:
        yield model
    finally:
        server.close()


def saying(said: dict[str, Any]) -> Behaviour:
    """A chat completion with this structured output."""
    return answering(200, completion(json.dumps(said)))


def completion(content: str | None) -> bytes:
    message = {"role": "assistant", "content": content}
    return json.dumps({"object": "chat.completion", "choices": [{"index": 0, "message": message}]}).encode()


def answering(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        fields = {"Content-Length": str(len(body)), "Connection": "close"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in fields.items())]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return behave


def raw(answer: bytes) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return behave


async def silence(writer: asyncio.StreamWriter) -> None:
    """No answer while the client waits for one."""
    await writer.wait_closed()


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """The connection ends without an answer."""


def endless(part: bytes, *, pause_s: float = 0) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not writer.is_closing():
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return behave
