"""submission_withdrawn -> the read model of submissions."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.submissions.projecting import withdraw_submissions


async def on_submission_withdrawn(events: Sequence[SubmissionWithdrawnV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.database_id for event in events})
    await withdraw_submissions(uow.connection, events)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
