"""/api/resumes/admin/candidates: sharing candidates with recruiters, and taking it back."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_400_BAD_REQUEST, HTTP_404_NOT_FOUND
from msgspec import Meta, Struct

from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.gateway.changes import store
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.changes.plain_text import LongLine, Text, trimmed
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.guards import require_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted

MAX_PAIRS = 1_000

Ids = Annotated[list[UUID], Meta(min_length=1, max_length=100)]


class NewShares(Struct, kw_only=True):
    """Each candidate is shared with each recruiter, all or none of them. What is shared already gets the
    new permissions. Who may not see the contact may not download the resume either, which shows it."""

    candidate_ids: Ids
    recruiter_ids: Ids
    share_reason: LongLine | None = None
    share_notes: Text | None = None
    can_view_contact_info: bool = True
    can_download_resume: bool = True
    can_submit_to_jobs: bool = True


class Shared(Struct, kw_only=True):
    """``shares_created`` counts the pairs that are new, ``total_shares`` all of them."""

    message: str
    shares_created: int
    total_shares: int


class Unshared(Struct, kw_only=True):
    message: str


class ShareRoutes(Controller):
    path = "/api/resumes/admin/candidates"
    tags = ("Admin",)
    guards = (require_admin,)

    @post("/share", status_code=HTTP_200_OK, responses=answers(403, 404, 409) | accepted(Shared))
    async def share(self, request: GatewayRequest, data: JSONBody[NewShares]) -> Response[Shared]:
        """Shares candidates with recruiters, who have them among their own from then on."""
        resources, ids = request.resources, ids_of(request)
        candidate_ids, recruiter_ids = await _known(request, data)
        total = len(candidate_ids) * len(recruiter_ids)
        if total > MAX_PAIRS:
            raise Problem(
                status_code=HTTP_400_BAD_REQUEST,
                detail=f"These are {total:,} shares; ask for at most {MAX_PAIRS:,} at once.",
            )
        async with resources.pool.acquire() as connection:
            existing = await store.count_shared(connection, candidate_ids, recruiter_ids)
        command = ShareCandidatesV1(
            command_id=ids.new(),
            actor=request.principal.actor,
            candidate_ids=tuple(candidate_ids),
            recruiter_ids=tuple(recruiter_ids),
            can_view_contact_info=data.can_view_contact_info,
            can_download_resume=data.can_download_resume,
            can_submit_to_jobs=data.can_submit_to_jobs,
            share_reason=trimmed(data.share_reason),
            share_notes=trimmed(data.share_notes),
        )
        outcome = await resources.commands.carry_out(command, is_continued=ids.is_continued)
        created = total - existing if outcome.is_pending else outcome.result.get("shares_created", 0)
        answer = Shared(message="Candidates shared successfully", shares_created=created, total_shares=total)
        return Response(answer, status_code=outcome.status_code)

    @delete(
        "/{candidate_id:uuid}/shares/{recruiter_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(403, 404) | accepted(Unshared),
    )
    async def unshare(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], recruiter_id: FromPath[UUID]
    ) -> Response[Unshared]:
        """Takes a share back, at once and everywhere, with what was passed on by it. What the recruiter may
        do because the candidate was submitted to his job stays until that is withdrawn."""
        resources = request.resources
        seen = await candidate_to_read(request, candidate_id)
        async with resources.pool.acquire() as connection:
            if not await store.is_shared(connection, seen.candidate_id, recruiter_id):
                raise not_found("share")
        command = UnshareCandidateV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            candidate_id=seen.candidate_id,
            recruiter_id=recruiter_id,
        )
        outcome = await resources.commands.carry_out(command)
        return Response(Unshared(message="Share taken back successfully"), status_code=outcome.status_code)


async def _known(request: GatewayRequest, data: NewShares) -> tuple[list[UUID], list[UUID]]:
    """The candidates that stand for those that are named, and the recruiters, each once.

    Raises Problem 404, which counts those that are not there.
    """
    candidate_ids, recruiter_ids = set(data.candidate_ids), list(dict.fromkeys(data.recruiter_ids))
    async with request.resources.pool.acquire() as connection:
        survivors = await store.survivors(connection, data.candidate_ids)
        known = await store.recruiters(connection, recruiter_ids)
    missing = [
        _count(len(candidate_ids - survivors.keys()), "candidate"),
        _count(len(set(recruiter_ids) - known), "recruiter"),
    ]
    if any(missing):
        raise Problem(
            status_code=HTTP_404_NOT_FOUND,
            detail=f"Nothing was shared: {' and '.join(filter(None, missing))} cannot be found.",
        )
    return list(dict.fromkeys(survivors[each] for each in data.candidate_ids)), recruiter_ids


def _count(count: int, what: str) -> str:
    return "" if not count else f"{count} {what}{'' if count == 1 else 's'}"
