"""/api/matching of one job: the candidates that match, matching again, and statistics."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.errors import answers
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.jobs.acting import job_to_change, job_to_read, require_open
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip
from hotgigs.gateway.matching import lists
from hotgigs.gateway.matching.lists import Narrowed
from hotgigs.gateway.matching.stats import JobStats, rate
from hotgigs.gateway.matching.visible import sight_of_job
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.match_lists import (
    JobMatches,
    MinScore,
    Rematch,
    RematchTriggered,
    headers_of,
    matched_again,
    shown_matches,
)
from hotgigs.gateway.routes.upload_forms import accepted


class JobMatchRoutes(Controller):
    path = "/api/matching"
    tags = ("Matching",)
    guards = (require_recruiter_or_admin,)

    @get(
        "/jobs/{job_id:uuid}/matches",
        responses=answers(403, 404) | NOT_MODIFIED,
        response_headers=PAGE_HEADERS,
    )
    async def matches(
        self,
        request: GatewayRequest,
        job_id: FromPath[UUID],
        skip: Skip = 0,
        limit: Limit = 20,
        min_score: MinScore = 0.0,
    ) -> Response[JobMatches]:
        """The candidates that match a job, the best first, of those that the caller sees: his own, those
        shared with him or submitted to his jobs, and for the job's owner those who let themselves be found;
        for admins all.

        X-Total-Count says how many there are. Link has the addresses of the next and the previous page.
        """
        job = await job_to_read(request, job_id)
        narrowed = Narrowed(min_score=min_score, skip=skip, limit=limit)
        async with request.resources.pool.acquire() as connection:
            page = await lists.page(connection, sight_of_job(job, request.principal), narrowed)
        answer = JobMatches(
            job_id=job_id,
            job_title=job.posting.title,
            total_matches=page.total,
            top_match_score=page.top_score,
            matches=shown_matches(page),
        )
        return answer_if_changed(request, answer, headers=headers_of(request, page, narrowed))

    @post(
        "/jobs/{job_id:uuid}/rematch",
        status_code=HTTP_200_OK,
        responses=answers(403, 404, 409) | accepted(RematchTriggered),
    )
    async def rematch(
        self, request: GatewayRequest, job_id: FromPath[UUID], data: JSONBody[Rematch]
    ) -> Response[RematchTriggered]:
        """Matches an open job with all candidates again: its owner, and admins. What is asked for while the
        same waits already is one task."""
        job = await job_to_change(request, job_id)
        require_open(job)
        async with request.resources.pool.acquire() as connection:
            estimated = await lists.count_candidates(connection, sight_of_job(job, request.principal))
        return await matched_again(request, "job", job_id, force=data.force, estimated=estimated)

    @get("/stats/job/{job_id:uuid}", responses=answers(403, 404))
    async def stats(self, request: GatewayRequest, job_id: FromPath[UUID]) -> Response[JobStats]:
        """How well the candidates that the caller sees match a job, and how many of them are viewed."""
        job = await job_to_read(request, job_id)
        async with request.resources.pool.acquire() as connection:
            counted = await lists.stats(connection, sight_of_job(job, request.principal))
        answer = JobStats(
            job_id=job_id,
            total_matches=counted.total,
            high_matches=counted.high,
            medium_matches=counted.medium,
            low_matches=counted.low,
            viewed_matches=counted.viewed,
            view_rate=rate(counted.viewed, counted.total),
        )
        return Response(answer, headers=PRIVATE)
