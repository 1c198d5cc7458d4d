"""POST /api/resumes/upload and /api/resumes/bulk-upload."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID

from litestar import Controller, Request, Response, post
from litestar.status_codes import (
    HTTP_201_CREATED,
    HTTP_202_ACCEPTED,
    HTTP_400_BAD_REQUEST,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)
from msgspec import Struct

from hotgigs.chassis import database
from hotgigs.chassis.bus.interface import PublishFailed
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.resume_state import Source, StoredFile
from hotgigs.filetypes import FileType, Rejected, safe_filename
from hotgigs.gateway import provisional, store
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.errors import Problem, answers, may_be_on_the_bus
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import RequestIds, ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.routes.upload_forms import BulkUploadOperation, UploadOperation, accepted
from hotgigs.gateway.uploads.batch import BatchIntake
from hotgigs.gateway.uploads.form import FORM_LIMIT, FilePart, Form
from hotgigs.gateway.uploads.intake import TooLarge, new_blob_key
from hotgigs.gateway.wakeups import batch_key, resume_key

AnyRequest = Request[Any, Any, Any]

_UPLOADED = "Resume uploaded successfully and queued for processing"
_UPLOADED_AGAIN = f"{_UPLOADED}; you have uploaded the same file before"


class UploadAnswer(Struct, kw_only=True, omit_defaults=True):
    resume_id: UUID
    filename: str
    status: str
    message: str
    processing_job_id: str
    """The parse job's id, which is the resume's."""
    duplicate_of: UUID | None = None
    """The first resume with the same file, where the caller had uploaded it before."""


class BulkUploadAnswer(Struct, kw_only=True):
    batch_id: UUID
    total_files: int
    status: str
    message: str


class UploadRoutes(Controller):
    path = "/api/resumes"
    tags = ("Resumes",)

    @post(
        "/upload",
        status_code=HTTP_201_CREATED,
        operation_class=UploadOperation,
        request_max_body_size=None,
        opt={FORM_LIMIT: "upload_max_bytes"},
        responses=answers(413) | accepted(UploadAnswer),
    )
    async def upload(self, request: GatewayRequest) -> Response[UploadAnswer]:
        """Takes one resume in. 202 where it is safe but its owner is away at the moment."""
        principal, resources = request.principal, request.resources
        await resources.commands.ensure_available()
        ids = ids_of(request)
        resume_id = ids.new()
        form = Form(request, max_files=1, max_bytes=resources.intake.max_file_bytes)
        filename, stored = await _take_single(form, resources, resume_id)
        async with _discarding(resources, [stored.blob_key]):
            command = SubmitResumeV1(
                resume_id=resume_id,
                owner_user_id=principal.user_id,
                database_id=principal.database_id,
                source=_source(form.fields.get("source"), principal),
                filename=filename,
                file=stored,
            )
            is_applied = await resources.commands.send(
                command,
                watch=resume_key(resume_id),
                is_applied=lambda connection: store.has_resume(connection, resume_id),
            )
        if is_applied and ids.is_continued:
            await _delete_superseded(resources, {resume_id: stored})
        if not is_applied:
            with suppress(*database.CONNECTION_LOST):  # the command is safe, and its event will tell
                async with resources.units_of_work.begin() as uow:
                    await provisional.put_resume(uow.connection, command, datetime.now(UTC))
        duplicate_of = await _earlier_copy(resources, command)
        return Response(
            UploadAnswer(
                resume_id=resume_id,
                filename=filename,
                status="uploaded",
                message=_UPLOADED if duplicate_of is None else _UPLOADED_AGAIN,
                processing_job_id=str(resume_id),
                duplicate_of=duplicate_of,
            ),
            status_code=HTTP_201_CREATED if is_applied else HTTP_202_ACCEPTED,
        )

    @post(
        "/bulk-upload",
        status_code=HTTP_201_CREATED,
        operation_class=BulkUploadOperation,
        request_max_body_size=None,
        opt={FORM_LIMIT: "batch_max_bytes"},
        responses=answers(403, 413) | accepted(BulkUploadAnswer),
        guards=[require_recruiter_or_admin],
    )
    async def bulk_upload(self, request: GatewayRequest) -> Response[BulkUploadAnswer]:
        """Takes many resumes, and zip archives of resumes, in as a batch. A bad file fails alone."""
        principal, resources = request.principal, request.resources
        await resources.commands.ensure_available()
        ids = ids_of(request)
        batch_id = ids.new()
        batch = await _take_batch(request, resources, ids)
        command = SubmitBatchV1(
            batch_id=batch_id,
            owner_user_id=principal.user_id,
            database_id=principal.database_id,
            source="bulk_upload",
            files=tuple(batch.files),
        )
        async with _discarding(resources, batch.stored_keys):
            is_applied = await resources.commands.send(
                command,
                watch=batch_key(command.batch_id),
                is_applied=lambda connection: store.has_batch(connection, command.batch_id),
            )
        if is_applied and ids.is_continued:
            await _delete_superseded(
                resources, {file.resume_id: file.file for file in batch.files if file.file is not None}
            )
        if not is_applied:
            with suppress(*database.CONNECTION_LOST):  # the command is safe, and its event will tell
                async with resources.units_of_work.begin() as uow:
                    await provisional.put_batch(uow.connection, command, datetime.now(UTC))
        count = len(command.files)
        return Response(
            BulkUploadAnswer(
                batch_id=command.batch_id,
                total_files=count,
                status="queued",
                message=f"Bulk upload queued: {count} {'resume' if count == 1 else 'resumes'}",
            ),
            status_code=HTTP_201_CREATED if is_applied else HTTP_202_ACCEPTED,
        )


async def _take_single(form: Form, resources: Resources, resume_id: UUID) -> tuple[str, StoredFile]:
    """The form's only file, stored. Raises Problem; nothing is left of a file that raises."""
    taken: tuple[str, StoredFile] | None = None
    try:
        async with _answering_refusals(form):
            async for part in form.files():
                _require_name(part, "file")
                file_type, stored = await resources.intake.take(new_blob_key(resume_id), part.chunks())
                taken = safe_filename(part.filename), stored
                if file_type is FileType.ZIP:
                    raise _bad("The file is an archive; use the bulk upload for archives of resumes.")
            if taken is None:
                raise _bad("The form has no file; send it in the field 'file'.")
    except BaseException:
        if taken is not None:
            await resources.intake.delete([taken[1].blob_key])
        raise
    return taken


