"""tags_changed: tags of a candidate were added or removed."""

from uuid import UUID

from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.message import Event


class TagsChangedV1(Event, frozen=True, kw_only=True):
    """``tags`` are those that changed."""

    candidate_id: UUID
    database_id: UUID
    """The candidate's."""
    tagging_database_id: UUID
    """Whose tags they are."""
    tags: tuple[TagState, ...]
    command_id: UUID | None = None

    @property
    def subject(self) -> str:
        return str(self.candidate_id)
