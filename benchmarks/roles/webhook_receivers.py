"""Role: the systems that webhooks call, all at one port. ``webhook_receivers.py PORT SLOW_S``

A path is ``/NUMBER``; ``behave`` says which numbers are slow, and which are dead: those take a request and
never answer. ``received`` is answered with what has come since it was last forgotten: the moment (monotonic
clock), the number, the ``webhook-id``, and whom it tells of; ``count`` with how much of it is new, and to
those that are neither slow nor dead. It reads of a request what it needs and no more,
so that it costs the machine a fraction of what sending does.
"""

import asyncio
import re
import sys
import time
from typing import cast

import uvloop
from lines import answer, commands

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_ID = re.compile(rb"\r\nwebhook-id: *([^\r]+)\r\n", re.IGNORECASE)
_CANDIDATE = re.compile(rb'"candidate_id": ?"([^"]+)"')
_ACCEPTED = b"HTTP/1.1 204 No Content\r\n\r\n"


class Receivers:
    def __init__(self, slow_s: float) -> None:
        self.slow_s = slow_s
        self.slow: set[int] = set()
        self.dead: set[int] = set()
        self.received: list[tuple[float, int, str, str]] = []
        self.new: set[tuple[int, str]] = set()

    def take(self, number: int, delivery_id: str, candidate_id: str) -> None:
        self.received.append((time.monotonic(), number, delivery_id, candidate_id))
        if number not in self.slow and number not in self.dead:
            self.new.add((number, candidate_id))


class Connection(asyncio.Protocol):
    def __init__(self, receivers: Receivers) -> None:
        self._receivers = receivers
        self._unread = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        head_ends = self._unread.find(b"\r\n\r\n")
        if head_ends < 0:
            return
        head, length = self._unread[: head_ends + 2], 0
        if found := _LENGTH.search(head):
            length = int(found[1])
        body = self._unread[head_ends + 4 : head_ends + 4 + length]
        if len(body) == length:
            self._unread = self._unread[head_ends + 4 + length :]
            self._take(head, body)

    def _take(self, head: bytes, body: bytes) -> None:
        number = int(head.split(b" ", 2)[1].removeprefix(b"/"))
        id_, candidate = _ID.search(head), _CANDIDATE.search(body)
        self._receivers.take(
            number, id_[1].decode() if id_ else "", candidate[1].decode() if candidate else ""
        )
        if number in self._receivers.slow:
            asyncio.get_running_loop().call_later(self._receivers.slow_s, self._accept)
        elif number not in self._receivers.dead:
            self._accept()

    def _accept(self) -> None:
        assert self._transport is not None
        if not self._transport.is_closing():
            self._transport.write(_ACCEPTED)


async def main() -> None:
    port, slow_s = sys.argv[1:]
    receivers = Receivers(float(slow_s))
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: Connection(receivers), "127.0.0.1", int(port), backlog=1024)
    async for command in commands():
        match command["do"]:
            case "behave":
                receivers.slow, receivers.dead = set(command["slow"]), set(command["dead"])
                answer({})
            case "count":
                answer({"count": len(receivers.new)})
            case "received":
                answer({"received": receivers.received})
            case "forget":
                receivers.received.clear()
                receivers.new.clear()
                answer({})


if __name__ == "__main__":
    uvloop.run(main())
