"""candidate_submitted -> a run of the candidate, whose match with the job is kept from now on."""

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.matcher.pinning import put_submission


async def on_candidate_submitted(event: CandidateSubmittedV1, uow: UnitOfWork) -> None:
    submission = event.submission
    await put_submission(
        submission.submission_id,
        job_id=submission.job_id,
        candidate_id=submission.candidate_id,
        is_withdrawn=False,
        uow=uow,
    )
