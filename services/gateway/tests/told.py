"""What ingest tells of candidates, for tests of what the gateway makes of it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
from hypothesis import HealthCheck, settings

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import (
    AccessGrant,
    Activity,
    ActivityKind,
    CandidateProfile,
    CandidateState,
    Erasure,
    NoteState,
)
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.gateway.service import service

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

in_any_order = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""For `after`: its database is as it was before."""

READ_MODELS = {
    model.table.name: ", ".join(column.name for column in model.table.primary_key)
    for model in service.read_models
}
HANDLERS = {handler.message: handler for handler in service.handlers}


def an_id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


OWNER = Actor(user_id=an_id("owner"), role="recruiter")
FRIEND = Actor(user_id=an_id("friend"), role="recruiter")
ADMIN = Actor(user_id=an_id("admin"), role="admin")
HOME = OWNER.database_id


async def tell(connection: Connection, *events: Event) -> None:
    """Each on its own, as a handler is given it."""
    for event in events:
        await tell_together(connection, [event])


async def tell_together(connection: Connection, events: Sequence[Event]) -> None:
    handler: Any = HANDLERS[type(events[0])]
    async with connection.transaction():
        handle: Callable[[Sequence[Event], UnitOfWork], Awaitable[None]] = handler.handle_all
        await handle(events, UnitOfWork(connection, source="tests"))


async def shown(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All rows of all read models."""
    return {
        table: [dict(row.items()) for row in await connection.fetch(f"SELECT * FROM {table} ORDER BY {key}")]
        for table, key in READ_MODELS.items()
    }


async def after(pool: Pool, events: Sequence[Event]) -> dict[str, list[dict[str, Any]]]:
    """`shown`, when they were told in that order; nothing is kept."""
    async with pool.acquire() as connection:
        whole = connection.transaction()
        await whole.start()
        await tell(connection, *events)
        seen = await shown(connection)
        await whole.rollback()
    return seen


async def entry(connection: Connection, database_id: UUID, candidate_id: UUID) -> dict[str, Any] | None:
    row = await connection.fetchrow(
        "SELECT * FROM entries WHERE database_id = $1 AND candidate_id = $2", database_id, candidate_id
    )
    return None if row is None else dict(row.items())


def candidate(
    name: str, *, version: int = 1, survivor: str | None = None, merged: Sequence[str] = (), **profile: Any
) -> CandidateState:
    """Of `HOME`, with one resume."""
    profile = {
        "full_name": f"Name {name}",
        "email": f"{name}.84@mail.example",
        "phone": "+4930901820",
    } | profile
    return CandidateState(
        candidate_id=an_id(name),
        version=version,
        database_id=HOME,
        source="resume_import",
        added_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
        survivor_id=an_id(survivor or name),
        merged_ids=tuple(map(an_id, merged)),
        resume_ids=(an_id(f"resume of {name}"),),
        profile=CandidateProfile(**profile),
    )


def resume(name: str, *, version: int = 1, **changes: Any) -> ResumeState:
    """``name`` is that of the candidate; which it has from the second version on."""
    return msgspec.structs.replace(
        ResumeState(
            resume_id=an_id(f"resume of {name}"),
            version=version,
            attempt=1,
            owner_user_id=OWNER.user_id,
            database_id=HOME,
            source="resume_import",
            filename=f"{name}.pdf",
            file=StoredFile(blob_key=name, media_type="application/pdf", size_bytes=1, sha256="00"),
            status="uploaded" if version == 1 else "completed",
            candidate_id=None if version == 1 else an_id(name),
            received_at=NOW,
        ),
        **changes,
    )


def grant(
    name: str, *, to: Actor = FRIEND, version: int = 1, contact: bool = True, download: bool = True
) -> AccessGrant:
    return AccessGrant(
        candidate_id=an_id(name),
        database_id=HOME,
        recruiter_id=to.user_id,
        version=version,
        can_view_contact_info=contact,
        can_download_resume=download,
        can_submit_to_jobs=True,
        share_reason="A good fit",
        granted_by=ADMIN.user_id,
        granted_at=NOW + timedelta(hours=version),
    )


def note(name: str, number: int = 1) -> NoteState:
    return NoteState(
        note_id=an_id(f"note {number} on {name}"),
        candidate_id=an_id(name),
        database_id=HOME,
        author_user_id=OWNER.user_id,
        title="Call",
        content="Went well.",
        created_at=NOW,
    )


def submitted(name: str, number: int = 1) -> SubmissionState:
    """To a job of `FRIEND`."""
    return SubmissionState(
        submission_id=an_id(f"submission {number} of {name}"),
        job_id=an_id(f"job {number}"),
        job_owner_id=FRIEND.user_id,
        candidate_id=an_id(name),
        database_id=HOME,
        submitted_by=OWNER.user_id,
        note="Free from May.",
        submitted_at=NOW,
    )


def withdrawn(name: str, number: int = 1, *, command_id: UUID | None = None) -> SubmissionWithdrawnV1:
    state = submitted(name, number)
    return SubmissionWithdrawnV1(
        submission_id=state.submission_id,
        job_id=state.job_id,
        candidate_id=state.candidate_id,
        database_id=state.database_id,
        command_id=command_id,
    )


def consented(name: str, *, version: int = 1, command_id: UUID | None = None) -> ConsentChangedV1:
    """Even versions take it back."""
    return ConsentChangedV1(
        candidate_id=an_id(name),
        database_id=HOME,
        version=version,
        can_be_found=version % 2 == 1,
        command_id=command_id,
    )


def activity(name: str, kind: ActivityKind, *, actor: Actor = OWNER, minute: int = 0) -> Activity:
    return Activity(
        activity_id=an_id(f"{kind} {name} {actor.user_id} {minute}"),
        candidate_id=an_id(name),
        database_id=HOME,
        kind=kind,
        actor=actor,
        at=NOW + timedelta(minutes=minute),
    )


def erasure(*names: str, related: Sequence[UUID] = ()) -> Erasure:
    """Of candidates with their resumes."""
    return Erasure(
        erasure_id=an_id(f"erasure of {names}"),
        database_id=HOME,
        candidate_ids=tuple(map(an_id, names)),
        resume_ids=tuple(an_id(f"resume of {name}") for name in names),
        related_ids=tuple(related),
        actor=OWNER,
        at=NOW,
    )
