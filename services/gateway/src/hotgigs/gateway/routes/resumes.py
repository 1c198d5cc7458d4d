"""Reading back: status, live events, parsed data, the file, batches."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

import msgspec
import obstore
from asyncpg import Record
from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import ServerSentEvent, Stream
from litestar.response.sse import ServerSentEventMessage
from litestar.status_codes import HTTP_403_FORBIDDEN, HTTP_409_CONFLICT, HTTP_429_TOO_MANY_REQUESTS
from litestar.types import ASGIApp, Receive, Scope, Send

from hotgigs.chassis.notifications import SWEEP_S
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway import store
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, KeysUnavailable
from hotgigs.gateway.candidates.showing import contact_of_candidate
from hotgigs.gateway.conditional import NOT_MODIFIED, answer_if_changed
from hotgigs.gateway.detail.store import parsed_data
from hotgigs.gateway.errors import RETRY_AFTER_S, Problem, answers, not_found
from hotgigs.gateway.json_resume import JsonResume, json_resume_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.routes.upload_forms import DownloadOperation
from hotgigs.gateway.status import BatchProgress, ResumeStatus, batch_progress_of, status_of
from hotgigs.gateway.visibility import Seen, candidate_seen_by, is_own_resume
from hotgigs.gateway.wakeups import resume_key
from hotgigs.redaction.hiding import redacted_data

KEEP_ALIVE_S = 15.0
STREAMS_PER_USER = 50
"""Open at a time, at one gateway."""

_NOT_STORED = {"Cache-Control": "private, no-store"}


class ParsedResume(ResumeData, frozen=True, kw_only=True):
    resume_id: UUID


def limiting_streams(app: ASGIApp) -> ASGIApp:
    """Raises Problem 429 where the user has `STREAMS_PER_USER` requests for ``app`` open."""
    open_streams: Counter[UUID] = Counter()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        user_id = scope["user"].user_id
        if open_streams[user_id] >= STREAMS_PER_USER:
            raise Problem(
                status_code=HTTP_429_TOO_MANY_REQUESTS,
                detail=f"You follow {STREAMS_PER_USER} resumes already; close one of the streams first.",
                headers={"Retry-After": str(RETRY_AFTER_S)},
            )
        open_streams[user_id] += 1
        try:
            await app(scope, receive, send)
        finally:
            open_streams[user_id] -= 1
            if not open_streams[user_id]:
                del open_streams[user_id]

    return answer


class ResumeRoutes(Controller):
    path = "/api/resumes"
    tags = ("Resumes",)

    @get("/{resume_id:uuid}/status", response_headers=_NOT_STORED, responses=answers(404))
    async def status(self, request: GatewayRequest, resume_id: FromPath[UUID]) -> ResumeStatus:
        """How far the processing of a resume is."""
        row, _ = await _visible_resume(resume_id, request.principal, request.resources)
        return status_of(row)

    @get(
        "/{resume_id:uuid}/events",
        media_type="text/event-stream",
        middleware=[limiting_streams],
        responses=answers(404),
    )
    async def events(self, request: GatewayRequest, resume_id: FromPath[UUID]) -> ServerSentEvent:
        """The status whenever it changes, as Server-Sent Events, until the processing or the caller's
        access has ended."""
        principal, resources = request.principal, request.resources
        await _visible_resume(resume_id, principal, resources)
        return ServerSentEvent(
            _status_events(resume_id, request.auth, resources),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @get("/{resume_id:uuid}/data", responses=answers(404, 409) | NOT_MODIFIED)
    async def data(
        self,
        request: GatewayRequest,
        resume_id: FromPath[UUID],
        evidence: FromQuery[bool] = False,
        shape: Annotated[Literal["hotgigs", "jsonresume"], QueryParameter(name="format")] = "hotgigs",
    ) -> Response[ParsedResume | JsonResume]:
        """What was understood of a resume; 409 before it is completed.

        With ``evidence``, where each value came from and how sure it is. In the ``format`` ``jsonresume``
        it is a JSON Resume 1.2, which has no place for evidence. Where a share hides the contact, it is
        hidden in every text.
        """
        principal, resources = request.principal, request.resources
        row, share = await _visible_resume(resume_id, principal, resources)
        if row["status"] != "completed":
            detail = "This resume is still being processed; its data is not there yet."
            if row["status"] == "failed":
                detail = f"This resume could not be processed: {row['error_message']}"
            raise Problem(status_code=HTTP_409_CONFLICT, detail=detail)
        async with resources.pool.acquire() as connection:
            data = await parsed_data(connection, resume_id)
            if data is None:
                raise not_found("resume")
            if not evidence or shape == "jsonresume":
                data = msgspec.structs.replace(data, evidence=msgspec.UNSET)
            hidden = None
            if share is not None and not share.can_view_contact_info:
                hidden = await contact_of_candidate(connection, share.candidate_id)
        if hidden is not None:
            data = await asyncio.to_thread(redacted_data, data, hidden)
        if shape == "jsonresume":
            return answer_if_changed(request, json_resume_of(data))
        return answer_if_changed(request, ParsedResume(resume_id=resume_id, **msgspec.structs.asdict(data)))

    @get("/{resume_id:uuid}/download", operation_class=DownloadOperation, responses=answers(403, 404))
    async def download(self, request: GatewayRequest, resume_id: FromPath[UUID]) -> Stream:
        """The file as it was uploaded; 403 where a share does not allow it or hides the contact, which the
        file shows."""
        principal, resources = request.principal, request.resources
        row, share = await _visible_resume(resume_id, principal, resources)
        if share is not None and not share.can_download_resume:
            detail = "This candidate is shared with you without the file."
            if not share.can_view_contact_info:
                detail = "This candidate's contact is hidden from you, and the file shows the contact."
            raise Problem(status_code=HTTP_403_FORBIDDEN, detail=detail)
        async with resources.pool.acquire() as connection:
            file = await store.stored_file(connection, resume_id)
        if file is None:
            raise Problem(status_code=404, detail="This file was refused and is not kept.")
        try:
            found = await obstore.get_async(resources.blobs, file.blob_key)
        except FileNotFoundError as err:
            raise not_found("file") from err
        if row["candidate_id"] is not None and principal.role != "candidate":
            resources.recorder.downloaded(principal, row["candidate_id"], resume_id)
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
    async def batch(self, request: GatewayRequest, batch_id: FromPath[UUID]) -> BatchProgress:
        """How far a bulk upload is, file by file."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            row = await store.batch(connection, batch_id)
            resumes = await store.batch_resumes(connection, batch_id)
        is_uploader = row is not None and row["owner_user_id"] == principal.user_id
        if row is None or not (principal.is_admin or is_uploader):
            raise not_found("batch")
        if not all(is_own_resume(resume, principal) for resume in resumes):
            raise not_found("batch")
        return batch_progress_of(row, resumes)


