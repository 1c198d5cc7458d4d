"""retry_resume -> resume_received, for the next attempt."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import store
from hotgigs.ingest.access import is_of
from hotgigs.ingest.resumes import tried_again
from hotgigs.ingest.settling import settle


async def on_retry_resume(command: RetryResumeV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _retry)


async def _retry(command: RetryResumeV1, connection: Connection) -> Sequence[Event]:
    resume = await store.lock_resume(connection, command.resume_id)
    if resume is None or not is_of(command.actor, resume):
        raise Refused("not_found", "There is no such resume.")
    resume = tried_again(resume)
    await store.put_outcome(connection, resume, None)
    return [ResumeReceivedV1(resume=resume)]
