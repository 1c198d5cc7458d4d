"""/api/jobs/{job_id}/submissions: submitting candidates to jobs, applying, and taking it back."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED, HTTP_403_FORBIDDEN
from msgspec import Struct

from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.gateway.changes.acting import candidate_to_read
from hotgigs.gateway.changes.plain_text import Text
from hotgigs.gateway.errors import Problem, answers, not_found
from hotgigs.gateway.idempotency import store as idempotency
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.jobs.acting import job_seen_by, job_to_read, require_open
from hotgigs.gateway.listing.pages import PAGE_HEADERS, Limit, Skip, page_headers
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.upload_forms import accepted
from hotgigs.gateway.submissions import store
from hotgigs.gateway.submissions.shown import ShownSubmission, shown_submissions


class NewSubmission(Struct, kw_only=True):
    """The note is for the job's owner."""

    candidate_id: UUID
    note: Text = ""


class SubmissionWithdrawn(Struct, kw_only=True):
    message: str


class SubmissionRoutes(Controller):
    path = "/api/jobs/{job_id:uuid}/submissions"
    tags = ("Jobs",)

    @post(status_code=HTTP_201_CREATED, responses=answers(403, 404, 409) | accepted(ShownSubmission))
    async def submit(
        self, request: GatewayRequest, job_id: FromPath[UUID], data: JSONBody[NewSubmission]
    ) -> Response[ShownSubmission]:
        """Submits a candidate to an open job, whose owner sees the candidate from then on, with the
        permissions that the caller has: a recruiter one of his own, or one that is shared with him with
        `can_submit_to_jobs`; a person themselves.

        The access goes when the submission is withdrawn, and when its submitter may not submit the candidate
        any more. 409 where the caller has submitted the candidate to this job already, or the job is closed.
        """
        principal, resources, ids = request.principal, request.resources, ids_of(request)
        seen = await candidate_to_read(request, data.candidate_id)
        job = await job_to_read(request, job_id)
        if not seen.can_submit_to_jobs:
            raise Problem(
                status_code=HTTP_403_FORBIDDEN,
                detail="This candidate is shared with you without the permission to submit it to jobs.",
            )
        require_open(job)
        submission_id = ids.new()
        async with resources.pool.acquire() as connection:
            await idempotency.name_subject(connection, submission_id, seen.candidate_id)
        command = SubmitCandidateV1(
            command_id=ids.new(),
            actor=principal.actor,
            submission_id=submission_id,
            job_id=job_id,
            job_owner_id=job.owner_user_id,
            job_database_id=job.database_id,
            candidate_id=seen.candidate_id,
            note=data.note.strip(),
        )
        outcome = await resources.commands.carry_out(command, is_continued=ids.is_continued)
        answer = ShownSubmission(
            submission_id=submission_id,
            job_id=job_id,
            candidate_id=seen.candidate_id,
            submitted_by=principal.user_id,
            note=command.note,
            submitted_at=datetime.now(UTC),
        )
        async with resources.pool.acquire() as connection:
            row = await store.submission(connection, principal, job_id, submission_id)
        if row is not None:
            answer.submitted_at = row["submitted_at"]
        return Response(answer, status_code=HTTP_202_ACCEPTED if outcome.is_pending else HTTP_201_CREATED)

    @get(responses=answers(404), response_headers=PAGE_HEADERS)
    async def list_submissions(
        self, request: GatewayRequest, job_id: FromPath[UUID], skip: Skip = 0, limit: Limit = 50
    ) -> Response[list[ShownSubmission]]:
        """Who was submitted to a job, the newest first: for its owner and admins all, for others what they
        submitted themselves, of a closed job too. Of a candidate whom the caller does not see any more
        nothing is listed.

        X-Total-Count says how many there are, counted to 10,000. Link has the addresses of the next and the
        previous page.
        """
        principal = request.principal
        async with request.resources.pool.acquire() as connection:
            rows = await store.page(connection, principal, job_id, skip=skip, limit=limit)
            total = await store.count(connection, principal, job_id)
            if not total and await job_seen_by(connection, principal, job_id) is None:
                raise not_found("job")
            shown = await shown_submissions(connection, principal, rows)
        headers = page_headers(
            request.url.path,
            request.query_params.multi_items(),
            skip=skip,
            limit=limit,
            total=total,
            counted=store.COUNTED,
        )
        return Response(shown, headers=headers)

    @delete(
        "/{submission_id:uuid}",
        status_code=HTTP_200_OK,
        responses=answers(404) | accepted(SubmissionWithdrawn),
    )
    async def withdraw(
        self, request: GatewayRequest, job_id: FromPath[UUID], submission_id: FromPath[UUID]
    ) -> Response[SubmissionWithdrawn]:
        """Withdraws a submission, and takes the access back that it gave: who submitted, the job's owner, and
        admins."""
        principal, resources = request.principal, request.resources
        async with resources.pool.acquire() as connection:
            row = await store.submission(connection, principal, job_id, submission_id)
        if row is None:
            raise not_found("submission")
        command = WithdrawSubmissionV1(
            command_id=ids_of(request).new(),
            actor=principal.actor,
            submission_id=submission_id,
            candidate_id=row["submitted_candidate_id"],
        )
        outcome = await resources.commands.carry_out(command)
        answer = SubmissionWithdrawn(message="Submission withdrawn successfully")
        return Response(answer, status_code=outcome.status_code)
