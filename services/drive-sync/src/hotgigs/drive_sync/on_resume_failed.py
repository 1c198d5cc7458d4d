"""resume_failed -> the file that it came of is counted as failed, with the reason."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.drive_sync.counting import Outcome, count_outcomes


async def on_resume_failed(events: Sequence[ResumeFailedV1], uow: UnitOfWork) -> None:
    await count_outcomes(
        [
            Outcome(
                resume_id=event.resume.resume_id,
                version=event.resume.version,
                failure=event.resume.error_message or "The file could not be read.",
            )
            for event in events
        ],
        uow,
    )
