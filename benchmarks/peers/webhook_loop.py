"""What people write themselves to call webhooks: sign a body, post it, and the next one.

    webhook_loop.py aiohttp|httpx URL WEBHOOKS COUNT AT_ONCE    the body on standard input

``URL/0`` to ``URL/(WEBHOOKS - 1)`` are called in turn. Nothing is remembered, tried again or looked at but
the status. Prints the seconds.
"""

import asyncio
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
import httpx
from standardwebhooks import Webhook

_WEBHOOK = Webhook(secrets.token_bytes(32))

Post = Callable[[str, bytes, dict[str, str]], Awaitable[int]]
"""Gives the status."""


async def main() -> None:
    client, url, webhooks, count, at_once = sys.argv[1:]
    body = sys.stdin.buffer.read()
    if client == "aiohttp":
        async with aiohttp.ClientSession() as session:

            async def by_aiohttp(url: str, body: bytes, headers: dict[str, str]) -> int:
                async with session.post(url, data=body, headers=headers) as answer:
                    return answer.status

            seconds = await _sent(by_aiohttp, url, int(webhooks), int(count), int(at_once), body)
    else:
        async with httpx.AsyncClient() as http:

            async def by_httpx(url: str, body: bytes, headers: dict[str, str]) -> int:
                return (await http.post(url, content=body, headers=headers)).status_code

            seconds = await _sent(by_httpx, url, int(webhooks), int(count), int(at_once), body)
    print(seconds)


async def _sent(post: Post, url: str, webhooks: int, count: int, at_once: int, body: bytes) -> float:
    numbers = iter(range(count))

    async def send() -> None:
        for number in numbers:
            status = await post(f"{url}/{number % webhooks}", body, _headers(body))
            if status >= 300:
                raise RuntimeError(f"answered {status}")

    began = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(at_once)))
    return time.perf_counter() - began


def _headers(body: bytes) -> dict[str, str]:
    id_, now = str(uuid4()), datetime.now(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": _WEBHOOK.sign(id_, now, body.decode()),
    }


asyncio.run(main())
