"""The steps of a run: each is a transaction in which the run gets further, or does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from msgspec import UNSET, Struct, UnsetType, field
from msgspec.structs import replace

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync import folder_store, grants, run_store
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.sources.source import Provider, Source
from hotgigs.drive_sync.sync_store import Sync
from hotgigs.drive_sync.tally import Tally


class Step(Struct, kw_only=True):
    """What the run is advanced by when the step is left: ``sets`` are fields of the run, ``cursor`` is the
    sync's."""

    uow: UnitOfWork
    tally: Tally = field(default_factory=Tally)
    sets: dict[str, Any] = field(default_factory=dict)
    cursor: str | UnsetType | None = UNSET

    @property
    def connection(self) -> Connection:
        return self.uow.connection


class RunUnderWay(Struct, kw_only=True):
    """A run and what it works with. ``held`` is kept up with what its own steps do to it."""

    held: HeldRun
    resources: Resources
    provider: Provider
    source: Source
    grant: DriveGrant | None
    """As it is kept."""

    @property
    def sync(self) -> Sync:
        return self.held.sync

    @asynccontextmanager
    async def step(self) -> AsyncIterator[Step]:
        """Commits on leaving, under the sync's lock. Raises RunOver where the run is not this process's any
        more, and nothing has been written then."""
        async with self.resources.units_of_work.begin() as uow:
            await run_store.lock(uow.connection, self.held)
            step = Step(uow=uow)
            yield step
            if step.cursor is not UNSET:
                await folder_store.keep_cursor(uow.connection, self.sync.sync_id, step.cursor)
            await run_store.advance(
                uow.connection,
                self.held,
                counts=step.tally.counts,
                passed_over=step.tally.passed_over,
                **step.sets,
            )
            grant = await self.keep_grant(uow.connection)
        self.grant = grant
        self.held = replace(self.held, **step.sets)
        if step.cursor is not UNSET:
            self.held = replace(self.held, sync=replace(self.sync, cursor=step.cursor))

    async def keep_grant(self, connection: Connection) -> DriveGrant | None:
        """The source's own now, kept where it is another than before: what was renewed may be good no
        longer."""
        grant = self.source.grant
        if grant is not None and grant != self.grant:
            await grants.keep_renewed(connection, self.held, self.resources.sealing, grant)
        return grant
