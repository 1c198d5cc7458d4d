"""A TCP proxy that can lose its connections, for servers that a test must not stop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class TcpProxy:
    """Open with `tcp_proxy`."""

    def __init__(self, host: str, port: int) -> None:
        self._upstream = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_refusing = False
        self._flows = asyncio.Event()
        self._flows.set()
        self.port = 0

    def cut(self) -> None:
        """Drops every connection; new ones are taken."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def refuse(self) -> None:
        """Drops every connection, and every new one, until `allow`."""
        self._is_refusing = True
        self.cut()

    def allow(self) -> None:
        self._is_refusing = False

    def fall_silent(self) -> None:
        """Passes nothing on, and closes nothing, until `speak`."""
        self._flows.clear()

    def speak(self) -> None:
        self._flows.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_refusing:
            writer.transport.abort()
            return
        upstream_reader, upstream_writer = await asyncio.open_connection(*self._upstream)
        both = {writer, upstream_writer}
        self._writers |= both
        await asyncio.gather(self._copy(reader, upstream_writer), self._copy(upstream_reader, writer))
        self._writers -= both

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def tcp_proxy(host: str, port: int) -> AsyncIterator[TcpProxy]:
    proxy = TcpProxy(host, port)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.refuse()
