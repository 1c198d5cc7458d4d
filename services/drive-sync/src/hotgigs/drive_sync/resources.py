"""What drive-sync works with beside its transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct
from obstore.store import ObjectStore

from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.service import Runtime
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts import drive_grant
from hotgigs.drive_sync.settings import DriveSyncSettings


class Resources(Struct, frozen=True, kw_only=True):
    settings: DriveSyncSettings
    units_of_work: UnitsOfWork
    blobs: ObjectStore
    sealing: Sealing
    """Of grants."""


@asynccontextmanager
async def open_resources(runtime: Runtime[DriveSyncSettings]) -> AsyncIterator[Resources]:
    """Raises WeakKey or MissingSecret."""
    yield Resources(
        settings=runtime.settings,
        units_of_work=runtime.units_of_work,
        blobs=runtime.blobs,
        sealing=runtime.settings.sealing(drive_grant.LABEL),
    )
