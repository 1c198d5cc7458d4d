"""A DNS server that answers what a test wants, over UDP and TCP."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address

Addresses = Sequence[str] | None
"""None: it never answers; empty: there is no such name."""
Answers = Callable[[str], Addresses]
"""By the name in small letters. It is asked for IPv4 and IPv6 apart, and answers each with its own."""

_A, _AAAA = 1, 28
_NO_SUCH_NAME = 3


class StandInDns:
    """Open with `stand_in_dns`."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[str] = []
        """Names, once for each question."""
        self.port = 0

    def answer(self, question: bytes) -> bytes | None:
        name, kind, end = _read(question)
        self.asked.append(name)
        if (told := self.answers(name)) is None:
            return None
        addresses = [each for each in map(ip_address, told) if each.version == (4 if kind == _A else 6)]
        flags = 0x8180 | (0 if told else _NO_SUCH_NAME)
        head = question[:2] + struct.pack("!HHHHH", flags, 1, len(addresses), 0, 0)
        return head + question[12:end] + b"".join(map(_record, addresses))


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, dns: StandInDns) -> None:
        self._dns = dns

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if (answer := self._dns.answer(data)) is None:
            return
        if len(answer) > 512:
            # What is too long for a datagram is asked for again, over TCP.
            _, _, end = _read(data)
            answer = answer[:2] + struct.pack("!HHHHH", 0x8380, 1, 0, 0, 0) + data[12:end]
        self._transport.sendto(answer, addr)


@asynccontextmanager
async def stand_in_dns(answers: Answers) -> AsyncIterator[StandInDns]:
    """At 127.0.0.1, for both transports at the same port."""
    dns = StandInDns(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                if (answer := dns.answer(await reader.readexactly(length))) is not None:
                    writer.write(struct.pack("!H", len(answer)) + answer)
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    dns.port = server.sockets[0].getsockname()[1]
    loop = asyncio.get_running_loop()
    udp, _ = await loop.create_datagram_endpoint(lambda: _Udp(dns), local_addr=("127.0.0.1", dns.port))
    try:
        yield dns
    finally:
        udp.close()
        server.close()


def _read(question: bytes) -> tuple[str, int, int]:
    """The name, what kind of record is asked for, and where the question ends."""
    labels, place = [], 12
    while length := question[place]:
        labels.append(question[place + 1 : place + 1 + length].decode("ascii"))
        place += 1 + length
    (kind,) = struct.unpack("!H", question[place + 1 : place + 3])
    return ".".join(labels).lower(), kind, place + 5


def _record(address: IPv4Address | IPv6Address) -> bytes:
    kind = _A if address.version == 4 else _AAAA
    return struct.pack("!HHHIH", 0xC00C, kind, 1, 0, len(address.packed)) + address.packed
