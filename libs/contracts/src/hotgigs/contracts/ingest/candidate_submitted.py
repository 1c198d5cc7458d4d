"""candidate_submitted: a candidate was submitted to a job."""

from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.submission_state import SubmissionState


class CandidateSubmittedV1(Event, frozen=True, kw_only=True):
    submission: SubmissionState
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.submission.candidate_id)
