"""What belongs to candidates, as the events that told of it last: grants, submissions, consents, notes, tags,
activities; with those that are no more, since a reader may know them still."""

from collections.abc import AsyncIterator
from itertools import groupby
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import activities, consent_store, grant_store, note_store, submission_store, tag_store
from hotgigs.ingest.access_sources import Link
from hotgigs.ingest.tag_store import TagKey

_NIL = UUID(int=0)


async def additions(connection: Connection, since: int, *, page: int) -> AsyncIterator[Event]:
    """Read ``page`` rows at a time."""
    for part in (_grants, _submissions, _consents, _notes, _tags, _activities):
        async for event in part(connection, since, page):
            yield event


async def _grants(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = Link(_NIL, _NIL)
    while rows := await grant_store.grants_changed(connection, since, after=after, limit=page):
        for row in rows:
            yield _access(row)
        after = Link(rows[-1]["candidate_id"], rows[-1]["recruiter_id"])


def _access(row: Record) -> Event:
    if not row["is_revoked"]:
        return AccessGrantedV1(grants=(grant_store.grant_in(row),))
    return AccessRevokedV1(
        candidate_id=row["candidate_id"],
        database_id=row["database_id"],
        recruiter_id=row["recruiter_id"],
        version=row["version"],
    )


async def _submissions(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = _NIL
    while rows := await submission_store.submissions_changed(connection, since, after=after, limit=page):
        for submission, is_withdrawn in rows:
            if is_withdrawn:
                yield SubmissionWithdrawnV1(
                    submission_id=submission.submission_id,
                    job_id=submission.job_id,
                    candidate_id=submission.candidate_id,
                    database_id=submission.database_id,
                )
            else:
                yield CandidateSubmittedV1(submission=submission)
        after = rows[-1][0].submission_id


async def _consents(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = _NIL
    while rows := await consent_store.consents_changed(connection, since, after=after, limit=page):
        for row in rows:
            yield ConsentChangedV1(
                candidate_id=row["candidate_id"],
                database_id=row["database_id"],
                version=row["version"],
                can_be_found=row["can_be_found"],
            )
        after = rows[-1]["candidate_id"]


async def _notes(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = _NIL
    while notes := await note_store.notes_changed(connection, since, after=after, limit=page):
        for note, is_removed in notes:
            if is_removed:
                yield NoteRemovedV1(
                    note_id=note.note_id, candidate_id=note.candidate_id, database_id=note.database_id
                )
            else:
                yield NoteAddedV1(note=note)
        after = notes[-1][0].note_id


async def _tags(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = TagKey(_NIL, _NIL, "")
    while rows := await tag_store.tags_changed(connection, since, after=after, limit=page):
        for (candidate_id, tagging_database_id), of_it in groupby(
            rows, lambda row: (row["candidate_id"], row["tagging_database_id"])
        ):
            tags = list(of_it)
            yield TagsChangedV1(
                candidate_id=candidate_id,
                database_id=tags[0]["database_id"],
                tagging_database_id=tagging_database_id,
                tags=tuple(map(_tag, tags)),
            )
        after = TagKey(*(rows[-1][name] for name in TagKey._fields))


def _tag(row: Record) -> TagState:
    return TagState(tag=row["tag"], version=row["version"], is_removed=row["is_removed"])


async def _activities(connection: Connection, since: int, page: int) -> AsyncIterator[Event]:
    after = _NIL
    while found := await activities.activities_changed(connection, since, after=after, limit=page):
        for each in found:
            yield ActivitiesRecordedV2(activities=(each,))
        after = found[-1].activity_id
