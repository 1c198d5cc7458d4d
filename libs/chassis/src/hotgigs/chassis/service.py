"""How a service declares itself; everything else is built from the declaration."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct
from obstore.store import ObjectStore
from sqlalchemy import MetaData, Table
from uvicorn._types import ASGIApplication

from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.handlers import AnyHandler, queue_of
from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.tracing import UNTRACED, Tracer
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.message import Event

S = TypeVar("S", bound=Settings)
R = TypeVar("R")


class Runtime(Struct, Generic[S], frozen=True, kw_only=True):
    """What the chassis has set up for one running service."""

    settings: S
    pool: Pool
    bus: Bus
    blobs: ObjectStore
    units_of_work: UnitsOfWork
    notifications: Notifications
    """Of the service's own channel, `channel_of`."""
    stopping: asyncio.Event
    """Set when the process drains; those who watch ``notifications`` are woken."""
    tracer: Tracer = UNTRACED


class Loop(Struct, frozen=True, kw_only=True):
    """Something done every ``every_s`` seconds by every replica: it must be harmless when several do it
    at once. ``run`` begins units of work as it needs them, and is given the service's resources."""

    name: str
    every_s: float
    run: Callable[[UnitsOfWork, Any], Awaitable[None]]


class ReadModel(Struct, frozen=True, kw_only=True):
    """A table that the events of other services make, and from which it can be made again."""

    table: Table
    owners: Sequence[str]
    """The services whose public state it is made of."""
    own_rows: str = "false"
    """An SQL condition for rows that are this service's own word, and stay."""


class Service(Struct, Generic[S, R], frozen=True, kw_only=True):
    """``package`` is where the service's ``migrations`` lie. ``resources`` opens what handlers and
    the HTTP app need beyond the runtime, and closes it when the service has drained."""

    name: str
    package: str
    settings: Callable[[], S]
    metadata: MetaData
    extensions: Sequence[str] = ()
    """Of PostgreSQL, that ``metadata`` needs."""
    handlers: Sequence[AnyHandler] = ()
    loops: Sequence[Loop] = ()
    resources: Callable[[Runtime[S]], AbstractAsyncContextManager[R]]
    public_state: Callable[[Connection, int], AsyncIterator[Event]] | None = None
    """What others know of the service's state, as the events that told of it last: of all of it, or of
    what changed in a transaction of at least that number (`hotgigs.chassis.tables.changed_in`)."""
    read_models: Sequence[ReadModel] = ()
    """In the order in which handlers write them."""
    http: Callable[[Runtime[S], R], ASGIApplication] | None = None

    @property
    def schema(self) -> str:
        return self.name.replace("-", "_")

    @property
    def queues(self) -> list[Queue]:
        return [queue_of(self.name, handler) for handler in self.handlers]

    @property
    def migrations(self) -> Path:
        return Path(str(files(self.package))) / "migrations"


AnyService = Service[Any, Any]


def channel_of(schema: str) -> str:
    """The LISTEN channel for a service's own wake-ups."""
    return f"hotgigs_{schema}"


@cache
def installed_services() -> dict[str, AnyService]:
    """The services installed here by name: the entry points of group ``hotgigs.services``."""
    return {point.name: point.load() for point in entry_points(group="hotgigs.services")}
