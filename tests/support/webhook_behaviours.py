"""How receivers of webhooks answer: well, badly, and with malice."""

import asyncio
import itertools
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime

from support.webhook_receivers import Behaviour, Exchange, Received

Headers = Sequence[tuple[str, str]]


def answers(status: int, body: bytes = b"", headers: Headers = (), *, after_s: float = 0.0) -> Behaviour:
    async def behave(exchange: Exchange, _received: Received) -> None:
        await asyncio.sleep(after_s)
        await exchange.say(_head(status, (*headers, ("Content-Length", str(len(body))))) + body)

    return behave


accepts = answers(200)
fails = answers(500, b"Something went wrong.")
gone = answers(410)


def redirects(to: str, status: int = 302) -> Behaviour:
    return answers(status, headers=[("Location", to)])


def asks_to_wait(until: float | datetime, status: int = 503) -> Behaviour:
    """For seconds, or until then."""
    value = format_datetime(until, usegmt=True) if isinstance(until, datetime) else f"{until:.0f}"
    return answers(status, headers=[("Retry-After", value)])


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The next one for each next request; the last for all that come then."""
    coming = itertools.chain(behaviours, itertools.repeat(behaviours[-1]))

    async def behave(exchange: Exchange, received: Received) -> None:
        await next(coming)(exchange, received)

    return behave


async def hangs(exchange: Exchange, _received: Received) -> None:
    """Reads the request and never answers."""
    await exchange.until_gone()


def drips(status: int = 200, *, every_s: float = 0.05) -> Behaviour:
    """A body of 100 KiB, byte by byte."""

    async def behave(exchange: Exchange, _received: Received) -> None:
        await exchange.say(_head(status, [("Content-Length", "102400")]))
        for _ in range(102400):
            await exchange.say(b".")
            await asyncio.sleep(every_s)

    return behave


def drips_headers(*, every_s: float = 0.05) -> Behaviour:
    """They never end."""

    async def behave(exchange: Exchange, _received: Received) -> None:
        await exchange.say(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            await exchange.say(b"X-%d: y\r\n" % number)
            await asyncio.sleep(every_s)

    return behave


def says(words: bytes) -> Behaviour:
    """Exactly this, and closes."""

    async def behave(exchange: Exchange, _received: Received) -> None:
        await exchange.say(words)

    return behave


closes_early = says(b"")
closes_in_headers = says(b"HTTP/1.1 200 OK\r\nContent-Le")
closes_in_body = says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
speaks_no_http = says(b"220 mail.example ESMTP\r\n")


async def resets(exchange: Exchange, _received: Received) -> None:
    """Drops the connection without a word."""
    reset(exchange)


def reset(exchange: Exchange) -> None:
    taken: socket.socket = exchange.writer.get_extra_info("socket")
    with suppress(OSError):
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.writer.transport.abort()


def sends_back(size: int, status: int = 200) -> Behaviour:
    """A body of ``size`` bytes, as fast as they are taken; the receiver counts them (`sent_bytes`)."""

    async def behave(exchange: Exchange, _received: Received) -> None:
        await exchange.say(_head(status, [("Content-Length", str(size))]))
        for start in range(0, size, 65536):
            await exchange.say(b"x" * min(65536, size - start))

    return behave


async def sends_headers_without_end(exchange: Exchange, _received: Received) -> None:
    """As fast as they are taken."""
    await exchange.say(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.say(b"X-Header: " + b"y" * 4000 + b"\r\n")


async def says_continue_without_end(exchange: Exchange, _received: Received) -> None:
    while True:
        await exchange.say(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


async def reads_nothing(exchange: Exchange) -> None:
    """Takes connections, and nothing of what is sent on them. Of a receiver's ``connected``."""
    exchange.writer.transport.pause_reading()  # type: ignore[attr-defined]
    await asyncio.Event().wait()


async def answers_unread(exchange: Exchange) -> None:
    """Accepts before anything was sent. Of a receiver's ``connected``."""
    await exchange.say(_head(200, [("Content-Length", "0")]))


def _head(status: int, headers: Headers) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers)]
    return "".join(f"{line}\r\n" for line in (*lines, "Connection: close", "")).encode("latin-1")
