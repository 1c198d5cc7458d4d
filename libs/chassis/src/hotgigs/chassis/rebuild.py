"""``hotgigs rebuild``: a service's read models made again from what their owners know, while it serves.

The owners' whole state goes through the service's own handlers into temporary tables, which stand
before the real ones on the search path. Then, for a moment in which nobody writes (reads go on), what
changed meanwhile is added and the real tables are made equal to the temporary ones. At that moment no
real row is newer than its owner, who commits before it tells; so what still lies in the queues is
either known already or newer (docs/adr/0010).
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack

import asyncpg
import structlog
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.handlers import AnyHandler, BatchHandler, Handler
from hotgigs.chassis.read_models import Difference, count_left_over, difference, make_equal
from hotgigs.chassis.service import AnyService
from hotgigs.chassis.service_connection import connection_to
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.message import Event, Message

log = structlog.get_logger(__name__)

PAGE = 200
CATCH_UPS = 10
LOCK_TIMEOUT_S = 2
LOCK_TRIES = 12

_IN_THE_WAY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)


class NoReadModels(Exception):
    """The service has no tables that others' events make."""


class MissingOwner(Exception):
    """An owner of what the read models show is not installed here."""


class NothingTold(Exception):
    """The owners know nothing, and the read models show something."""


class _Owner(Struct):
    """``told_until`` is the transaction up to which its state was read, ``told`` how many events the last
    reading had."""

    service: AnyService
    connection: Connection
    told_until: int = 0
    told: int = 0

    async def news(self) -> AsyncIterator[Event]:
        """What changed since the last time, at first everything."""
        assert self.service.public_state is not None
        since = self.told_until
        # Transactions that have not ended now may yet change rows that are read before they do.
        self.told_until = await self.connection.fetchval(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        self.told = 0
        async for event in self.service.public_state(self.connection, since):
            self.told += 1
            yield event


async def rebuild(
    service: AnyService,
    installed: Sequence[AnyService],
    settings: Settings,
    url: str,
    *,
    only_check: bool = False,
    even_to_nothing: bool = False,
) -> list[Difference]:
    """What was corrected, or with ``only_check`` would have to be.

    Raises NoReadModels, MissingOwner, NothingTold (unless ``even_to_nothing``), what asyncpg raises, and
    what the service's handlers raise; the read models then are as they were.
    """
    if not service.read_models:
        raise NoReadModels(f"{service.name} has no read models")
    named = {name for model in service.read_models for name in model.owners}
    owning = [each for each in installed if each.name in named and each.public_state is not None]
    if missing := named - {owner.name for owner in owning}:
        raise MissingOwner(f"not installed here: {', '.join(sorted(missing))}")
    handlers = {handler.message: handler for handler in service.handlers}
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(connection_to(service, settings, url))
        owners = [
            _Owner(owner, await stack.enter_async_context(connection_to(owner, settings, url)))
            for owner in owning
        ]
        await _make_temporary_tables(connection, service)
        await _project_news(connection, service, handlers, owners)
        if not (even_to_nothing or any(owner.told for owner in owners)):
            await _require_empty(connection, service)
        for _ in range(CATCH_UPS):  # until there is little left for the reading under the lock
            await _project_news(connection, service, handlers, owners)
            if all(owner.told < PAGE for owner in owners):
                break
        return await _correct(connection, service, handlers, owners, only_check=only_check)


async def _require_empty(connection: Connection, service: AnyService) -> None:
    """Raises NothingTold: more likely than owners that lost everything is a database that is not theirs."""
    for model in service.read_models:
        if await count_left_over(connection, service.schema, model):
            raise NothingTold(f"{' and '.join(model.owners)} know nothing that {model.table.name} shows")


async def _make_temporary_tables(connection: Connection, service: AnyService) -> None:
    for model in service.read_models:
        name = model.table.name
        await connection.execute(
            f"CREATE TEMPORARY TABLE {name} (LIKE {service.schema}.{name} INCLUDING ALL)"
        )
    await connection.execute(f"SET search_path TO pg_temp, {service.schema}")


async def _project_news(
    connection: Connection,
    service: AnyService,
    handlers: Mapping[type[Message], AnyHandler],
    owners: Sequence[_Owner],
) -> None:
    for owner in owners:
        async for page in _pages(owner.news()):
            async with connection.transaction():
                for event in page:
                    if (handler := handlers.get(type(event))) is not None:
                        await _project(handler, event, UnitOfWork(connection, source=service.name))


async def _pages(events: AsyncIterator[Event]) -> AsyncIterator[list[Event]]:
    page: list[Event] = []
    async for event in events:
        page.append(event)
        if len(page) == PAGE:
            yield page
            page = []
    yield page


async def _project(handler: AnyHandler, event: Event, uow: UnitOfWork) -> None:
    match handler:
        case Handler():
            await handler.handle(event, uow)
        case BatchHandler():
            await handler.handle_all([event], uow)
        case _:
            raise TypeError(f"{type(event).__name__} is worked on, not projected")
    if uow.has_messages:
        raise TypeError(f"a projection of {type(event).__name__} publishes messages")


async def _correct(
    connection: Connection,
    service: AnyService,
    handlers: Mapping[type[Message], AnyHandler],
    owners: Sequence[_Owner],
    *,
    only_check: bool,
) -> list[Difference]:
    tables = ", ".join(f"{service.schema}.{model.table.name}" for model in service.read_models)
    for tries_left in reversed(range(LOCK_TRIES)):
        differences: list[Difference] = []
        told_until = [owner.told_until for owner in owners]
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S}s'")
                await connection.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
                await _project_news(connection, service, handlers, owners)
                for model in service.read_models:
                    compare = difference if only_check else make_equal
                    differences.append(await compare(connection, service.schema, model))
        except _IN_THE_WAY as err:
            if not tries_left:
                raise
            log.info("rebuild_waits", error=type(err).__name__)
            for owner, until in zip(owners, told_until, strict=True):
                owner.told_until = until  # what was projected under the lock was rolled back with it
            await asyncio.sleep(0.5)
        else:
            return differences
    raise AssertionError("the last try returns or raises")
