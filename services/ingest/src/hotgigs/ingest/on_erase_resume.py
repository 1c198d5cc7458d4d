"""erase_resume -> resume_erased and candidate_updated, or candidate_erased where it is the only one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.ingest import candidate_store, erasure_store, store
from hotgigs.ingest.access import is_of, open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.candidates import Group, changed
from hotgigs.ingest.changing import put_changed
from hotgigs.ingest.erasing import erase_group, erase_resume
from hotgigs.ingest.settling import settle


async def on_erase_resume(command: EraseResumeV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _erase)


async def _erase(command: EraseResumeV1, connection: Connection) -> Sequence[Event]:
    await erasure_store.lock_resume_id(connection, command.resume_id)
    database_id = await store.database_of_resume(connection, command.resume_id)
    if database_id is None:
        return await _erase_in_advance(command, connection)
    await candidate_store.lock_databases(connection, [database_id])
    resume = await store.lock_resume(connection, command.resume_id)
    if resume is None:
        raise Refused("not_found", _NO_SUCH_RESUME)
    if resume.candidate_id is not None:
        return await _erase_of_candidate(command, resume, connection)
    if not is_of(command.actor, resume):
        raise Refused("not_found", _NO_SUCH_RESUME)
    return await _erase_alone(command, resume.database_id, connection)


async def _erase_in_advance(command: EraseResumeV1, connection: Connection) -> Sequence[Event]:
    """A resume whose upload is still on its way here, or died on it: the gateway, which took it in, shows it
    to its uploader alone, and passes no ids on that it does not know."""
    if await erasure_store.tombstones_among(connection, [command.resume_id]):
        raise Refused("not_found", _NO_SUCH_RESUME)
    return await _erase_alone(command, command.actor.database_id, connection)


async def _erase_of_candidate(
    command: EraseResumeV1, resume: ResumeState, connection: Connection
) -> Sequence[Event]:
    assert resume.candidate_id is not None
    try:
        opened = await open_candidate(connection, command.actor, resume.candidate_id)
    except Refused as refused:
        raise Refused(refused.code, _NO_SUCH_RESUME) from None
    opened.only_for("owner", "person")
    if [each.resume_id for each in opened.group.resumes] == [resume.resume_id]:
        return await erase_group(
            connection,
            opened.group,
            erasure_id=command.command_id,
            actor=command.actor,
            now=datetime.now(UTC),
        )
    erased = await _erase_alone(command, resume.database_id, connection)
    return [*erased, *await _told_without(command, resume, opened.group, connection)]


async def _erase_alone(command: EraseResumeV1, database_id: UUID, connection: Connection) -> Sequence[Event]:
    return await erase_resume(
        connection,
        command.resume_id,
        database_id,
        erasure_id=command.command_id,
        actor=command.actor,
        now=datetime.now(UTC),
    )


async def _told_without(
    command: EraseResumeV1, resume: ResumeState, group: Group, connection: Connection
) -> Sequence[Event]:
    """What tells of the candidate without the resume, and of those that it is merged into."""
    assert resume.candidate_id is not None
    now = datetime.now(UTC)
    line = [changed(group.candidates[each], now) for each in group.line(resume.candidate_id)]
    done = activity("resume_erased", group.survivor, actor=command.actor, at=now, resume_id=resume.resume_id)
    return [*await put_changed(connection, line), *await record(connection, [done])]


_NO_SUCH_RESUME = "There is no such resume."