async def _visible_resume(
    resume_id: UUID, principal: Principal, resources: Resources
) -> tuple[Record, Seen | None]:
    """The resume, and for whom it is not his own how its candidate is seen. Raises Problem 404, also for
    what is somebody else's."""
    async with resources.pool.acquire() as connection:
        row = await store.resume(connection, resume_id)
        if row is not None and is_own_resume(row, principal):
            return row, None
        if row is not None and row["candidate_id"] is not None:
            seen = await candidate_seen_by(connection, principal, row["candidate_id"])
            if seen is not None:
                return row, seen
    raise not_found("resume")


async def _status_events(
    resume_id: UUID, token: str, resources: Resources
) -> AsyncIterator[ServerSentEventMessage]:
    last: ResumeStatus | None = None
    number = 0
    with (
        resources.notifications.watch(resume_key(resume_id)) as wakeup,
        resources.authentication.waking(wakeup),
    ):
        while True:
            try:
                principal = await resources.authentication.principal_of(token)
                row, share = await _visible_resume(resume_id, principal, resources)
            except (InvalidToken, KeysUnavailable, Problem):
                return  # erased, or access has ended, while somebody looked on
            status = status_of(row)
            if status != last:
                number += 1
                yield ServerSentEventMessage(
                    event="status", id=number, data=msgspec.json.encode(status).decode()
                )
                last = status
            if status.has_ended or resources.stopping.is_set():
                return  # a client that is still interested connects again, to another gateway
            # Who is not woken of a share that was taken back must not read on for long.
            if not await wakeup.wait(KEEP_ALIVE_S if share is None else min(SWEEP_S, KEEP_ALIVE_S)):
                yield ServerSentEventMessage(data=None, comment="still here")


async def _bytes_of(found: Any) -> AsyncIterator[bytes]:
    async for chunk in found.stream():
        yield bytes(chunk)
