"""What a list of candidates is narrowed to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from hotgigs.gateway.candidates.search_terms import exact_query, folded


class Filters(Struct, frozen=True, kw_only=True):
    """Nothing is narrowed by what is None or empty."""

    source: str | None = None
    """As lists name it."""
    search: str | None = None
    """Parts of names and mail addresses, all of which are in it."""
    words: str | None = None
    """Of the profile, as one types them into a web search."""
    tags: Sequence[str] = ()
    skills: Sequence[str] = ()
    location: str | None = None
    min_years: float | None = None
    max_years: float | None = None
    added_since: datetime | None = None

    def terms(self, database_id: UUID | None, *, is_everything: bool) -> str:
        """A tsquery's text for what has to be there exactly, ``database_id`` (None: any) included.

        What ``search`` asks of one database is answered by the index of its list, faster than by the many
        lexemes of each word.
        """
        terms = exact_query(
            database_id=database_id,
            tags=self.tags,
            skills=self.skills,
            location=self.location,
            search=self.search if is_everything else None,
        )
        return terms or ""

    @property
    def stems(self) -> str:
        """The text of a web search's query; empty where nothing is asked for."""
        return folded(self.words or "")

    def needs_text_index(self, *, is_everything: bool) -> bool:
        return bool(self.stems or self.terms(None, is_everything=is_everything))
