"""/api/resumes/admin/candidates: the candidates of all databases."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get
from litestar.params import FromPath, QueryParameter

from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE
from hotgigs.gateway.detail import shares
from hotgigs.gateway.detail.shares import ShownShare
from hotgigs.gateway.errors import answers, not_found
from hotgigs.gateway.guards import require_admin
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.candidate_filters import PAGED, GivenFilters, GivenPlace
from hotgigs.gateway.routes.candidate_lists import LIST_HEADERS, ListedForAdmins, everything, list_page
from hotgigs.gateway.visibility import candidate_seen_by

SkipShares = Annotated[int, QueryParameter(ge=0, le=1_000_000, description="How many to leave out")]
LimitShares = Annotated[int, QueryParameter(ge=1, le=100, description="How many to list at most")]


class AdminCandidateRoutes(Controller):
    path = "/api/resumes/admin/candidates"
    tags = ("Admin",)
    guards = (require_admin,)

    @get(dependencies=PAGED, responses=answers(403) | NOT_MODIFIED, response_headers=LIST_HEADERS)
    async def list_all_candidates(
        self, request: GatewayRequest, filters: GivenFilters, place: GivenPlace
    ) -> Response[list[ListedForAdmins]]:
        """The candidates of all databases, each once, with those that are probably the same person.

        Totals, Link and parameters are those of a recruiter's list.
        """
        return await list_page(request, everything(request.principal), filters, place)

    @get("/{candidate_id:uuid}/shares", responses=answers(403, 404))
    async def list_shares(
        self,
        request: GatewayRequest,
        candidate_id: FromPath[UUID],
        skip: SkipShares = 0,
        limit: LimitShares = 50,
    ) -> Response[list[ShownShare]]:
        """With which recruiters a candidate is shared, by an admin or by submitting it to their jobs, the
        newest first: `granted_by` is who did. X-Total-Count says with how many."""
        async with request.resources.pool.acquire() as connection:
            seen = await candidate_seen_by(connection, request.principal, candidate_id)
            if seen is None:
                raise not_found("candidate")
            listed = await shares.page(connection, seen, skip=skip, limit=limit)
            total = await shares.count(connection, seen)
        return Response(listed, headers=PRIVATE | {"X-Total-Count": str(total)})
