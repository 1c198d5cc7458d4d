"""resume_parsed -> resume_completed: the resume gets its data and its candidate."""

from uuid import UUID

from uuid_utils.compat import uuid7

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.ingest import store
from hotgigs.ingest.identity import identity_of
from hotgigs.ingest.resumes import awaits, completed


async def on_resume_parsed(event: ResumeParsedV2, uow: UnitOfWork) -> None:
    resume = await store.lock_resume(uow.connection, event.resume_id)
    if resume is None or not awaits(resume, event.attempt):
        return
    candidate_id = await _candidate_of(resume, event, uow)
    resume = completed(
        resume, candidate_id=candidate_id, started_at=event.started_at, finished_at=event.finished_at
    )
    await store.put_outcome(uow.connection, resume, event.data)
    uow.publish(ResumeCompletedV2(resume=resume, data=event.data))


async def _candidate_of(resume: ResumeState, event: ResumeParsedV2, uow: UnitOfWork) -> UUID:
    identity = identity_of(event.data)
    found = await store.find_candidate(uow.connection, resume.database_id, resume.owner_user_id, identity)
    candidate_id = found or uuid7()
    await store.put_candidate(uow.connection, candidate_id, resume, identity, event.finished_at)
    return candidate_id
