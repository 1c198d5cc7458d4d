"""change_job -> job_updated, and a run of the job; a closed one is matched no longer."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import job_store
from hotgigs.matcher.owning import require_owner
from hotgigs.matcher.runs import request_runs
from hotgigs.matcher.settling import settle


async def on_change_job(command: ChangeJobV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _change)


async def _change(command: ChangeJobV1, connection: Connection) -> Sequence[Event]:
    known = require_owner(command.actor, await job_store.find(connection, command.job_id, for_change=True))
    if (known.posting, known.status) == (command.posting, command.status):
        return ()
    now, version = datetime.now(UTC), known.version + 1
    is_closed_now = known.status == "open" and command.status == "closed"
    job = msgspec.structs.replace(
        known,
        version=version,
        posting=command.posting,
        status=command.status,
        matches_since=version if is_closed_now else known.matches_since,
        updated_at=now,
    )
    await job_store.change(connection, job)
    if is_closed_now:
        await job_store.retire(connection, job.job_id)
    if job.status == "closed":
        return [JobUpdatedV1(job=job)]
    runs = await request_runs(connection, "job", [job.job_id], at=now, requested_by=command.actor.user_id)
    return [JobUpdatedV1(job=job), *runs]
