"""similar_found: candidates like one candidate."""

from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.message import Event


class SimilarCandidate(Struct, frozen=True, kw_only=True):
    candidate_id: UUID
    similarity: float
    """0 to 100 with one decimal."""
    shared_skills: tuple[str, ...] = ()
    """In the vocabulary's words, the most telling first."""


class SimilarFoundV1(Event, frozen=True, kw_only=True):
    command_id: UUID
    candidates: tuple[SimilarCandidate, ...] = ()
    """The most similar first."""

    @property
    def subject(self) -> str:
        return str(self.command_id)
