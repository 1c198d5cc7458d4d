"""/api/resumes/candidates/{candidate_id}/consent: whether the owners of jobs may find a person."""

from uuid import UUID

from litestar import Controller, Response, get, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.errors import answers
from hotgigs.gateway.guards import require_candidate
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.submissions import store


class NewConsent(Struct, kw_only=True):
    can_be_found: bool


class ShownConsent(Struct, kw_only=True):
    """Who can be found appears among the matches of jobs with name, title and location, and nothing more; for
    who never said so it is false."""

    candidate_id: UUID
    can_be_found: bool


class ConsentRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}/consent"
    tags = ("Candidates",)
    guards = (require_candidate,)

    @get(responses=answers(403, 404))
    async def consent(self, request: GatewayRequest, candidate_id: FromPath[UUID]) -> Response[ShownConsent]:
        """Whether the owners of jobs may find the caller."""
        seen = await candidate_to_read(request, candidate_id)
        async with request.resources.pool.acquire() as connection:
            can_be_found = await store.can_be_found(connection, seen.candidate_id)
        answer = ShownConsent(candidate_id=seen.candidate_id, can_be_found=can_be_found)
        return Response(answer, headers=PRIVATE)

    @put(status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(ShownConsent))
    async def change_consent(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[NewConsent]
    ) -> Response[ShownConsent]:
        """Lets the owners of jobs find the caller, or no more: the person themselves alone."""
        seen = await candidate_to_read(request, candidate_id)
        command = ChangeConsentV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            candidate_id=seen.candidate_id,
            can_be_found=data.can_be_found,
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = ShownConsent(candidate_id=seen.candidate_id, can_be_found=data.can_be_found)
        return Response(answer, status_code=outcome.status_code)
