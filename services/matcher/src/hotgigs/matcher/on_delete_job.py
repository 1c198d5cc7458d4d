"""delete_job -> job_deleted."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import job_store
from hotgigs.matcher.owning import require_owner
from hotgigs.matcher.settling import settle


async def on_delete_job(command: DeleteJobV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _delete)


async def _delete(command: DeleteJobV1, connection: Connection) -> Sequence[Event]:
    known = await job_store.find(connection, command.job_id, for_change=True)
    require_owner(command.actor, known)
    await job_store.delete(connection, command.job_id)
    return [JobDeletedV1(job_id=command.job_id)]
