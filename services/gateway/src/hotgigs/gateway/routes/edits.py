"""PATCH /api/resumes/candidates/{candidate_id}: editing a profile by hand."""

from uuid import UUID

from litestar import Controller, Response, patch
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_400_BAD_REQUEST

from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.gateway.changes.acting import candidate_to_change
from hotgigs.gateway.changes.profile_change import Contradiction, ProfileChange, edits_of
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.detail.answer import CandidateDetail
from hotgigs.gateway.detail.reading import candidate_detail
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted


class EditRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}"
    tags = ("Candidates",)

    @patch(status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(CandidateDetail))
    async def edit(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[ProfileChange]
    ) -> Response[CandidateDetail]:
        """Edits fields of a profile, which no resume that comes in changes any more until they are reset.

        A candidate's `bio` is edited as `summary`, its `years_of_experience` as `total_experience_years`, and
        its `current_position` as `title`. Answers the candidate as it is then; with 202, as it is before.
        """
        principal, resources = request.principal, request.resources
        try:
            edits, reset = edits_of(data)
        except Contradiction as err:
            raise Problem(status_code=HTTP_400_BAD_REQUEST, detail=str(err)) from err
        seen = await candidate_to_change(request, candidate_id)
        command = EditCandidateV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            candidate_id=seen.candidate_id,
            edits=edits,
            reset=reset,
        )
        outcome = await resources.commands.carry_out(command)
        detail = await candidate_detail(
            resources.pool, principal, seen.candidate_id, base_url=str(request.base_url)
        )
        if detail is None:
            raise not_found("candidate")
        return Response(detail, status_code=outcome.status_code, headers=PRIVATE)
