"""The dead letters of all services, for ``hotgigs dead-letters`` and for who has to be rid of some."""

import asyncio
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec

from hotgigs.chassis import logs, runner
from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.chassis.service import installed_services
from hotgigs.chassis.settings import Settings

_ALL = 1_000_000
_QUEUES_AT_ONCE = 8


async def listed(queue_name: str | None, limit: int) -> list[str]:
    async with _bus() as bus:
        return [
            f"{queue.name}  {dead.envelope.id}  {dead.envelope.type}  tries={dead.tries}"
            f"  {dead.died_at.isoformat() if dead.died_at else '-'}  {dead.reason}"
            for queue in _queues(queue_name)
            for dead in await bus.dead_letters(queue, limit=limit)
        ]


async def shown(message_id: UUID) -> list[str]:
    async with _bus() as bus:
        return [
            msgspec.json.format(
                msgspec.json.encode(msgspec.structs.asdict(dead) | {"envelope": _readable(dead.envelope)}),
                indent=2,
            ).decode()
            for queue in _queues(None)
            for dead in await bus.dead_letters(queue, limit=_ALL)
            if dead.envelope.id == message_id
        ]


async def replayed(queue_name: str | None, message_ids: set[UUID] | None) -> int:
    async with _bus() as bus:
        return sum([await bus.replay(queue, message_ids) for queue in _queues(queue_name)])


async def discard(bus: Bus, subjects: Set[str]) -> int:
    """Deletes those about ``subjects`` from the queues of all installed services; returns how many.

    Raises BusUnavailable.
    """
    at_once = asyncio.Semaphore(_QUEUES_AT_ONCE)

    async def of(queue: Queue) -> int:
        async with at_once:
            return await bus.discard(queue, subjects)

    results = await asyncio.gather(*map(of, _queues(None)), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return sum(result for result in results if isinstance(result, int))


def _readable(envelope: msgspec.Struct) -> dict[str, object]:
    attributes = msgspec.structs.asdict(envelope)
    try:
        data = msgspec.json.decode(attributes["data"])
    except msgspec.DecodeError:  # that may be why it lies here
        data = attributes["data"].decode(errors="replace")
    return attributes | {"data": data}


def _queues(queue_name: str | None) -> list[Queue]:
    queues = [queue for service in installed_services().values() for queue in service.queues]
    return [queue for queue in queues if queue_name in (None, queue.name)]


@asynccontextmanager
async def _bus() -> AsyncIterator[Bus]:
    settings = Settings()
    logs.configure(settings)
    url = "" if settings.amqp_url is not None else await runner.database_url(settings)
    async with runner.bus_for("dead-letters", settings, url) as bus:
        yield bus
