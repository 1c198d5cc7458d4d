"""candidate_submitted -> the read model of submissions."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied
from hotgigs.gateway.submissions.projecting import add_submissions


async def on_candidate_submitted(events: Sequence[CandidateSubmittedV1], uow: UnitOfWork) -> None:
    await lock(uow.connection, {event.submission.database_id for event in events})
    await add_submissions(uow.connection, [event.submission for event in events])
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
