"""Receivers of webhooks, on real sockets: what they answer is one of `support.webhook_behaviours`.

async with webhook_receiver() as receiver:                    # accepts all
    ...deliver to receiver.url...
    first, *_ = await receiver.heard(1)
    payload = first.verified(secret)

async with webhook_receiver(hangs) as receiver:
    receiver.behaviour = accepts                              # from now on
    receiver.at["/other"] = answers(500)                      # for receiver.url_of("/other") alone
"""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct
from standardwebhooks import Webhook
from support.certificates import self_signed
from support.eventually import eventually


class Received(Struct, frozen=True, kw_only=True):
    """A request. Its headers' names are in small letters."""

    at: float
    """As of time.monotonic()."""
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def delivery_id(self) -> UUID:
        return UUID(self.headers["webhook-id"])

    def verified(self, secret: str) -> Any:
        """The payload. Raises standardwebhooks' WebhookVerificationError."""
        return Webhook(secret).verify(self.body, self.headers)


class Exchange(Struct, kw_only=True):
    """What a behaviour answers to. Nothing has been read of the request yet."""

    receiver: "WebhookReceiver"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def request(self) -> Received:
        """Reads it and notes it."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        method, target, _ = first.split(" ")
        received = Received(
            at=time.monotonic(),
            method=method,
            target=target,
            headers=headers,
            body=await self.reader.readexactly(int(headers.get("content-length", 0))),
        )
        self.receiver.received.append(received)
        return received

    async def say(self, words: bytes) -> None:
        """Raises OSError when the other side has gone."""
        self.writer.write(words)
        await self.writer.drain()
        self.receiver.sent_bytes += len(words)

    async def until_gone(self) -> None:
        """Holds the connection until the other side lets go of it."""
        with suppress(OSError):
            while await self.reader.read(65536):
                pass


Behaviour = Callable[[Exchange, Received], Awaitable[None]]
"""Of a request that was read. Afterwards the connection is closed."""
Connected = Callable[[Exchange], Awaitable[None]]
"""Of a connection, before anything was read of it."""


class WebhookReceiver:
    """Open with `webhook_receiver`."""

    def __init__(self, behaviour: Behaviour, connected: Connected | None) -> None:
        self.behaviour = behaviour
        self.connected = connected
        self.at: dict[str, Behaviour] = {}
        """Of targets that are answered otherwise."""
        self.received: list[Received] = []
        self.connections = 0
        """That were taken since the beginning."""
        self.open_connections = 0
        self.most_open_connections = 0
        self.reached_at: set[str] = set()
        """The addresses of this machine that were connected to."""
        self.sent_bytes = 0
        self.address = ("", 0)
        self.scheme = "http"
        self._host = ""

    @property
    def url(self) -> str:
        return self.url_of("/hook")

    def url_of(self, target: str) -> str:
        return f"{self.scheme}://{self._host}:{self.address[1]}{target}"

    def received_at(self, target: str) -> list[Received]:
        return [each for each in self.received if each.target == target]

    async def heard(self, count: int, *, within_s: float = 20.0) -> Sequence[Received]:
        """What was received, when it is ``count`` or more. Raises TimeoutError."""

        async def has_heard() -> bool:
            return len(self.received) >= count

        await eventually(has_heard, within_s=within_s)
        return tuple(self.received)

    async def let_go(self, *, within_s: float = 20.0) -> None:
        """When nobody is connected any more. Raises TimeoutError."""

        async def has_none() -> bool:
            return self.open_connections == 0

        await eventually(has_none, within_s=within_s)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_connections += 1
        self.most_open_connections = max(self.most_open_connections, self.open_connections)
        # What it has said has been taken in then, but for a little.
        taken: socket.socket = writer.get_extra_info("socket")
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        self.reached_at.add(writer.get_extra_info("sockname")[0])
        exchange = Exchange(receiver=self, reader=reader, writer=writer)
        try:
            if self.connected is not None:
                await self.connected(exchange)
            else:
                received = await exchange.request()
                await self.at.get(received.target, self.behaviour)(exchange, received)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            try:
                # Who does not end TLS is not waited for.
                with suppress(OSError, TimeoutError):
                    async with asyncio.timeout(1.0):
                        await writer.wait_closed()
            finally:
                writer.transport.abort()
                self.open_connections -= 1

    def listens(self, address: tuple[str, int], scheme: str, host: str) -> None:
        self.address, self.scheme, self._host = address, scheme, host


async def _accepts(exchange: Exchange, _received: Received) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@asynccontextmanager
async def webhook_receiver(
    behaviour: Behaviour = _accepts,
    *,
    connected: Connected | None = None,
    host: str = "127.0.0.1",
    name: str | None = None,
    certificate: Path | None = None,
) -> AsyncIterator[WebhookReceiver]:
    """Listens at ``host``. ``name`` is the host in its URLs, if that is another. With ``certificate`` (of
    `certificate_for`) it speaks TLS."""
    receiver = WebhookReceiver(behaviour, connected)
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    tasks: set[asyncio.Task[None]] = set()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(receiver.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(take, host, 0, ssl=tls, backlog=1024)
    in_url = name or (f"[{host}]" if ":" in host else host)
    receiver.listens(server.sockets[0].getsockname()[:2], "http" if tls is None else "https", in_url)
    try:
        yield receiver
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def certificate_for(folder: Path, host: str) -> Path:
    return self_signed(folder, host)


def trusting(certificate: Path) -> ssl.SSLContext:
    """For a sender that is to take ``certificate`` for good."""
    return ssl.create_default_context(cafile=str(certificate))
