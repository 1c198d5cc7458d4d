"""Queries for pages of candidates. None commits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.gateway.listing.cursor import Cursor
from hotgigs.gateway.listing.filters import Conditions, Filters
from hotgigs.gateway.listing.order import ORDERS, Order, Sort

COUNTED = 10_000
"""To which matches are counted; of more the planner's estimate is told."""
MOST_DUPLICATES = 10

_COLUMNS = (
    "e.candidate_id, e.database_id, e.user_id, e.full_name, e.name_key, e.email, e.title, e.location,"
    " e.years, e.top_skills, e.added_at, e.source, e.tags"
)
# Of other candidates that stand: the same mail address, or the same phone and name.
_DUPLICATES = f"""
    , ARRAY(
        SELECT other.candidate_id FROM candidates AS other
        WHERE other.email_key = mine.email_key AND other.survivor_id = other.candidate_id
          AND other.candidate_id <> mine.candidate_id
        UNION
        SELECT other.candidate_id FROM candidates AS other
        WHERE other.phone_key = mine.phone_key AND other.name_key = mine.name_key
          AND other.survivor_id = other.candidate_id AND other.candidate_id <> mine.candidate_id
        LIMIT {MOST_DUPLICATES}
    ) AS probable_duplicates
"""  # noqa: S608 - a number of our own


class Scope(Struct, frozen=True, kw_only=True):
    """Whose entries: one database's, or (None) each candidate's own; and whose looks at them are told."""

    database_id: UUID | None
    viewing_database_id: UUID

    @property
    def is_everything(self) -> bool:
        return self.database_id is None


class Place(Struct, frozen=True, kw_only=True):
    """Where a page begins: after (or before) a cursor's row, or after so many rows."""

    sort: Sort = "-added_at"
    cursor: Cursor | None = None
    skip: int = 0
    limit: int = 50

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    @property
    def is_backward(self) -> bool:
        return self.cursor is not None and self.cursor.direction == "prev"


class Page(Struct, frozen=True, kw_only=True):
    """``total`` is counted up to one more than `COUNTED`; None where it was not asked for."""

    rows: Sequence[Record]
    has_more: bool
    """In the page's direction."""
    total: int | None


async def page(
    connection: Connection, scope: Scope, filters: Filters, place: Place, *, is_counted: bool = True
) -> Page:
    """In the order asked for, whichever the page's direction."""
    conditions = Conditions(filters, scope.database_id)
    matching = conditions.sql
    viewing = conditions.place(scope.viewing_database_id)
    if place.cursor is not None:
        value, beyond = conditions.place(place.cursor.value), conditions.place(place.cursor.candidate_id)
        after = f" AND {place.order.beyond('e', value, beyond, is_reversed=place.is_backward)}"
    else:
        after = ""
    order = place.order.clause("e", is_reversed=place.is_backward)
    limit, skip = conditions.place(place.limit + 1), conditions.place(place.skip)
    rows = (
        f"SELECT {_COLUMNS}, views.last_viewed_at{_DUPLICATES if scope.is_everything else ''}"  # noqa: S608 - our own
        f" FROM (SELECT {_COLUMNS} FROM entries AS e WHERE {matching}{after}"
        f"  ORDER BY {order} LIMIT {limit} OFFSET {skip}) AS e"
        f" LEFT JOIN views ON views.database_id = {viewing} AND views.candidate_id = e.candidate_id"
        f"{' JOIN candidates AS mine ON mine.candidate_id = e.candidate_id' if scope.is_everything else ''}"
    )
    if is_counted:
        counted = f"SELECT FROM entries AS e WHERE {matching} LIMIT {COUNTED + 1}"
        rows = (
            f"SELECT * FROM (SELECT count(*) AS total FROM ({counted}) AS counted) AS totals"  # noqa: S608 - our own
            f" LEFT JOIN ({rows}) AS e ON true"
        )
    fetched = await connection.fetch(f"{rows} ORDER BY {place.order.clause('e')}", *conditions.args)
    total = fetched[0]["total"] if is_counted else None
    found = [row for row in fetched if row["candidate_id"] is not None]
    has_more = len(found) > place.limit
    if has_more:  # the one that only tells that there are more
        found = found[1:] if place.is_backward else found[:-1]
    return Page(rows=found, has_more=has_more, total=total)


async def estimate(connection: Connection, scope: Scope, filters: Filters) -> int:
    """How many match by the planner's statistics, and more than `COUNTED`."""
    conditions = Conditions(filters, scope.database_id)
    plan = await connection.fetchval(
        f"EXPLAIN (FORMAT JSON) SELECT FROM entries AS e WHERE {conditions.sql}",
        *conditions.args,
    )
    rows: Any = msgspec.json.decode(plan)[0]["Plan"]["Plan Rows"]
    return max(int(rows), COUNTED + 1)


def cursors(page: Page, place: Place) -> tuple[Cursor | None, Cursor | None]:
    """Of the page that follows, and of the one that precedes; None where there is known to be none."""
    if not page.rows:
        return None, None

    def at(row: Record, *, is_next: bool) -> Cursor:
        return Cursor(
            sort=place.sort,
            direction="next" if is_next else "prev",
            value=row[place.order.column],
            candidate_id=row["candidate_id"],
        )

    following, preceding = at(page.rows[-1], is_next=True), at(page.rows[0], is_next=False)
    if place.is_backward:
        return following, preceding if page.has_more else None
    begins = place.cursor is None and place.skip == 0
    return following if page.has_more else None, None if begins else preceding
