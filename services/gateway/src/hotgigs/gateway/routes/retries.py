"""/api/resumes/{resume_id}/retry: trying a failed resume again."""

from typing import Literal
from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.gateway.changes import store
from hotgigs.gateway.changes.acting import resume_to_change
from hotgigs.gateway.errors import answers
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.wakeups import resume_key


class Retried(Struct, kw_only=True):
    message: str
    resume_id: UUID
    status: Literal["uploaded"] = "uploaded"


class RetryRoutes(Controller):
    path = "/api/resumes"
    tags = ("Resumes",)

    @post(
        "/{resume_id:uuid}/retry",
        status_code=HTTP_200_OK,
        responses=answers(403, 404, 409) | accepted(Retried),
    )
    async def retry(self, request: GatewayRequest, resume_id: FromPath[UUID]) -> Response[Retried]:
        """Tries to process a failed resume again; 409 where it has not failed, or has no file."""
        commands, ids = request.resources.commands, ids_of(request)
        before = await resume_to_change(request, resume_id)
        command = RetryResumeV1(command_id=ids.new(), actor=request.principal.actor, resume_id=resume_id)
        outcome = await commands.carry_out(command, is_continued=ids.is_continued)

        async def is_applied(connection: Connection) -> bool:
            row = await store.resume(connection, resume_id)
            return row is None or row["status"] != "failed" or row["version"] > before["version"]

        # Who asks for the status next must not take the last failure for that of this try.
        is_shown = not outcome.is_pending and (
            ids.is_continued or await commands.shown(watch=resume_key(resume_id), is_applied=is_applied)
        )
        return Response(
            Retried(message="Resume queued for processing again", resume_id=resume_id),
            status_code=HTTP_200_OK if is_shown else HTTP_202_ACCEPTED,
        )
