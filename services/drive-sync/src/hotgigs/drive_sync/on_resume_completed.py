"""resume_completed -> the file that it came of is counted as processed."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.drive_sync.counting import Outcome, count_outcomes


async def on_resume_completed(events: Sequence[ResumeCompletedV2], uow: UnitOfWork) -> None:
    await count_outcomes(
        [Outcome(resume_id=event.resume.resume_id, version=event.resume.version) for event in events], uow
    )
