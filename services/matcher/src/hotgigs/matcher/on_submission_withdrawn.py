"""submission_withdrawn -> a run of the candidate, whose match with the job is kept for its score alone."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.matcher.pinning import put_submission


async def on_submission_withdrawn(event: SubmissionWithdrawnV1, uow: UnitOfWork) -> None:
    await put_submission(
        event.submission_id,
        job_id=event.job_id,
        candidate_id=event.candidate_id,
        is_withdrawn=True,
        uow=uow,
    )
