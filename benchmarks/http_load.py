"""A load generator in a process of its own: ``http_load.py PORT PATHS CONNECTIONS SECONDS [TOKEN]``

Sends GET of the paths in turn (divided by spaces) on each kept-alive connection, as soon as the last answer
is whole, and prints what came of it as JSON. It takes from an answer only its status and length, so that it
costs the machine a fraction of what the server does.
"""

import asyncio
import re
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import cast

import msgspec
import uvloop
from timing import percentile

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Client(asyncio.Protocol):
    """One connection; ``seconds`` has the duration of every answer."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self._requests = requests
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.WriteTransport | None = None
        self.seconds: list[float] = []
        self.errors = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def _send(self) -> None:
        assert self._transport is not None
        self._received = b""
        self._sent_at = time.perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head_ends = self._received.find(b"\r\n\r\n")
        if head_ends < 0:
            return
        length = _LENGTH.search(self._received, 0, head_ends + 2)
        if length is not None and len(self._received) >= head_ends + 4 + int(length[1]):
            self.seconds.append(time.perf_counter() - self._sent_at)
            self.errors += not self._received.startswith(b"HTTP/1.1 200 ")
            self._send()


async def load(
    port: int, paths: Sequence[str], connections: int, seconds: float, token: str
) -> dict[str, float]:
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = f" HTTP/1.1\r\nHost: 127.0.0.1\r\n{authorization}\r\n"
    requests = cycle([f"GET {path}{head}".encode() for path in paths])
    clients = [Client(requests) for _ in range(connections)]
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.sleep(seconds)
    taken_s = time.perf_counter() - began
    answers = [each for client in clients for each in client.seconds]
    return {
        "per_second": len(answers) / taken_s,
        "p50_s": percentile(answers, 50),
        "p99_s": percentile(answers, 99),
        "errors": sum(client.errors for client in clients),
    }


if __name__ == "__main__":
    port, paths, connections, seconds, *token = sys.argv[1:]
    result = uvloop.run(load(int(port), paths.split(), int(connections), float(seconds), "".join(token)))
    sys.stdout.write(msgspec.json.encode(result).decode())
