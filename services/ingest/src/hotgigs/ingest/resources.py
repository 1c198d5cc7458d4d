"""What ingest works with beside its transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.unit_of_work import UnitsOfWork


class Resources(Struct, frozen=True, kw_only=True):
    blobs: ObjectStore
    bus: Bus
    units_of_work: UnitsOfWork


@asynccontextmanager
async def open_resources(runtime: Runtime[Settings]) -> AsyncIterator[Resources]:
    yield Resources(blobs=runtime.blobs, bus=runtime.bus, units_of_work=runtime.units_of_work)
