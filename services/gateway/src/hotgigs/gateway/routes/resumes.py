"""Reading back: status, live events, parsed data, the file, batches."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
import obstore
from asyncpg import Record
from litestar import Controller, get
from litestar.params import FromPath
from litestar.response import ServerSentEvent, Stream
from litestar.response.sse import ServerSentEventMessage
from litestar.status_codes import HTTP_409_CONFLICT

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.gateway import store
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.dependencies import GivenPrincipal, GivenResources
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.status import BatchProgress, ResumeStatus, batch_progress_of, status_of

KEEP_ALIVE_S = 15.0


class ParsedResume(ResumeData, frozen=True, kw_only=True):
    resume_id: UUID


class ResumeRoutes(Controller):
    path = "/api/resumes"
    tags = ("Resumes",)

    @get("/{resume_id:uuid}/status", responses=answers(404))
    async def status(
        self, resume_id: FromPath[UUID], principal: GivenPrincipal, resources: GivenResources
    ) -> ResumeStatus:
        """How far the processing of a resume is."""
        return status_of(await _visible_resume(resume_id, principal, resources))

    @get("/{resume_id:uuid}/events", media_type="text/event-stream", responses=answers(404))
    async def events(
        self, resume_id: FromPath[UUID], principal: GivenPrincipal, resources: GivenResources
    ) -> ServerSentEvent:
        """The status whenever it changes, as Server-Sent Events, until the processing has ended."""
        await _visible_resume(resume_id, principal, resources)
        return ServerSentEvent(
            _status_events(resume_id, principal, resources),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @get("/{resume_id:uuid}/data", responses=answers(404, 409))
    async def data(
        self, resume_id: FromPath[UUID], principal: GivenPrincipal, resources: GivenResources
    ) -> ParsedResume:
        """What was understood of a resume; 409 before it is completed."""
        row = await _visible_resume(resume_id, principal, resources)
        if row["status"] != "completed":
            detail = "This resume is still being processed; its data is not there yet."
            if row["status"] == "failed":
                detail = f"This resume could not be processed: {row['error_message']}"
            raise Problem(status_code=HTTP_409_CONFLICT, detail=detail)
        async with resources.pool.acquire() as connection:
            data = await store.resume_data(connection, resume_id)
        if data is None:
            raise not_found("resume")
        return msgspec.convert(data | {"resume_id": resume_id}, ParsedResume)

    @get("/{resume_id:uuid}/download", responses=answers(404))
    async def download(
        self, resume_id: FromPath[UUID], principal: GivenPrincipal, resources: GivenResources
    ) -> Stream:
        """The file as it was uploaded."""
        row = await _visible_resume(resume_id, principal, resources)
        if row["file"] is None:
            raise Problem(status_code=404, detail="This file was refused and is not kept.")
        file = msgspec.convert(row["file"], StoredFile)
        try:
            found = await obstore.get_async(resources.blobs, file.blob_key)
        except FileNotFoundError as err:
            raise not_found("file") from err
        return Stream(
            _bytes_of(found),
            media_type=file.media_type,
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row['filename'], safe='')}",
                "Content-Length": str(file.size_bytes),
                "Cache-Control": "private, no-store",
                "Content-Security-Policy": "sandbox",
            },
        )

    @get("/batches/{batch_id:uuid}", responses=answers(404))
    async def batch(
        self, batch_id: FromPath[UUID], principal: GivenPrincipal, resources: GivenResources
    ) -> BatchProgress:
        """How far a bulk upload is, file by file."""
        async with resources.pool.acquire() as connection:
            row = await store.batch(connection, batch_id)
            if row is None or not (principal.is_admin or row["owner_user_id"] == principal.user_id):
                raise not_found("batch")
            return batch_progress_of(row, await store.batch_resumes(connection, batch_id))


async def _visible_resume(resume_id: UUID, principal: Principal, resources: Resources) -> Record:
    """Raises Problem 404, also for what is somebody else's."""
    async with resources.pool.acquire() as connection:
        row = await store.resume(connection, resume_id)
    if row is None or not (principal.is_admin or row["owner_user_id"] == principal.user_id):
        raise not_found("resume")
    return row


async def _status_events(
    resume_id: UUID, principal: Principal, resources: Resources
) -> AsyncIterator[ServerSentEventMessage]:
    last: ResumeStatus | None = None
    number = 0
    with resources.notifications.watch(store.resume_key(resume_id)) as wakeup:
        while True:
            try:
                row = await _visible_resume(resume_id, principal, resources)
            except Problem:  # erased, or access was taken away, while somebody looked on
                return
            status = status_of(row)
            if status != last:
                number += 1
                yield ServerSentEventMessage(
                    event="status", id=number, data=msgspec.json.encode(status).decode()
                )
                last = status
            if status.has_ended or resources.stopping.is_set():
                return  # a client that is still interested connects again, to another gateway
            if not await wakeup.wait(KEEP_ALIVE_S):
                yield ServerSentEventMessage(data=None, comment="still here")


async def _bytes_of(found: Any) -> AsyncIterator[bytes]:
    async for chunk in found.stream():
        yield bytes(chunk)
