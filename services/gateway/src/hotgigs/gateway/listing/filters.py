"""What a list of candidates is narrowed to, and how that is asked of `entries`."""

from collections.abc import Sequence
from datetime import datetime
from typing import get_args
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.resume_state import Source
from hotgigs.gateway.candidates.entries import listed_source
from hotgigs.gateway.candidates.search_terms import exact_query, folded, from_any, like_patterns

_ANYTHING = from_any(map(listed_source, get_args(Source)))


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

    def has_words(self, database_id: UUID | None) -> bool:
        """Is it asked for what only the index of words finds, in one database, or (None) in all? What is
        searched for in one database stands in the index of its list."""
        return self._terms(None, everywhere=database_id is None) is not None or bool(self.stems)

    def leaves_few(self, column: str) -> bool:
        """May so few be left that not the index of the order by ``column`` is the one to find them with, but
        that of the order by ``added_at``, which has what is looked at?"""
        if column == "added_at":
            return False
        years = self.min_years is not None or self.max_years is not None
        others = bool(self.source or like_patterns(self.search)) or self.added_since is not None
        return others or (years and column != "years")

    def terms(self, database_id: UUID | None, *, everywhere: bool) -> str:
        """A tsquery's text, of one database's entries where one is given. Everywhere something has to
        be found where something must not be there: the index is read whole for what is not in it."""
        terms = self._terms(database_id, everywhere=everywhere)
        return terms or (_ANYTHING if everywhere and "-" in self.stems else "")

    @property
    def stems(self) -> str:
        """The text of a web search's query; empty where nothing is asked for."""
        return folded(self.words or "")

    def _terms(self, database_id: UUID | None, *, everywhere: bool) -> str | None:
        return exact_query(
            database_id=database_id,
            tags=self.tags,
            skills=self.skills,
            location=self.location,
            search=self.search if everywhere else None,
        )


class Conditions:
    """Of a statement on ``entries AS e``, with the arguments of its placeholders.

    Either the entries are walked through in the order of a list's index, or they are found in the index of
    words and what else they have to be is looked at then: the planner knows neither that a database and its
    lexeme are the same, nor what it costs to fetch the words of a row.
    """

    def __init__(self, filters: Filters, database_id: UUID | None, *, by_words: bool = False) -> None:
        """Of one database's entries, or (None) of each candidate's own one."""
        self.args: list[object] = []
        if database_id is None:
            self._all = ["e.is_own::int = 1" if by_words else "e.is_own"]
        else:
            of_database = f"e.database_id = {self.place(database_id)}"
            self._all = [f"({of_database}) IS TRUE" if by_words else of_database]
        if filters.has_words(database_id):
            terms = filters.terms(
                database_id if by_words else None, everywhere=by_words and database_id is None
            )
            self._all.append(self._words(terms, filters.stems))
        self._narrow(filters)

    def place(self, value: object) -> str:
        """The placeholder of a further argument."""
        self.args.append(value)
        return f"${len(self.args)}"

    @property
    def sql(self) -> str:
        return " AND ".join(self._all)

    def _words(self, terms: str, stems: str) -> str:
        query = f"{self.place(terms)}::text::tsquery"
        if stems:
            query = f"({query} && websearch_to_tsquery('english', {self.place(stems)}))"
        # A query of words that everybody uses is empty, and asks for nothing.
        return f"e.search @@ {query}" if terms else f"(e.search @@ {query} OR numnode({query}) = 0)"

    def _narrow(self, filters: Filters) -> None:
        self._all += [f"e.find_key LIKE {self.place(like)}" for like in like_patterns(filters.search)]
        if filters.source is not None:
            self._all.append(f"e.source = {self.place(filters.source)}")
        if filters.min_years is not None:
            self._all.append(f"e.years >= {self.place(filters.min_years)}")
        if filters.max_years is not None:
            self._all.append(f"e.years <= {self.place(filters.max_years)}")
        if filters.added_since is not None:
            self._all.append(f"e.added_at >= {self.place(filters.added_since)}")
