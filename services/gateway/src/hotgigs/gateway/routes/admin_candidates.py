"""/api/resumes/admin/candidates: the candidates of all databases."""

from litestar import Controller, Response, get

from hotgigs.gateway.conditional import NOT_MODIFIED
from hotgigs.gateway.errors import answers
from hotgigs.gateway.guards import require_admin
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.candidate_filters import PAGED, GivenFilters, GivenPlace
from hotgigs.gateway.routes.candidate_lists import ListedForAdmins, everything, list_page


class AdminCandidateRoutes(Controller):
    path = "/api/resumes/admin/candidates"
    tags = ("Admin",)
    guards = (require_admin,)

    @get(dependencies=PAGED, responses=answers(403) | NOT_MODIFIED)
    async def list_all_candidates(
        self, request: GatewayRequest, filters: GivenFilters, place: GivenPlace
    ) -> Response[list[ListedForAdmins]]:
        """The candidates of all databases, each once, with those that are probably the same person.

        Totals, Link and parameters are those of a recruiter's list.
        """
        return await list_page(request, everything(request.principal), filters, place)
