"""resume_parsed -> resume_completed, and candidate_added or candidate_updated: whose resume it is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.message import Event
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, ResumeState
from hotgigs.ingest import activities, candidate_store, store, version_store
from hotgigs.ingest.activities import activity
from hotgigs.ingest.candidates import Candidate, changed
from hotgigs.ingest.changing import put_changed
from hotgigs.ingest.identity import Identity, identity_of, is_evidently_another
from hotgigs.ingest.resumes import awaits, completed


async def on_resume_parsed(event: ResumeParsedV2, uow: UnitOfWork) -> None:
    database_id = await store.database_of_resume(uow.connection, event.resume_id)
    if database_id is None:
        return
    await candidate_store.lock_databases(uow.connection, [database_id])
    resume = await store.lock_resume(uow.connection, event.resume_id)
    if resume is None or not awaits(resume, event.attempt):
        return
    now = datetime.now(UTC)
    candidate, is_new = await _candidate_of(uow.connection, resume, event.data, now)
    resume = completed(
        resume,
        candidate_id=candidate.candidate_id,
        started_at=event.started_at,
        finished_at=event.finished_at,
    )
    await store.put_outcome(uow.connection, resume, event.data)
    uow.publish(ResumeCompletedV2(resume=resume, data=event.data))
    for told in await _told(uow.connection, candidate, is_new=is_new, now=now):
        uow.publish(told)
    added = activity("resume_added", candidate, actor=None, at=now, resume_id=resume.resume_id)
    for recorded in await activities.record(uow.connection, [added]):
        uow.publish(recorded)


async def _candidate_of(
    connection: Connection, resume: ResumeState, data: ResumeData, now: datetime
) -> tuple[Candidate, bool]:
    """The person's candidate, and whether it is new. A version of a file is of the same person as the
    others, unless it evidently is not."""
    identity = identity_of(email=data.email, phone=data.phone, full_name=data.full_name)
    user_id = _person_of(resume)
    candidate = await _of_other_versions(connection, resume, identity)
    if candidate is None:
        candidate = await candidate_store.find_candidate(connection, resume.database_id, user_id, identity)
    is_new = candidate is None
    if candidate is None:
        candidate = Candidate(
            candidate_id=uuid7(),
            database_id=resume.database_id,
            user_id=user_id,
            source=resume.source,
            added_at=now,
            updated_at=now,
        )
        await candidate_store.put_candidates(connection, [candidate])
    await candidate_store.put_identity(connection, resume.resume_id, candidate, identity)
    return candidate, is_new


async def _of_other_versions(
    connection: Connection, resume: ResumeState, identity: Identity
) -> Candidate | None:
    candidate_id = await version_store.candidate_of_version(connection, resume.resume_id, resume.database_id)
    known = None if candidate_id is None else await candidate_store.known_of(connection, candidate_id)
    if known is None:
        return None
    candidate, identities = known
    if candidate.user_id != _person_of(resume) or is_evidently_another(identity, identities):
        return None
    return candidate


async def _told(
    connection: Connection, candidate: Candidate, *, is_new: bool, now: datetime
) -> Sequence[Event]:
    """What tells of the candidate with its new resume, and of those that it is merged into."""
    group = await candidate_store.group_of(connection, candidate.candidate_id)
    assert group is not None
    if is_new:
        return [CandidateAddedV1(candidate=group.state_of(candidate.candidate_id))]
    line = group.line(candidate.candidate_id)
    return await put_changed(connection, [changed(group.candidates[each], now) for each in line])


def _person_of(resume: ResumeState) -> UUID | None:
    """The account of the person, where the person uploaded the resume."""
    is_own = resume.source == "candidate_upload" and resume.database_id == MASTER_DATABASE_ID
    return resume.owner_user_id if is_own else None
