"""resume_received -> parse_progressed*, then resume_parsed or resume_parse_failed."""

from datetime import UTC, datetime

import structlog
from msgspec import Struct

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.filetypes import FileType
from hotgigs.parser import store
from hotgigs.parser.parsing import ParseFailed
from hotgigs.parser.progress import Progress
from hotgigs.parser.resources import Resources
from hotgigs.parser.steps import OnStep

log = structlog.get_logger(__name__)

_FILE_TYPES = {file_type.media_type: file_type for file_type in FileType}


class Parsed(Struct, frozen=True, kw_only=True):
    """The outcome of one try: ``data``, or a ``reason`` for the uploader."""

    outcome: str
    started_at: datetime
    finished_at: datetime
    data: ResumeData | None = None
    reason: str = ""


async def parse_file(event: ResumeReceivedV1, resources: Resources) -> Parsed:
    """The work: outside of any transaction, and done again after a kill."""
    started_at = datetime.now(UTC)
    progress = Progress(resources.bus, event.resume, started_at=started_at, tracer=resources.tracer)
    try:
        data = await _parse(event.resume.file, resources, progress.on_step)
    except ParseFailed as err:
        log.info("parse_failed", outcome=err.outcome, detail=err.detail)
        return Parsed(
            outcome=err.outcome, started_at=started_at, finished_at=datetime.now(UTC), reason=str(err)
        )
    finally:
        await progress.stop()
    return Parsed(outcome="parsed", started_at=started_at, finished_at=datetime.now(UTC), data=data)


async def _parse(file: StoredFile | None, resources: Resources, on_step: OnStep) -> ResumeData:
    content = None if file is None else await resources.read_blob(file.blob_key)
    if file is None or content is None:
        raise ParseFailed("The file is no longer there; upload it again.", outcome="file_missing")
    file_type = _FILE_TYPES[file.media_type]
    with resources.tracer.doing("parse") as span:
        span.set("hotgigs.file.type", file_type.name)
        span.set("hotgigs.file.size", len(content))
        return await resources.parsing.parse(content, file_type, on_step)


async def on_resume_received(event: ResumeReceivedV1, parsed: Parsed, uow: UnitOfWork) -> None:
    """The record, and the outcome told. A resume that ingest asks for once more, by a replay, is told once
    more: what was told the first time may be what was lost. Of one that was erased meanwhile nothing is kept
    or told."""
    resume = event.resume
    if await store.is_erased(uow.connection, resume.resume_id):
        return
    await store.add_parse_job(
        uow.connection,
        resume_id=resume.resume_id,
        attempt=resume.attempt,
        outcome=parsed.outcome,
        started_at=parsed.started_at,
        finished_at=parsed.finished_at,
    )
    if parsed.data is not None:
        uow.publish(
            ResumeParsedV2(
                resume_id=resume.resume_id,
                attempt=resume.attempt,
                started_at=parsed.started_at,
                finished_at=parsed.finished_at,
                data=parsed.data,
            )
        )
    else:
        uow.publish(
            ResumeParseFailedV1(
                resume_id=resume.resume_id,
                attempt=resume.attempt,
                started_at=parsed.started_at,
                finished_at=parsed.finished_at,
                reason=parsed.reason,
            )
        )


async def give_up(event: ResumeReceivedV1, uow: UnitOfWork) -> None:
    """In place of the record, where the work itself failed every time: the fault is ours."""
    now = datetime.now(UTC)
    reason = "The resume could not be processed because of a fault on our side; try again later."
    await on_resume_received(
        event, Parsed(outcome="given_up", started_at=now, finished_at=now, reason=reason), uow
    )
