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
MOST_WALKED = 500
"""Of those that are left out before a page. All of a database's are put in order sooner than the words of
more are fetched and looked at."""

# A plan for any words is one for words that nobody uses; and to fetch the words of all rows costs more than
# the planner thinks.
_PLANNED_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = off"
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
    by_words = filters.has_words(scope.database_id)
    if not (by_words or (is_counted and filters.leaves_few(place.order.column))):
        return await _walked(connection, scope, filters, place, is_counted=is_counted)
    async with connection.transaction(readonly=True):
        await connection.execute(_PLANNED_ANEW)
        if not is_counted:
            return await _walked(connection, scope, filters, place, is_counted=False)
        found = await _found(connection, scope, filters, place, by_words=by_words, most=COUNTED + 1)
        if found.total is None or found.total <= COUNTED:
            return found
        if place.skip > MOST_WALKED and not scope.is_everything:
            page = await _found(connection, scope, filters, place, by_words=by_words, most=None)
            return msgspec.structs.replace(page, total=found.total)
        # So many match that the first ones in the order are met soon.
        walked = await _walked(connection, scope, filters, place, is_counted=False)
        return msgspec.structs.replace(walked, total=found.total)


async def _walked(
    connection: Connection, scope: Scope, filters: Filters, place: Place, *, is_counted: bool
) -> Page:
    """By the index of the order, from which the page's rows are fetched when it is known which they are."""
    conditions = Conditions(filters, scope.database_id)
    matching = f"FROM entries AS e WHERE {conditions.sql}"
    counted = f"SELECT FROM entries AS e WHERE {conditions.sql} LIMIT {COUNTED + 1}"
    keys = f"SELECT e.database_id, e.candidate_id {matching} {_bounds(conditions, place)}"
    totals = f"SELECT count(*) AS total FROM ({counted}) AS counted" if is_counted else "SELECT NULL AS total"  # noqa: S608 - our own
    return await _fetched(connection, scope, place, conditions, totals=f"({totals}) AS totals", keys=keys)


async def _found(
    connection: Connection,
    scope: Scope,
    filters: Filters,
    place: Place,
    *,
    by_words: bool,
    most: int | None,
) -> Page:
    """All that match, or any of them where they are more than ``most``, and then put in order."""
    conditions = Conditions(filters, scope.database_id, by_words=by_words)
    limit = "" if most is None else f"LIMIT {most}"
    matching = f"FROM entries AS e WHERE {conditions.sql} {limit}"
    bounds = _bounds(conditions, place)
    if by_words:  # the rows are fetched anyway
        hits = f"SELECT e.database_id, e.candidate_id, e.{place.order.column} {matching}"
        keys = f"SELECT e.database_id, e.candidate_id FROM hits AS e WHERE true {bounds}"  # noqa: S608 - our own
    else:
        hits = f"SELECT e.database_id, e.candidate_id {matching}"
        keys = (
            "SELECT e.database_id, e.candidate_id FROM hits JOIN entries AS e"  # noqa: S608 - our own
            f" ON e.database_id = hits.database_id AND e.candidate_id = hits.candidate_id {bounds}"
        )
    return await _fetched(
        connection,
        scope,
        place,
        conditions,
        before=f"WITH hits AS MATERIALIZED ({hits})",
        totals="(SELECT count(*) AS total FROM hits) AS totals",
        keys=keys,
    )


def _bounds(conditions: Conditions, place: Place) -> str:
    """Of a page, and of one row more, which tells whether there are more."""
    after = ""
    if place.cursor is not None:
        value, beyond = conditions.place(place.cursor.value), conditions.place(place.cursor.candidate_id)
        after = f"AND {place.order.beyond('e', value, beyond, is_reversed=place.is_backward)}"
    order = place.order.clause("e", is_reversed=place.is_backward)
    limit, skip = conditions.place(place.limit + 1), conditions.place(place.skip)
    return f"{after} ORDER BY {order} LIMIT {limit} OFFSET {skip}"


async def _fetched(
    connection: Connection,
    scope: Scope,
    place: Place,
    conditions: Conditions,
    *,
    totals: str,
    keys: str,
    before: str = "",
) -> Page:
    viewing = conditions.place(scope.viewing_database_id)
    rows = await connection.fetch(
        f"{before} SELECT total, {_COLUMNS}, views.last_viewed_at{_DUPLICATES if scope.is_everything else ''}"  # noqa: S608 - our own
        f" FROM {totals} LEFT JOIN ({keys}) AS keys ON true"
        " LEFT JOIN entries AS e ON e.database_id = keys.database_id AND e.candidate_id = keys.candidate_id"
        f" LEFT JOIN views ON views.database_id = {viewing} AND views.candidate_id = keys.candidate_id"
        f"{' LEFT JOIN candidates AS mine ON mine.candidate_id = keys.candidate_id' * scope.is_everything}"
        f" ORDER BY {place.order.clause('e')}",
        *conditions.args,
    )
    found = [row for row in rows if row["candidate_id"] is not None]
    has_more = len(found) > place.limit
    if has_more:
        found = found[1:] if place.is_backward else found[:-1]
    return Page(rows=found, has_more=has_more, total=rows[0]["total"])


async def estimate(connection: Connection, scope: Scope, filters: Filters) -> int:
    """How many match by the planner's statistics, and more than `COUNTED`."""
    conditions = Conditions(filters, scope.database_id)
    plan = await connection.fetchval(
        f"EXPLAIN (FORMAT JSON) SELECT FROM entries AS e WHERE {conditions.sql}", *conditions.args
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
