"""/api/resumes/candidates: the candidates that the caller sees."""

from litestar import Controller, Response, get
from litestar.response import Stream

from hotgigs.gateway.conditional import NOT_MODIFIED
from hotgigs.gateway.errors import answers
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.listing.store import Place
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.candidate_filters import NARROWED, PAGED, GivenFilters, GivenPlace, SortBy
from hotgigs.gateway.routes.candidate_lists import (
    LIST_HEADERS,
    ListedCandidate,
    csv_file,
    list_page,
    own_scope,
)


class CandidateListRoutes(Controller):
    path = "/api/resumes/candidates"
    tags = ("Candidates",)
    guards = (require_recruiter_or_admin,)

    @get(dependencies=PAGED, responses=answers(403) | NOT_MODIFIED, response_headers=LIST_HEADERS)
    async def list_candidates(
        self, request: GatewayRequest, filters: GivenFilters, place: GivenPlace
    ) -> Response[list[ListedCandidate]]:
        """The candidates of the caller's database, shared ones included; an admin's is the master
        database.

        X-Total-Count says how many match all in all; of more than 10,000 it is an estimate, and
        X-Total-Count-Estimated says so. Link has the addresses of the next and the previous page.
        """
        return await list_page(request, own_scope(request.principal), filters, place)

    @get("/export", dependencies=NARROWED, media_type="text/csv", responses=answers(403))
    async def export_candidates(
        self, request: GatewayRequest, filters: GivenFilters, sort: SortBy = "-added_at"
    ) -> Stream:
        """The whole list, as the same parameters narrow it, as a CSV file in UTF-8.

        What a spreadsheet would take for a formula has an apostrophe before it.
        """
        return csv_file(request, own_scope(request.principal), filters, Place(sort=sort))
