"""Erasing candidates and resumes, and the proof of it."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.gateway.changes import store
from hotgigs.gateway.changes.acting import candidate_to_change, resume_to_change
from hotgigs.gateway.errors import answers, not_found
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted


class Erased(Struct, kw_only=True):
    """The proof is at /api/admin/erasures/{erasure_id}."""

    message: str
    erasure_id: UUID


class Confirmations(Struct, kw_only=True):
    """Since when each service has nothing left; null while it may have."""

    gateway: datetime
    ingest: datetime | None
    parser: datetime | None
    matcher: datetime | None
    drive_sync: datetime | None
    notifier: datetime | None


class ErasureProof(Struct, kw_only=True):
    """The ids are all that is left."""

    erasure_id: UUID
    erased_at: datetime
    candidate_ids: list[UUID]
    resume_ids: list[UUID]
    services: Confirmations
    is_complete: bool


class ErasureRoutes(Controller):
    path = "/api"
    tags = ("Erasure",)

    @delete(
        "/resumes/candidates/{candidate_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404) | accepted(Erased),
    )
    async def erase_candidate(
        self, request: GatewayRequest, candidate_id: FromPath[UUID]
    ) -> Response[Erased]:
        """Erases a candidate with all resumes, notes and tags, and whatever else is known, for good."""
        seen = await candidate_to_change(request, candidate_id)
        command = EraseCandidateV1(
            command_id=ids_of(request).new(), actor=request.principal.actor, candidate_id=seen.candidate_id
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = Erased(message="Candidate erased successfully", erasure_id=command.command_id)
        return Response(answer, status_code=outcome.status_code)

    @delete(
        "/resumes/{resume_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404) | accepted(Erased),
    )
    async def erase_resume(self, request: GatewayRequest, resume_id: FromPath[UUID]) -> Response[Erased]:
        """Erases a resume for good, and its candidate with it where the candidate has no other."""
        await resume_to_change(request, resume_id)
        command = EraseResumeV1(
            command_id=ids_of(request).new(), actor=request.principal.actor, resume_id=resume_id
        )
        outcome = await request.resources.commands.carry_out(command)
        answer = Erased(message="Resume erased successfully", erasure_id=command.command_id)
        return Response(answer, status_code=outcome.status_code)

    @get("/admin/erasures/{erasure_id:uuid}", responses=answers(404))
    async def erasure(self, request: GatewayRequest, erasure_id: FromPath[UUID]) -> ErasureProof:
        """What was erased, and which services have confirmed it: for admins, and for who asked for it."""
        principal = request.principal
        async with request.resources.pool.acquire() as connection:
            row = await store.erasure(connection, erasure_id)
            confirmed = await store.confirmations(connection, erasure_id)
        if row is None or not (principal.is_admin or row["actor_user_id"] == principal.user_id):
            raise not_found("erasure")
        at = {each["service"]: each["at"] for each in confirmed}
        services = Confirmations(
            gateway=at.get("gateway", row["erased_at"]),
            ingest=at.get("ingest"),
            parser=at.get("parser"),
            matcher=at.get("matcher"),
            drive_sync=at.get("drive-sync"),
            notifier=at.get("notifier"),
        )
        return ErasureProof(
            erasure_id=erasure_id,
            erased_at=row["erased_at"],
            candidate_ids=row["candidate_ids"],
            resume_ids=row["resume_ids"],
            services=services,
            is_complete=None not in msgspec.structs.astuple(services),
        )
