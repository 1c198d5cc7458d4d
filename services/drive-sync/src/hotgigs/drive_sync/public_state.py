"""drive-sync's public state, as the events that told of it last."""

from collections.abc import AsyncIterator
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import run_states, sync_store

PAGE = 200
NIL = UUID(int=0)


async def public_state(connection: Connection, since: int) -> AsyncIterator[Event]:
    """What was deleted before all, so that nothing of it is taken in; syncs before their runs."""
    for part in (_deleted, _syncs, _runs):
        async for event in part(connection, since):
            yield event


async def _deleted(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while sync_ids := await sync_store.syncs_deleted(connection, since, after=after, limit=PAGE):
        for sync_id in sync_ids:
            yield DriveSyncDeletedV1(sync_id=sync_id)
        after = sync_ids[-1]


async def _syncs(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while syncs := await sync_store.syncs_changed(connection, since, after=after, limit=PAGE):
        for sync in syncs:
            yield DriveSyncChangedV1(sync=sync)
        after = syncs[-1].sync_id


async def _runs(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while runs := await run_states.runs_changed(connection, since, after=after, limit=PAGE):
        for run in runs:
            yield DriveRunProgressedV1(run=run)
        after = runs[-1].run_id
