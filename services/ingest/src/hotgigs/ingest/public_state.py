"""Ingest's public state, as the events that told of it last."""

from collections.abc import AsyncIterator
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.ingest import candidate_store, erasure_store, store
from hotgigs.ingest.public_additions import additions

PAGE = 200
NIL = UUID(int=0)


async def public_state(connection: Connection, since: int) -> AsyncIterator[Event]:
    """Erasures before all, so that nothing of the erased is taken in; batches before their resumes, resumes
    before candidates, and candidates before what belongs to them."""
    for part in (_erasures, _batches, _resumes, _candidates):
        async for event in part(connection, since):
            yield event
    async for event in additions(connection, since, page=PAGE):
        yield event


async def _erasures(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while erasures := await erasure_store.erasures_changed(connection, since, after=after, limit=PAGE):
        for erasure, files_erased_at in erasures:
            if erasure.candidate_ids:
                yield CandidateErasedV1(erasure=erasure)
            else:
                yield ResumeErasedV1(erasure=erasure)
            if files_erased_at is not None:
                yield FilesErasedV1(erasure_id=erasure.erasure_id, at=files_erased_at)
        after = erasures[-1][0].erasure_id


async def _batches(connection: Connection, since: int) -> AsyncIterator[Event]:
    """A batch comes without its resumes: each has an event of its own."""
    after = NIL
    while batches := await store.batches_changed(connection, since, after=after, limit=PAGE):
        for batch in batches:
            yield BatchReceivedV1(**batch, resumes=())
        after = batches[-1]["batch_id"]


async def _resumes(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while resumes := await store.resumes_changed(connection, since, after=after, limit=PAGE):
        for resume, data in resumes:
            yield told(resume, data)
        after = resumes[-1][0].resume_id


async def _candidates(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while ids := await candidate_store.candidates_changed(connection, since, after=after, limit=PAGE):
        for group in await candidate_store.groups(connection, ids):
            for candidate_id in sorted(group.candidates.keys() & set(ids)):
                yield CandidateUpdatedV1(candidate=group.state_of(candidate_id))
        after = ids[-1]


def told(resume: ResumeState, data: ResumeData | None) -> Event:
    """The event that tells this state; to a parser it asks for a parse that is still to come."""
    match resume.status:
        case "completed":
            return ResumeCompletedV2(resume=resume, data=data or ResumeData())
        case "failed":
            return ResumeFailedV1(resume=resume)
        case "uploaded":
            return ResumeReceivedV1(resume=resume)
