"""Where a test's buses come from: any number of them on one database or one broker."""

from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from support.eventually import eventually
from support.rabbitmq import Broker
from support.tcp_proxy import TcpProxy

from hotgigs.chassis.bus.embedded import LEASE, EmbeddedBus, open_embedded_bus
from hotgigs.chassis.bus.interface import Bus


class BusSource(Protocol):
    @property
    def environment(self) -> dict[str, str]:
        """Settings by which another process opens the same bus."""
        ...

    async def open(self) -> Bus: ...

    async def open_doomed(self) -> Bus:
        """One to `lose`."""
        ...

    async def lose(self, bus: Bus) -> None:
        """As if the process of ``bus`` had been killed, and long enough ago for the others to know."""
        ...

    async def close(self) -> None: ...


class EmbeddedSource:
    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._opened: list[EmbeddedBus] = []

    @property
    def environment(self) -> dict[str, str]:
        return {"HOTGIGS_DATABASE_URL": self._url}

    async def open(self, lease: timedelta = LEASE) -> EmbeddedBus:
        bus = await open_embedded_bus(self._url, pool_size=3, lease=lease)
        self._opened.append(bus)
        return bus

    async def open_doomed(self) -> EmbeddedBus:
        return await self.open(lease=timedelta(seconds=0.1))

    async def lose(self, bus: Bus) -> None:
        assert isinstance(bus, EmbeddedBus)
        for task in bus._tasks:
            task.cancel()
        bus._pool.terminate()
        connection = await asyncpg.connect(self._url)
        await eventually(
            lambda: connection.fetchval("SELECT count(*) = 0 FROM bus.deliveries WHERE leased_until > now()")
        )
        await connection.close()

    async def close(self) -> None:
        for bus in self._opened:
            await bus.close()


class RabbitMQSource:
    def __init__(self, broker: Broker, proxy: TcpProxy) -> None:
        self.broker = broker
        self.proxy = proxy
        self._opened: list[Bus] = []

    @property
    def proxied_url(self) -> str:
        parts = urlsplit(self.broker.url)
        credentials, _, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{self.proxy.port}"))

    @property
    def environment(self) -> dict[str, str]:
        return {"HOTGIGS_AMQP_URL": self.broker.url, "HOTGIGS_AMQP_NAMESPACE": self.broker.namespace}

    async def open(self) -> Bus:
        return self._remember(self.broker.bus())

    async def open_doomed(self) -> Bus:
        return self._remember(self.broker.bus(url=self.proxied_url))

    async def lose(self, bus: Bus) -> None:
        assert bus in self._opened
        self.proxy.cut()

    async def close(self) -> None:
        for bus in self._opened:
            await bus.close()

    def _remember(self, bus: Bus) -> Bus:
        self._opened.append(bus)
        return bus
