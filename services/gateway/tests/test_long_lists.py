"""Lists of more than are counted are read another way, and are the same."""

from datetime import timedelta
from typing import get_args
from uuid import UUID, uuid4

import msgspec
import pytest
from shown_rows import ADA, NOW, add_candidate, add_entry

from hotgigs.chassis.database import Connection, Pool
from hotgigs.gateway.candidates.search_terms import document, searchable
from hotgigs.gateway.listing import store
from hotgigs.gateway.listing.filters import Conditions, Filters
from hotgigs.gateway.listing.order import Sort
from hotgigs.gateway.listing.store import Place, Scope
from hotgigs.gateway.listing.walk import pages

FILTERS = [
    Filters(),
    Filters(search="ada"),
    Filters(search="ad"),
    Filters(search="ada mail.example"),
    Filters(words="engineer"),
    Filters(words="the"),
    Filters(words="-plumber"),
    Filters(words="plumber or -baker"),
    Filters(tags=["a b"], search="ada"),
    Filters(location="london", min_years=1),
    Filters(source="resume_import"),
]


async def whole_list(connection: Connection, scope: Scope, filters: Filters, sort: Sort) -> list[UUID]:
    """By pages of two."""
    ids: list[UUID] = []
    place: Place | None = Place(sort=sort, limit=2)
    while place is not None:
        page = await store.page(connection, scope, filters, place)
        ids += [row["candidate_id"] for row in page.rows]
        following, _ = store.cursors(page, place)
        place = msgspec.structs.replace(place, cursor=following) if following else None
    return ids


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("is_everything", [False, True])
async def test_a_list_is_the_same_beyond_what_is_counted(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, filters: Filters, is_everything: bool
) -> None:
    database_id = uuid4()
    scope = Scope(database_id=None if is_everything else database_id, viewing_database_id=database_id)
    async with pool.acquire() as connection:
        for number in range(5):
            profile = msgspec.structs.replace(
                ADA, full_name=f"Ada {number % 3}", total_experience_years=float(5 - number % 4)
            )
            day = NOW + timedelta(days=number)
            await add_candidate(
                connection, database_id=database_id, profile=profile, tags=["a b"], added_at=day
            )
        for sort in get_args(Sort):
            monkeypatch.setattr(store, "COUNTED", 10_000)
            counted = await whole_list(connection, scope, filters, sort)
            assert len(counted) >= 5
            skipped = await store.page(connection, scope, filters, Place(sort=sort, skip=1, limit=3))
            assert [row["candidate_id"] for row in skipped.rows] == counted[1:4]
            monkeypatch.setattr(store, "COUNTED", 2)
            monkeypatch.setattr(store, "MOST_WALKED", 1)
            assert await whole_list(connection, scope, filters, sort) == counted
            skipped = await store.page(connection, scope, filters, Place(sort=sort, skip=1, limit=3))
            assert [row["candidate_id"] for row in skipped.rows] == counted[1:4]
            assert skipped.total == 3
            skipped = await store.page(connection, scope, filters, Place(sort=sort, skip=2, limit=2))
            assert [row["candidate_id"] for row in skipped.rows] == counted[2:4]
            assert skipped.total == 3
    exported = [row["candidate_id"] async for rows in pages(pool, scope, filters, Place()) for row in rows]
    assert sorted(exported) == sorted(counted)


async def test_a_list_has_nothing_of_another_database_whatever_its_search_vector_says(pool: Pool) -> None:
    mine, others = uuid4(), uuid4()
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=uuid4())
        await add_entry(connection, candidate_id, database_id=others)
        terms = document(searchable(ADA), database_id=mine, tags=(), source="resume_import")
        await connection.execute(
            "UPDATE entries SET search = search || array_to_tsvector($1) WHERE database_id = $2",
            list(terms.lexemes),
            others,
        )
        scope = Scope(database_id=mine, viewing_database_id=mine)
        page = await store.page(connection, scope, Filters(words="engineer"), Place())
    assert (page.total, list(page.rows)) == (0, [])


async def test_entries_are_vacuumed_while_most_are_still_read_from_their_indexes(pool: Pool) -> None:
    async with pool.acquire() as connection:
        options = await connection.fetchval("SELECT reloptions FROM pg_class WHERE oid = 'entries'::regclass")
    assert set(options) == {
        "autovacuum_vacuum_scale_factor=0.02",
        "autovacuum_vacuum_insert_scale_factor=0.02",
    }


@pytest.mark.parametrize("is_everything", [False, True])
async def test_what_must_not_be_there_is_not_looked_for_in_all_of_the_index(
    pool: Pool, is_everything: bool
) -> None:
    database_id = None if is_everything else uuid4()
    conditions = Conditions(Filters(words="-plumber"), database_id, by_words=True)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_custom_plan"
        )
        await connection.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off")
        plan = await connection.fetch(
            f"EXPLAIN SELECT FROM entries AS e WHERE {conditions.sql}", *conditions.args
        )
    text = "\n".join(row[0] for row in plan)
    assert "Bitmap Index Scan on entries_search" in text
    condition = next(line for line in text.splitlines() if "Index Cond" in line)
    assert condition.count("'o:") == (5 if is_everything else 0), condition
    assert is_everything or f"d:{database_id}" in condition
