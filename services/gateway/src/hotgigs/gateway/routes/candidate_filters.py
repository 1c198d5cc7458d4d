"""The parameters of lists of candidates."""

from collections.abc import Sequence
from typing import Annotated, Literal

from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation
from litestar.status_codes import HTTP_400_BAD_REQUEST

from hotgigs.gateway.errors import Problem
from hotgigs.gateway.listing.cursor import MAX_CHARACTERS, InvalidCursor, cursor_of
from hotgigs.gateway.listing.filters import Filters
from hotgigs.gateway.listing.moments import moment_of
from hotgigs.gateway.listing.order import Sort
from hotgigs.gateway.listing.store import Place

ListedSource = Literal[
    "application", "candidate_upload", "resume_import", "bulk_upload", "google_drive", "admin_share"
]

Skip = Annotated[
    int, QueryParameter(ge=0, le=1_000_000, description="How many to leave out; not with `cursor`")
]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to list at most")]
SourceFilter = Annotated[
    ListedSource | None,
    QueryParameter(description="Where they came from; `candidate_upload` is another word for `application`"),
]
SearchFilter = Annotated[
    str | None,
    QueryParameter(
        max_length=200,
        description="Part of the name or the mail address; of several words all are in them. Case and accents"
        " do not count.",
    ),
]
TagsFilter = Annotated[
    Sequence[str],
    QueryParameter(description="Tags that they all have; repeated, or separated by commas"),
]
WordsFilter = Annotated[
    str | None,
    QueryParameter(
        name="q",
        max_length=200,
        description='Words of the whole profile, as in a web search: all of them, "a phrase", `or`, `-not`;'
        " NOT in capitals is a minus, and brackets mean nothing",
    ),
]
SkillsFilter = Annotated[
    Sequence[str],
    QueryParameter(
        description="Skills that they all have, as their resumes name them or by their usual name; case,"
        " accents, spaces and punctuation do not count. Repeated, or separated by commas."
    ),
]
LocationFilter = Annotated[
    str | None, QueryParameter(max_length=200, description="Words that are all in the location")
]
# Litestar leaves a bound of 0 out of the document where None is allowed too.
_NOT_NEGATIVE = {"minimum": 0}
MinYears = Annotated[
    float | None,
    QueryParameter(ge=0, le=100, schema_extra=_NOT_NEGATIVE, description="Of experience, at least"),
]
MaxYears = Annotated[
    float | None,
    QueryParameter(ge=0, le=100, schema_extra=_NOT_NEGATIVE, description="Of experience, at most"),
]
AddedSince = Annotated[
    str | None,
    QueryParameter(
        schema_extra={"format": "date-time"},
        description="When they were added, at the earliest (RFC 3339; without a zone in UTC; of a date alone"
        " its begin)",
    ),
]
SortBy = Annotated[
    Sort,
    QueryParameter(
        description="By when they were added, the name (those without one come first) or the years of"
        " experience; a minus stands for the descending order"
    ),
]
CursorText = Annotated[
    str | None,
    QueryParameter(
        max_length=MAX_CHARACTERS,
        description="A place in the list, from a Link header: rows that come or go meanwhile shift nothing",
    ),
]


def filters_of(
    *,
    source: SourceFilter = None,
    search: SearchFilter = None,
    tags: TagsFilter = (),
    words: WordsFilter = None,
    skills: SkillsFilter = (),
    location: LocationFilter = None,
    min_years: MinYears = None,
    max_years: MaxYears = None,
    added_since: AddedSince = None,
) -> Filters:
    """Raises Problem 400."""
    if min_years is not None and max_years is not None and min_years > max_years:
        raise _bad("min_years is more than max_years.")
    return Filters(
        source="application" if source == "candidate_upload" else source,
        search=search,
        words=words,
        tags=_terms(tags),
        skills=_terms(skills),
        location=location,
        min_years=min_years,
        max_years=max_years,
        added_since=moment_of("added_since", added_since),
    )


def place_of(
    *, sort: SortBy = "-added_at", cursor: CursorText = None, skip: Skip = 0, limit: Limit = 50
) -> Place:
    """Raises Problem 400."""
    if cursor is None:
        return Place(sort=sort, skip=skip, limit=limit)
    if skip:
        raise _bad("Say where the page begins either by skip or by cursor.")
    try:
        return Place(sort=sort, cursor=cursor_of(cursor, sort), limit=limit)
    except InvalidCursor as err:
        raise _bad("The cursor is not one that was given out for a list in this order.") from err


GivenFilters = NamedDependency[SkipValidation[Filters]]
GivenPlace = NamedDependency[SkipValidation[Place]]
NARROWED = {"filters": Provide(filters_of, sync_to_thread=False)}
PAGED = NARROWED | {"place": Provide(place_of, sync_to_thread=False)}


def _terms(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.strip() for value in values for term in value.split(",") if term.strip()))


def _bad(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
