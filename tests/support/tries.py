"""Tries to deliver to receivers on this machine."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext
from uuid import uuid4

from aiohttp import ThreadedResolver
from support.eventually import eventually

from hotgigs.contracts.webhook_secret import secret_of
from hotgigs.notifier.checked_sockets import CheckedSocket
from hotgigs.notifier.http_sender import HttpSender
from hotgigs.notifier.sending import Answered, Outgoing

KEY = b"k" * 32
SECRET = secret_of(KEY)
LONG_S = 60.0
SHORT_S = 0.5


@asynccontextmanager
async def sender(*, timeout_s: float = LONG_S, tls: SSLContext | bool = True) -> AsyncIterator[HttpSender]:
    resolver = ThreadedResolver()
    yield HttpSender(timeout_s=timeout_s, allow_http=True, allow_private=True, resolver=resolver, tls=tls)
    await resolver.close()


def outgoing(url: str, body: bytes = b'{"event":"candidate.added"}', *keys: bytes) -> Outgoing:
    return Outgoing(delivery_id=uuid4(), url=url, body=body, keys=keys or (KEY,))


async def tried(url: str, *, timeout_s: float = LONG_S, tls: SSLContext | bool = True) -> Answered:
    async with sender(timeout_s=timeout_s, tls=tls) as each:
        return await each.send(outgoing(url))


async def nothing_is_open() -> None:
    """Of what this process connected by. Raises TimeoutError."""

    async def is_so() -> bool:
        kept = [each for each in gc.get_objects() if isinstance(each, CheckedSocket)]
        return all(each.fileno() < 0 for each in kept)

    await eventually(is_so, within_s=10.0)