async def _take_batch(request: AnyRequest, resources: Resources, ids: RequestIds) -> BatchIntake:
    """The form's files, stored. Raises Problem; nothing is left of a batch that raises."""
    settings = resources.settings
    batch = BatchIntake(
        resources.intake, ids, max_files=settings.batch_max_files, max_bytes=settings.batch_max_bytes
    )
    form = Form(request, max_files=settings.batch_max_files, max_bytes=settings.batch_max_bytes)
    try:
        async with _answering_refusals(form):
            async for part in form.files():
                _require_name(part, "files")
                await batch.add(part)
            if not batch.files:
                raise _bad("The form has no files; send them in the field 'files'.")
            if not batch.stored_keys:
                refusals = "; ".join(f"{file.filename}: {file.refusal}" for file in batch.files[:10])
                raise _bad(f"None of the files can be taken in. {refusals}")
    except BaseException:
        await batch.discard()
        raise
    return batch


@asynccontextmanager
async def _answering_refusals(form: Form) -> AsyncIterator[None]:
    """A refused file becomes the answer, which the client gets to read though it may still be sending."""
    try:
        yield
    except TooLarge as err:
        await form.drain()
        raise Problem(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=str(err)) from err
    except Rejected as err:
        await form.drain()
        raise _bad(str(err)) from err
    except Problem:
        await form.drain()
        raise


@asynccontextmanager
async def _discarding(resources: Resources, blob_keys: list[str]) -> AsyncIterator[None]:
    """Deletes the stored files where the command did not get onto the bus: nothing stays half-done.

    Where that cannot be known the files stay, since a resume may come to need them.
    """
    try:
        yield
    except PublishFailed as err:
        if not may_be_on_the_bus(err):
            await resources.intake.delete(blob_keys)
        raise
    except Problem:
        await resources.intake.delete(blob_keys)
        raise


async def _earlier_copy(resources: Resources, command: SubmitResumeV1) -> UUID | None:
    """Unknown, and so none, where the database is away: the command is safe."""
    with suppress(*database.CONNECTION_LOST):
        async with resources.pool.acquire() as connection:
            return await store.earlier_copy(connection, command)
    return None


async def _delete_superseded(resources: Resources, files: Mapping[UUID, StoredFile]) -> None:
    """Deletes those that no resume will name, since an earlier try's command came first: ingest keeps the
    first file that it is told of for a resume."""
    with suppress(*database.CONNECTION_LOST):
        async with resources.pool.acquire() as connection:
            superseded = await store.superseded_files(connection, files)
        await resources.intake.delete(superseded)


def _source(named: str | None, principal: Principal) -> Source:
    """Raises Problem 400 for a value that is not documented, or not the caller's to use."""
    if named is None:
        return "candidate_upload" if principal.role == "candidate" else "resume_import"
    allowed: tuple[Source, ...] = get_args(Source)
    if principal.role == "candidate":
        allowed = ("candidate_upload",)
    elif principal.role == "admin":
        # In the master database it would make the admin the person whom the resume is of.
        allowed = tuple(source for source in allowed if source != "candidate_upload")
    for source in allowed:
        if source == named:
            return source
    raise _bad(f"source: one of {', '.join(allowed)}")


def _require_name(part: FilePart, name: str) -> None:
    if part.name != name:
        raise _bad(f"The form has a file in an unknown field; send files in the field '{name}'.")


def _bad(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
