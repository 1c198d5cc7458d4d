"""matches_previewed: what a posting would match, of which nothing is kept."""

from uuid import UUID

from hotgigs.contracts.match_state import Match
from hotgigs.contracts.message import Event


class MatchesPreviewedV1(Event, frozen=True, kw_only=True):
    """``matches`` are the best first, as many as were asked for; their ``job_id`` is the command's id.
    ``required`` are the skills that the posting is understood to require."""

    command_id: UUID
    compared: int
    required: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()

    @property
    def subject(self) -> str:
        return str(self.command_id)
