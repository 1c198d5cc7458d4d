"""Servers reached through a proxy that can be switched off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qs, urlsplit, urlunsplit

from support.tcp_proxy import TcpProxy, tcp_proxy

__all__ = ["TcpProxy", "proxy_before", "through"]


@asynccontextmanager
async def proxy_before(url: str) -> AsyncIterator[TcpProxy]:
    """A proxy before the server of ``url``, also where that names a socket by its folder."""
    parts = urlsplit(url)
    if folders := parse_qs(parts.query).get("host"):
        async with _on_a_port(f"{folders[0]}/.s.PGSQL.5432") as port, tcp_proxy("127.0.0.1", port) as proxy:
            yield proxy
    else:
        default_port = 5672 if parts.scheme.startswith("amqp") else 5432
        async with tcp_proxy(parts.hostname or "127.0.0.1", parts.port or default_port) as proxy:
            yield proxy


def through(proxy: TcpProxy, url: str) -> str:
    """``url`` by way of ``proxy``."""
    parts = urlsplit(url)
    credentials, at, _ = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{credentials}{at}127.0.0.1:{proxy.port}", query=""))


@asynccontextmanager
async def _on_a_port(socket_path: str) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        socket_reader, socket_writer = await asyncio.open_unix_connection(socket_path)
        await asyncio.gather(_copy(reader, socket_writer), _copy(socket_reader, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
