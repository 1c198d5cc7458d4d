"""candidate_added -> the read models of candidates and entries."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.gateway.candidates.showing import show
from hotgigs.gateway.candidates.store import put_candidates
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_candidate_added(events: Sequence[CandidateAddedV1], uow: UnitOfWork) -> None:
    candidates = [event.candidate for event in events]
    await lock(uow.connection, {candidate.database_id for candidate in candidates})
    await show(uow.connection, await put_candidates(uow.connection, candidates))
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
