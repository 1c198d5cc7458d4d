"""/api/matching of one candidate: the jobs that match, matching again, and statistics."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from hotgigs.gateway.changes.acting import candidate_to_change, candidate_to_read
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.errors import answers
from hotgigs.gateway.jobs.store import count_open
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip
from hotgigs.gateway.matching import lists
from hotgigs.gateway.matching.lists import Narrowed
from hotgigs.gateway.matching.stats import CandidateStats, rate
from hotgigs.gateway.matching.visible import sight_of_candidate
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.match_lists import (
    CandidateMatches,
    MinScore,
    Rematch,
    RematchTriggered,
    headers_of,
    matched_again,
    shown_matches,
)
from hotgigs.gateway.routes.upload_forms import accepted


class CandidateMatchRoutes(Controller):
    path = "/api/matching"
    tags = ("Matching",)

    @get(
        "/candidates/{candidate_id:uuid}/matches",
        responses=answers(404) | NOT_MODIFIED,
        response_headers=PAGE_HEADERS,
    )
    async def matches(
        self,
        request: GatewayRequest,
        candidate_id: FromPath[UUID],
        skip: Skip = 0,
        limit: Limit = 20,
        min_score: MinScore = 0.0,
    ) -> Response[CandidateMatches]:
        """The open jobs that match a candidate, the best first: for who sees the candidate, and for the
        person that it is.

        X-Total-Count says how many there are. Link has the addresses of the next and the previous page.
        """
        seen = await candidate_to_read(request, candidate_id)
        sight = sight_of_candidate(seen, request.principal)
        narrowed = Narrowed(min_score=min_score, skip=skip, limit=limit)
        async with request.resources.pool.acquire() as connection:
            page = await lists.page(connection, sight, narrowed)
            name = await lists.candidate_name(connection, sight)
        answer = CandidateMatches(
            candidate_id=seen.candidate_id,
            candidate_name=name,
            total_matches=page.total,
            top_match_score=page.top_score,
            matches=shown_matches(page),
        )
        return answer_if_changed(request, answer, headers=headers_of(request, page, narrowed))

    @post(
        "/candidates/{candidate_id:uuid}/rematch",
        status_code=HTTP_200_OK,
        responses=answers(403, 404) | accepted(RematchTriggered),
    )
    async def rematch(
        self, request: GatewayRequest, candidate_id: FromPath[UUID], data: JSONBody[Rematch]
    ) -> Response[RematchTriggered]:
        """Matches a candidate with all open jobs again: whose it is, and the person that it is. What is
        asked for while the same waits already is one task."""
        seen = await candidate_to_change(request, candidate_id)
        async with request.resources.pool.acquire() as connection:
            estimated = await count_open(connection)
        return await matched_again(
            request, "candidate", seen.candidate_id, force=data.force, estimated=estimated
        )

    @get("/stats/candidate/{candidate_id:uuid}", responses=answers(404))
    async def stats(self, request: GatewayRequest, candidate_id: FromPath[UUID]) -> Response[CandidateStats]:
        """How well open jobs match a candidate."""
        seen = await candidate_to_read(request, candidate_id)
        async with request.resources.pool.acquire() as connection:
            counted = await lists.stats(connection, sight_of_candidate(seen, request.principal))
        answer = CandidateStats(
            candidate_id=seen.candidate_id,
            total_matches=counted.total,
            high_matches=counted.high,
            medium_matches=counted.medium,
            low_matches=counted.low,
            match_rate=rate(counted.high, counted.total),
        )
        return Response(answer, headers=PRIVATE)
