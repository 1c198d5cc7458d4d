"""/api/jobs: posting jobs, reading, changing and deleting them."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED, HTTP_400_BAD_REQUEST
from msgspec import UNSET, Struct

from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.job_state import JobPosting, JobState, JobStatus
from hotgigs.gateway.conditional import NOT_MODIFIED, PRIVATE, answer_if_changed
from hotgigs.gateway.errors import Problem, answers
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.jobs import store
from hotgigs.gateway.jobs.acting import job_to_change, job_to_read
from hotgigs.gateway.jobs.posting import (
    ChangedJob,
    ContradictoryPosting,
    GivenPosting,
    NewJob,
    posting_of,
)
from hotgigs.gateway.jobs.shown import ShownJob, shown_job
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip, page_headers
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted

StatusFilter = Annotated[
    JobStatus | None, QueryParameter(description="Those that are `open`, or `closed`; without it both")
]
MineFilter = Annotated[bool, QueryParameter(description="Whether to list only the caller's own")]


class JobDeleted(Struct, kw_only=True):
    message: str


class JobRoutes(Controller):
    path = "/api/jobs"
    tags = ("Jobs",)

    @post(
        status_code=HTTP_201_CREATED,
        guards=[require_recruiter_or_admin],
        responses=answers(403) | accepted(ShownJob),
    )
    async def post_job(self, request: GatewayRequest, data: JSONBody[NewJob]) -> Response[ShownJob]:
        """Posts a job, which is matched with all candidates then. Everybody who has an account may read it
        while it is open; who matches it, only those who may see the candidates."""
        principal, ids = request.principal, ids_of(request)
        job_id = ids.new()
        command = PostJobV1(
            command_id=ids.new(),
            actor=principal.actor,
            job_id=job_id,
            posting=given_posting(data),
            status=data.status,
        )
        outcome = await request.resources.commands.carry_out(command, is_continued=ids.is_continued)
        now = datetime.now(UTC)
        expected = JobState(
            job_id=job_id,
            version=0,
            owner_user_id=principal.user_id,
            database_id=principal.database_id,
            posting=command.posting,
            status=command.status,
            created_at=now,
            updated_at=now,
        )
        async with request.resources.pool.acquire() as connection:
            job = await store.job(connection, job_id)
        status_code = HTTP_202_ACCEPTED if outcome.is_pending else HTTP_201_CREATED
        return Response(shown_job(job or expected), status_code=status_code, headers=PRIVATE)

    @get(responses=answers(), response_headers=PAGE_HEADERS)
    async def list_jobs(
        self,
        request: GatewayRequest,
        status: StatusFilter = None,
        mine: MineFilter = False,
        skip: Skip = 0,
        limit: Limit = 50,
    ) -> Response[list[ShownJob]]:
        """The open jobs, and the caller's own that are closed; for admins all. The newest first.

        X-Total-Count says how many there are, counted to 10,000. Link has the addresses of the next and the
        previous page.
        """
        narrowed = store.Narrowed(status=status, is_own=mine)
        async with request.resources.pool.acquire() as connection:
            jobs, total = await store.page(connection, request.principal, narrowed, skip=skip, limit=limit)
        headers = page_headers(
            request.url.path,
            request.query_params.multi_items(),
            skip=skip,
            limit=limit,
            total=total,
            counted=store.COUNTED,
        )
        return Response([shown_job(job) for job in jobs], headers=headers)

    @get("/{job_id:uuid}", responses=answers(404) | NOT_MODIFIED)
    async def job(self, request: GatewayRequest, job_id: FromPath[UUID]) -> Response[ShownJob]:
        """A job. One that is closed is there for its owner and for admins."""
        return answer_if_changed(request, shown_job(await job_to_read(request, job_id)))

    @put("/{job_id:uuid}", status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(ShownJob))
    async def change_job(
        self, request: GatewayRequest, job_id: FromPath[UUID], data: JSONBody[ChangedJob]
    ) -> Response[ShownJob]:
        """Changes a job, which is matched again then: its owner, and admins. To close it retires its
        matches. Answers the job as it is then; with 202, as it is before."""
        before = await job_to_change(request, job_id)
        command = ChangeJobV1(
            command_id=ids_of(request).new(),
            actor=request.principal.actor,
            job_id=job_id,
            posting=given_posting(data),
            status=before.status if data.status is UNSET else data.status,
        )
        outcome = await request.resources.commands.carry_out(command)
        job = await job_to_read(request, job_id)
        return Response(shown_job(job), status_code=outcome.status_code, headers=PRIVATE)

    @delete("/{job_id:uuid}", status_code=HTTP_200_OK, responses=answers(403, 404) | accepted(JobDeleted))
    async def delete_job(self, request: GatewayRequest, job_id: FromPath[UUID]) -> Response[JobDeleted]:
        """Deletes a job with its matches and submissions, for good: its owner, and admins."""
        await job_to_change(request, job_id)
        command = DeleteJobV1(command_id=ids_of(request).new(), actor=request.principal.actor, job_id=job_id)
        outcome = await request.resources.commands.carry_out(command)
        return Response(JobDeleted(message="Job deleted successfully"), status_code=outcome.status_code)


def given_posting(data: GivenPosting) -> JobPosting:
    """Raises Problem 400."""
    try:
        return posting_of(data)
    except ContradictoryPosting as err:
        raise Problem(status_code=HTTP_400_BAD_REQUEST, detail=str(err)) from err
