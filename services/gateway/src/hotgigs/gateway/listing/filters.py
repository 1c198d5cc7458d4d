"""What a list of candidates is narrowed to, and how that is asked of `entries`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from hotgigs.gateway.candidates.search_terms import exact_query, folded, like_patterns


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

    def terms(self, database_id: UUID | None) -> str | None:
        """A tsquery's text, of one database's entries where anything else is asked for at all."""
        asked = self._exact(None)
        if asked is None and not self.stems:
            return None
        return (asked if database_id is None else self._exact(database_id)) or ""

    def _exact(self, database_id: UUID | None) -> str | None:
        return exact_query(
            database_id=database_id,
            tags=self.tags,
            skills=self.skills,
            location=self.location,
            source=self.source,
            search=self.search,
        )

    @property
    def stems(self) -> str:
        """The text of a web search's query; empty where nothing is asked for."""
        return folded(self.words or "")


class Conditions:
    """Of a statement on ``entries AS e``, with the arguments of its placeholders."""

    def __init__(self, filters: Filters, database_id: UUID | None) -> None:
        """Of one database's entries, or (None) of each candidate's own one."""
        self.args: list[object] = []
        self._all = ["e.is_own" if database_id is None else f"e.database_id = {self.place(database_id)}"]
        self._narrow(filters, database_id)

    def place(self, value: object) -> str:
        """The placeholder of a further argument."""
        self.args.append(value)
        return f"${len(self.args)}"

    @property
    def sql(self) -> str:
        return " AND ".join(self._all)

    def _narrow(self, filters: Filters, database_id: UUID | None) -> None:
        terms = filters.terms(database_id)
        if terms is not None:
            query = f"{self.place(terms)}::text::tsquery"
            if filters.stems:
                query = f"({query} && websearch_to_tsquery('english', {self.place(filters.stems)}))"
            # A query of words that everybody uses is empty, and asks for nothing.
            self._all.append(
                f"e.search @@ {query}" if terms else f"(e.search @@ {query} OR numnode({query}) = 0)"
            )
        self._all += [f"e.find_key LIKE {self.place(like)}" for like in like_patterns(filters.search)]
        if filters.min_years is not None:
            self._all.append(f"e.years >= {self.place(filters.min_years)}")
        if filters.max_years is not None:
            self._all.append(f"e.years <= {self.place(filters.max_years)}")
        if filters.added_since is not None:
            self._all.append(f"e.added_at >= {self.place(filters.added_since)}")
