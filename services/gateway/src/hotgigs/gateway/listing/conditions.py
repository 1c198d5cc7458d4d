"""How what a list is narrowed to is asked of `entries`, so that the planner finds the fast way.

It knows neither how long tsvectors take to be fetched from where they are stored apart, nor that the lexeme
of a database and its column say the same.
"""

from uuid import UUID

from hotgigs.gateway.candidates.search_terms import like_patterns
from hotgigs.gateway.listing.filters import Filters


class Conditions:
    """Of one statement on ``entries AS e``, with the arguments of its placeholders; of one database's entries
    or (None) of each candidate's own one."""

    def __init__(self, filters: Filters, database_id: UUID | None) -> None:
        self.args: list[object] = []
        self._filters = filters
        self._database_id = database_id

    def place(self, value: object) -> str:
        """The placeholder of a further argument."""
        self.args.append(value)
        return f"${len(self.args)}"

    def in_order(self) -> str:
        """For walking a list, in the order of one of its indexes."""
        scope = (
            "e.is_own" if self._database_id is None else f"e.database_id = {self.place(self._database_id)}"
        )
        return " AND ".join([scope, *self._text(None), *self._columns()])

    def by_text_index(self) -> str:
        """For what the text index finds: no other index is to be read besides."""
        scope = (
            "e.is_own::int = 1"
            if self._database_id is None
            else f"(e.database_id = {self.place(self._database_id)}) IS TRUE"
        )
        return " AND ".join([*self._text(self._database_id), scope, *self._columns()])

    def _text(self, database_id: UUID | None) -> list[str]:
        filters, is_everything = self._filters, self._database_id is None
        if not filters.needs_text_index(is_everything=is_everything):
            return []
        terms = filters.terms(database_id, is_everything=is_everything)
        query = f"{self.place(terms)}::text::tsquery"
        if filters.stems:
            query = f"({query} && websearch_to_tsquery('english', {self.place(filters.stems)}))"
        # A query of words that everybody uses is empty, and asks for nothing.
        return [f"e.search @@ {query}" if terms else f"(e.search @@ {query} OR numnode({query}) = 0)"]

    def _columns(self) -> list[str]:
        filters = self._filters
        narrowed = [f"e.find_key LIKE {self.place(like)}" for like in like_patterns(filters.search)]
        if filters.source is not None:
            narrowed.append(f"e.source = {self.place(filters.source)}")
        if filters.min_years is not None:
            narrowed.append(f"e.years >= {self.place(filters.min_years)}")
        if filters.max_years is not None:
            narrowed.append(f"e.years <= {self.place(filters.max_years)}")
        if filters.added_since is not None:
            narrowed.append(f"e.added_at >= {self.place(filters.added_since)}")
        return narrowed
