"""Connections to allowed addresses only: looked at in the moment of connecting, so that nothing that happens
between looking a name up and connecting, and no way to write an address, leads anywhere else."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

MOST_ADDRESSES = 8
"""Of one name that are tried: a name may have thousands."""

RECEIVED_AT_ONCE = 16 * 1024
"""Bytes that wait to be read. Event loops read until none is left: who sends fast must not keep them busy."""

MayConnect = Callable[[str], bool]
"""Whether an address, without a port, may be connected to. False for a name."""


class ForbiddenAddress(OSError):
    """The host has no address that may be connected to."""


class CheckedSocket(socket.socket):
    """Event loops connect by `connect`, with the very address that the system is given then."""

    def __init__(self, family: int, kind: int, proto: int, *, may_connect: MayConnect) -> None:
        super().__init__(family, kind, proto)
        self._may_connect = may_connect

    def connect(self, address: Any) -> None:
        """Raises ForbiddenAddress."""
        self._check(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        """Raises ForbiddenAddress."""
        self._check(address)
        return super().connect_ex(address)

    def _check(self, address: Any) -> None:
        if not self._may_connect(address[0]):
            raise ForbiddenAddress


class CheckedSockets:
    """Those of one try."""

    def __init__(self, may_connect: MayConnect) -> None:
        self._may_connect = may_connect
        self._opened: list[socket.socket] = []

    def open(self, address: AddrInfoType) -> socket.socket:
        family, kind, proto, *_ = address
        opened = CheckedSocket(family, kind, proto, may_connect=self._may_connect)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED_AT_ONCE)
        self._opened.append(opened)
        return opened

    def cut(self) -> None:
        """Whatever the other side still sends or does not take in: closing alone would wait for it."""
        for opened in self._opened:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


class CheckedResolver(AbstractResolver):
    """Of a name's addresses those that may be connected to, `MOST_ADDRESSES` at most."""

    def __init__(self, resolver: AbstractResolver, may_connect: MayConnect) -> None:
        self._resolver = resolver
        self._may_connect = may_connect

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises ForbiddenAddress where there are others only, and OSError where there is none."""
        found = await self._resolver.resolve(host, port, family)
        if not found:
            raise OSError(None, "the name has no address")
        allowed = [each for each in found if self._may_connect(each["host"])]
        if not allowed:
            raise ForbiddenAddress
        return allowed[:MOST_ADDRESSES]

    async def close(self) -> None:
        await self._resolver.close()
