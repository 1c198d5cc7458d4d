"""resume_erased -> nothing is left of them in any read model."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.gateway.candidates.erasing import erase, ids_to_lock
from hotgigs.gateway.locks import lock
from hotgigs.gateway.outcomes.store import note_applied


async def on_resume_erased(events: Sequence[ResumeErasedV1], uow: UnitOfWork) -> None:
    erasures = [event.erasure for event in events]
    await lock(uow.connection, ids_to_lock(erasures))
    await erase(uow.connection, erasures)
    await note_applied(uow.connection, [(event.command_id, event, None) for event in events])
