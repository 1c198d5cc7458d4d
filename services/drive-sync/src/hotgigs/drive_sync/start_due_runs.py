"""Loop: syncs that are due get a run, and runs that wait are taken where there is room."""

from collections.abc import Callable
from uuid import UUID

import structlog
from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.drive_sync import leasing, run_queue, sync_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.runner import Work
from hotgigs.drive_sync.schedule import next_sync_at
from hotgigs.drive_sync.telling import tell

log = structlog.get_logger(__name__)

EVERY_S = 1.0
AT_ONCE = 20

MOST_TAKEOVERS = 10
STOPPED_SHORT = (
    "The sync stopped short again and again at the same place. What it has brought stays; the next run goes"
    " on from there. If that fails too, please tell the operator."
)


async def start_due_runs(
    units_of_work: UnitsOfWork, resources: Resources, *, run: Callable[[HeldRun, Resources], Work]
) -> None:
    await queue_due(units_of_work)
    runner = resources.runner
    while runner.has_room and not resources.stopping.is_set():
        held = await claim(units_of_work, lease_s=resources.settings.drive_lease_seconds)
        if held is None:
            return
        if held.takeovers < MOST_TAKEOVERS:
            runner.start(held, run(held, resources))


async def queue_due(units_of_work: UnitsOfWork) -> None:
    """Each due sync gets one run, however many replicas look; none where one is under way."""
    queued = AT_ONCE
    while queued == AT_ONCE:
        async with units_of_work.begin() as uow:
            queued = await _queue_due(uow)


async def claim(units_of_work: UnitsOfWork, *, lease_s: float) -> HeldRun | None:
    """A run for this process. One that was taken over too often has failed with it."""
    async with units_of_work.begin() as uow:
        held = await leasing.claim(uow.connection, lease_s=lease_s)
        if held is None:
            return None
        if held.takeovers >= MOST_TAKEOVERS:
            log.error("run_given_up", run_id=str(held.run_id), takeovers=held.takeovers)
            await finish(uow, held, status="failed", error_message=STOPPED_SHORT)
        else:
            log.info("run_taken", run_id=str(held.run_id), takeovers=held.takeovers)
            await tell(uow, [held.run_id])
    return held


async def _queue_due(uow: UnitOfWork) -> int:
    connection = uow.connection
    due = await sync_store.due(connection, limit=AT_ONCE)
    now = await sync_store.clock(connection)
    run_ids: list[UUID] = []
    for sync in due:
        next_due = next_sync_at(sync.frequency, now=now, last_due=sync.next_sync_at)
        await sync_store.set_next(connection, sync.sync_id, next_due)
        run_id = uuid7()
        if await run_queue.request(connection, sync, run_id, trigger="schedule", at=now):
            run_ids.append(run_id)
    await tell(uow, run_ids)
    return len(due)
