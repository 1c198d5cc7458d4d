"""parse_progressed: the parser began a step of a resume."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class ParseProgressedV1(Event, frozen=True, kw_only=True):
    """Best effort: one may be missing. The latest ``started_at`` is true, and of that the greatest
    ``sequence``: a parser that died is followed by one that begins anew, a lease or more later, so
    that clocks need not agree closely.
    """

    resume_id: UUID
    attempt: int
    sequence: int
    percentage: int
    """0..100, of the work done when the step began."""
    step: str
    """In words for the uploader."""
    started_at: datetime
    """When the parser began."""

    @property
    def subject(self) -> str:
        return str(self.resume_id)
