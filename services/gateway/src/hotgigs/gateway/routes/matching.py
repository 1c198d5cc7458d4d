"""/api/matching: marking matches as viewed, and how far a task is."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from asyncpg import Record
from litestar import Controller, Response, get, put
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.match_state import MatchingRun
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.conditional import PRIVATE
from hotgigs.gateway.errors import answers, not_found
from hotgigs.gateway.guards import require_recruiter_or_admin
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.jobs.acting import job_seen_by
from hotgigs.gateway.jobs.owning import is_owner
from hotgigs.gateway.matching import lists
from hotgigs.gateway.matching.runs import run_asked_for
from hotgigs.gateway.matching.visible import sight_of_job
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.visibility import candidate_seen_by


class MatchViewed(Struct, kw_only=True):
    message: str


class MatchingTask(Struct, kw_only=True):
    """It is about a job, which is matched with all candidates, or about a candidate, who is matched with all
    open jobs; the other of the two ids is null."""

    task_id: UUID
    status: Literal["queued", "running", "completed", "failed"]
    progress_percentage: int
    about: Literal["job", "candidate"]
    candidate_id: UUID | None
    job_id: UUID | None
    started_at: datetime | None
    completed_at: datetime | None


class MatchingRoutes(Controller):
    path = "/api/matching"
    tags = ("Matching",)

    @put(
        "/matches/{match_id:uuid}/viewed",
        status_code=HTTP_200_OK,
        guards=[require_recruiter_or_admin],
        responses=answers(403, 404) | accepted(MatchViewed),
    )
    async def mark_as_viewed(
        self, request: GatewayRequest, match_id: FromPath[UUID]
    ) -> Response[MatchViewed]:
        """Marks a match as viewed by the recruiter who asks, whose own mark it is."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            match = await _match_seen_by(connection, principal, match_id)
        if match is None:
            raise not_found("match")
        command = ViewMatchV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            job_id=match["job_id"],
            candidate_id=match["candidate_id"],
        )
        outcome = await resources.commands.carry_out(command)
        return Response(MatchViewed(message="Match marked as viewed"), status_code=outcome.status_code)

    @get("/tasks/{task_id:uuid}", responses=answers(404))
    async def task(self, request: GatewayRequest, task_id: FromPath[UUID]) -> Response[MatchingTask]:
        """How far a task is: for who sees the candidate that it is about, or owns the job."""
        principal = request.principal
        async with request.resources.pool.acquire() as connection:
            run = await run_asked_for(connection, task_id)
            if run is None:
                raise not_found("task")
            if not await _may_follow(connection, principal, run):
                raise not_found("task")
        answer = MatchingTask(
            task_id=run.run_id,
            status=run.status,
            progress_percentage=_percentage(run),
            about=run.about,
            candidate_id=run.about_id if run.about == "candidate" else None,
            job_id=run.about_id if run.about == "job" else None,
            started_at=run.started_at,
            completed_at=run.ended_at,
        )
        return Response(answer, headers=PRIVATE)


async def _may_follow(connection: Connection, principal: Principal, run: MatchingRun) -> bool:
    """How long a job takes to match tells of how many candidates there are, which is not for everybody."""
    if run.about == "candidate":
        return await candidate_seen_by(connection, principal, run.about_id) is not None
    job = await job_seen_by(connection, principal, run.about_id)
    return job is not None and is_owner(job, principal)


async def _match_seen_by(connection: Connection, principal: Principal, match_id: UUID) -> Record | None:
    """Its `job_id` and `candidate_id`."""
    match = await lists.match_named(connection, match_id)
    if match is None:
        return None
    job = await job_seen_by(connection, principal, match["job_id"])
    if job is None:
        return None
    is_seen = await lists.sees_candidate(connection, sight_of_job(job, principal), match["candidate_id"])
    return match if is_seen else None


def _percentage(run: MatchingRun) -> int:
    """100 when it is completed, and not before."""
    if run.status == "completed":
        return 100
    return min(100 * run.compared // run.to_compare, 99) if run.to_compare else 0
