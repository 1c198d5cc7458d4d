"""Erasing, in one transaction: what is in tables and what waits in the outbox. Files and dead letters follow
when candidate_erased or resume_erased is heard (`erasing_files`)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hotgigs.chassis import outbox
from hotgigs.chassis.database import Connection
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.message import Event
from hotgigs.ingest import erasure_store
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.batches import told_again
from hotgigs.ingest.candidates import Group
from hotgigs.ingest.erasure_store import Removed


async def erase_group(
    connection: Connection, group: Group, *, erasure_id: UUID, actor: Actor, now: datetime
) -> Sequence[Event]:
    """A candidate and all that are merged into it, whose database is locked. What tells of it, and the line
    in the log that stays."""
    candidate_ids = tuple(sorted(group.candidates))
    removed = await erasure_store.remove(connection, candidate_ids)
    erasure = Erasure(
        erasure_id=erasure_id,
        database_id=group.survivor.database_id,
        candidate_ids=candidate_ids,
        resume_ids=removed.resume_ids,
        related_ids=(*removed.note_ids, *removed.submission_ids, *removed.batch_ids),
        actor=actor,
        at=now,
    )
    told_of_others = await _put(connection, erasure, removed)
    done = activity("erased", group.survivor, actor=actor, at=now)
    return [CandidateErasedV1(erasure=erasure), *await record(connection, [done]), *told_of_others]


async def erase_resume(
    connection: Connection,
    resume_id: UUID,
    database_id: UUID,
    *,
    erasure_id: UUID,
    actor: Actor,
    now: datetime,
) -> Sequence[Event]:
    """A resume without its candidate. Ingest may not even have heard of it yet; its database is locked if it
    has."""
    removed = await erasure_store.remove(connection, (), (resume_id,))
    erasure = Erasure(
        erasure_id=erasure_id,
        database_id=database_id,
        resume_ids=tuple(sorted({resume_id, *removed.resume_ids})),
        related_ids=removed.batch_ids,
        actor=actor,
        at=now,
    )
    return [ResumeErasedV1(erasure=erasure), *await _put(connection, erasure, removed)]


async def _put(connection: Connection, erasure: Erasure, removed: Removed) -> Sequence[Event]:
    """Keeps what is known of the erasure, and forgets what waits to be told of the erased. What tells of
    others again where that was in the same messages."""
    await erasure_store.put_erasure(connection, erasure, removed)
    await outbox.forget(connection, erasure_store.subjects_of(erasure))
    if await outbox.forget(connection, map(str, removed.thinned_batch_ids)):
        return await told_again(connection, removed.thinned_batch_ids)
    return ()
