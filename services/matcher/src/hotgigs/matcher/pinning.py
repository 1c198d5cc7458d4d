"""A pair that was submitted is kept whatever its score: the candidate's run sees to it."""

from datetime import UTC, datetime
from uuid import UUID

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.matcher import erasure_store, submission_store
from hotgigs.matcher.runs import request_runs


async def put_submission(
    submission_id: UUID, *, job_id: UUID, candidate_id: UUID, is_withdrawn: bool, uow: UnitOfWork
) -> None:
    """Of who was erased, or of a job that was deleted, nothing is kept."""
    if await erasure_store.erased_among(uow.connection, [candidate_id]):
        return
    is_new = await submission_store.put(
        uow.connection, submission_id, job_id=job_id, candidate_id=candidate_id, is_withdrawn=is_withdrawn
    )
    if is_new:
        for event in await request_runs(uow.connection, "candidate", [candidate_id], at=datetime.now(UTC)):
            uow.publish(event)
