"""The handlers of a service at work on a real database, without a bus."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

import msgspec

from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.message import Message

_NO_BUS: Bus = None  # type: ignore[assignment]


class CommandSettled(Protocol):
    """``events`` is how many tell of the command's effect."""

    @property
    def command_id(self) -> UUID: ...

    @property
    def events(self) -> int: ...


M = TypeVar("M", bound=Message)
Settled = TypeVar("Settled", bound=CommandSettled)


class Handling:
    """Handles messages as the service does, each in a transaction of its own. Several on one database are
    its replicas. ``source`` is the service's name in Python."""

    def __init__(self, pool: Pool, source: str) -> None:
        self.pool = pool
        self.units_of_work = UnitsOfWork(
            pool, Relay(pool, _NO_BUS, service=source.replace("_", "-")), source=source
        )

    async def handle(self, handler: Callable[[M, UnitOfWork], Awaitable[None]], message: M) -> None:
        async with self.units_of_work.begin() as uow:
            await handler(message, uow)

    async def handle_all(
        self, handler: Callable[[Sequence[M], UnitOfWork], Awaitable[None]], *messages: M
    ) -> None:
        async with self.units_of_work.begin() as uow:
            await handler(messages, uow)

    async def told(self) -> list[Message]:
        """What was published since this was asked last."""
        rows = await self.pool.fetch(
            "WITH taken AS (DELETE FROM outbox RETURNING id, envelope) SELECT envelope FROM taken ORDER BY id"
        )
        return [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]

    async def settled(self, kind: type[Settled], work: Awaitable[None]) -> tuple[Settled, list[Message]]:
        """What became of the command that ``work`` carries out, and what was told of its effect."""
        await self.told()
        await work
        *events, settled = await self.told()
        assert isinstance(settled, kind)
        assert settled.events == sum(
            getattr(event, "command_id", None) == settled.command_id for event in events
        )
        return settled, events
