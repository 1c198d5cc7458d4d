"""parse_progressed: the parser began a step of a resume."""

from datetime import datetime
from uuid import UUID

from hotgigs.contracts.message import Event


class ParseProgressedV1(Event, frozen=True, kw_only=True):
    """Best effort: one may be missing, and within an attempt the greatest ``sequence`` is true.

    ``try_number`` counts the deliveries of the attempt: a parser that died and began again starts
    its sequence anew under the next one.
    """

    resume_id: UUID
    attempt: int
    try_number: int
    sequence: int
    percentage: int
    """0..100, of the work done when the step began."""
    step: str
    """In words for the uploader."""
    started_at: datetime
    """When this try of the attempt began."""

    @property
    def subject(self) -> str:
        return str(self.resume_id)
