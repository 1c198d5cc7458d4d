"""/api/resumes/candidates/{candidate_id}: one candidate."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from hotgigs.chassis.database import Connection
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.detail import activities
from hotgigs.gateway.detail.activities import ShownActivity
from hotgigs.gateway.detail.answer import CandidateDetail
from hotgigs.gateway.detail.export import MOST, CandidateExport, exported
from hotgigs.gateway.detail.reading import candidate_detail
from hotgigs.gateway.errors import answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.visibility import Seen, candidate_seen_by

_EXPORT = {200: ResponseSpec(CandidateExport, description="A file", generate_examples=False)}

Skip = Annotated[int, QueryParameter(ge=0, le=1_000_000, description="How many to leave out")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to list at most")]


class CandidateRoutes(Controller):
    path = "/api/resumes/candidates/{candidate_id:uuid}"
    tags = ("Candidates",)

    @get(responses=answers(404) | NOT_MODIFIED)
    async def candidate(
        self, request: GatewayRequest, candidate_id: FromPath[UUID]
    ) -> Response[CandidateDetail]:
        """All that the caller may see of a candidate: a recruiter of his own and of those shared with him,
        an admin of all, a person of what was made of the resume that he uploaded.

        One that was merged into another is answered with the other. That it was looked at is noted in its
        activity log.
        """
        principal, resources = request.principal, request.resources
        detail = await _detail(request, candidate_id)
        if principal.role != "candidate":
            resources.recorder.viewed(principal, detail.candidate_id)
        # Having looked at it is no change to it.
        return answer_if_changed(request, detail, leaving_out=("last_viewed_at",))

    @get("/activity", guards=[require_recruiter_or_admin], responses=answers(403, 404))
    async def activity(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], skip: Skip = 0, limit: Limit = 50
    ) -> Response[list[ShownActivity]]:
        """What was done with a candidate, the newest first. Whom it is shared with reads what he did
        himself and how it was shared with him; private notes are their authors' here too.

        X-Total-Count says how many there are, counted to 10,000.
        """
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            seen = await _seen(connection, principal, candidate_id)
            listed = await activities.page(connection, principal, seen, skip=skip, limit=limit)
            total = await activities.count(connection, principal, seen)
        return Response(listed, headers=PRIVATE | total_headers(total, counted=activities.COUNTED))

    @get("/export", responses=answers(404) | _EXPORT)
    async def export(self, request: GatewayRequest, candidate_id: FromPath[UUID]) -> Stream:
        """All that the caller may see of a candidate, parsed data and activity log included, as a file."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            seen = await _seen(connection, principal, candidate_id)
        detail = await _detail(request, candidate_id, most=MOST)
        if principal.role != "candidate":
            resources.recorder.exported(principal, seen.candidate_id)
        named = {"Content-Disposition": f'attachment; filename="candidate-{seen.candidate_id}.json"'}
        content = exported(resources, request.auth, principal, seen, detail)
        return Stream(content, media_type="application/json", headers=PRIVATE | named)


def total_headers(total: int, *, counted: int) -> dict[str, str]:
    """Of a total that was counted up to one more than ``counted``."""
    headers = {"X-Total-Count": str(total)}
    return headers | {"X-Total-Count-Estimated": "true"} if total > counted else headers


async def _seen(connection: Connection, principal: Principal, candidate_id: UUID) -> Seen:
    """Raises Problem 404."""
    seen = await candidate_seen_by(connection, principal, candidate_id)
    if seen is None:
        raise not_found("candidate")
    return seen


async def _detail(request: GatewayRequest, candidate_id: UUID, **bounds: Any) -> CandidateDetail:
    """Raises Problem 404."""
    detail = await candidate_detail(
        request.resources.pool, request.principal, candidate_id, base_url=str(request.base_url), **bounds
    )
    if detail is None:
        raise not_found("candidate")
    return detail
