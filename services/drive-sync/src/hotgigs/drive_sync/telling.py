"""What is told of a sync and its runs: always as they are in the transaction that tells it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import run_states, sync_store


async def words_of(
    connection: Connection, run_ids: Sequence[UUID], *, sync_ids: Collection[UUID] = ()
) -> list[Event]:
    """Of the runs, of their syncs, and of ``sync_ids``: all are locked."""
    runs = await run_states.to_tell(connection, run_ids)
    syncs = [
        DriveSyncChangedV1(sync=await sync_store.to_tell(connection, sync_id))
        for sync_id in sorted({*sync_ids, *(run.sync_id for run in runs)})
    ]
    return [*syncs, *(DriveRunProgressedV1(run=run) for run in runs)]


async def tell(uow: UnitOfWork, run_ids: Sequence[UUID], *, sync_ids: Collection[UUID] = ()) -> None:
    for event in await words_of(uow.connection, run_ids, sync_ids=sync_ids):
        uow.publish(event)
