"""/api/resumes/candidates/{candidate_id}/merge: two candidates that are one person, and taking it back."""

from uuid import UUID

from litestar import Controller, Response, delete, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.gateway.changes.acting import candidate_to_change, candidate_to_read
from hotgigs.gateway.errors import answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted


class Merge(Struct, kw_only=True):
    candidate_id: UUID
    """Which is merged into the one of the address."""


class Merged(Struct, kw_only=True):
    """``undo`` is the request that takes it back."""

    message: str
    candidate_id: UUID
    merged_id: UUID
    undo: str


class MergeUndone(Struct, kw_only=True):
    message: str
    candidate_id: UUID
    merged_id: UUID


class MergeRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}/merge"
    tags = ("Candidates",)
    guards = (require_recruiter_or_admin,)

    @post(status_code=HTTP_200_OK, responses=answers(403, 404, 409) | accepted(Merged))
    async def merge(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[Merge]
    ) -> Response[Merged]:
        """Merges another candidate of the same database into this one. Nothing of either is lost."""
        ids = ids_of(request)
        survivor = await candidate_to_change(request, candidate_id)
        await candidate_to_change(request, data.candidate_id)
        command = MergeCandidatesV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            candidate_id=survivor.candidate_id,
            merged_id=data.candidate_id,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        undo = f"DELETE /api/resumes/candidates/{command.candidate_id}/merge/{command.merged_id}"
        answer = Merged(
            message="Candidates merged successfully",
            candidate_id=command.candidate_id,
            merged_id=command.merged_id,
            undo=undo,
        )
        return Response(answer, status_code=outcome.status_code)

    @delete(
        "/{merged_id:uuid}", status_code=HTTP_200_OK, responses=answers(403, 404, 409) | accepted(MergeUndone)
    )
    async def undo_merge(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], merged_id: FromPath[UUID]
    ) -> Response[MergeUndone]:
        """Makes two candidates of one again, each with what it had."""
        survivor = await candidate_to_change(request, candidate_id)
        merged = await candidate_to_read(request, merged_id)
        if merged.candidate_id != survivor.candidate_id or merged_id == survivor.candidate_id:
            raise not_found("merge")
        command = UndoMergeV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            candidate_id=survivor.candidate_id,
            merged_id=merged_id,
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = MergeUndone(
            message="Merge undone successfully", candidate_id=command.candidate_id, merged_id=merged_id
        )
        return Response(answer, status_code=outcome.status_code)
