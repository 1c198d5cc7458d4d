"""batch_received: a bulk upload was taken in, with all its resumes."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_state import ResumeState


class BatchReceivedV1(Event, frozen=True, kw_only=True):
    """``resumes`` in the order of the upload, refused ones (status failed) included. Where a state is told
    again, it has none: each resume is told in an event of its own."""

    batch_id: UUID
    owner_user_id: UUID
    created_at: datetime
    resumes: tuple[ResumeState, ...]

    @property
    def subject(self) -> str:
        return str(self.batch_id)
