"""Pages by cursor: each candidate once, in any order, also while others come."""

import base64
import random
import re
from datetime import timedelta
from typing import get_args
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_app import ReadingApp
from shown_rows import ADA, NOW, add_candidate

from hotgigs.chassis.database import Connection, Pool
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.listing import store
from hotgigs.gateway.listing.cursor import Cursor, InvalidCursor, cursor_of
from hotgigs.gateway.listing.filters import Filters
from hotgigs.gateway.listing.order import ORDERS, Sort
from hotgigs.gateway.listing.store import Place, Scope

ANN = Principal(user_id=uuid4(), role="recruiter")
sorts = st.sampled_from(get_args(Sort))
# Few values, so that many are equal; one has no name.
people = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "ada", "Åda", "Zoe", None]),
        st.sampled_from([0.0, 0.1, 5.0]),
        st.integers(0, 2),
    ),
    max_size=12,
)
# Each is looked for in another way.
MATCHING_ALL = [Filters(), Filters(words="engineer"), Filters(search="mail"), Filters(source="resume_import")]


async def add(connection: Connection, person: tuple[str | None, float, int], database_id: UUID) -> UUID:
    name, years, day = person
    profile = msgspec.structs.replace(ADA, full_name=name, total_experience_years=years)
    return await add_candidate(
        connection,
        database_id=database_id,
        profile=profile,
        added_at=NOW + timedelta(days=day, microseconds=1),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=people,
    later=people,
    sort=sorts,
    limit=st.integers(1, 5),
    seed=st.integers(),
    backward=st.booleans(),
    filters=st.sampled_from(MATCHING_ALL),
)
async def test_each_candidate_that_stays_is_on_one_page_while_others_come(
    pool: Pool,
    first: list[tuple[str | None, float, int]],
    later: list[tuple[str | None, float, int]],
    sort: Sort,
    limit: int,
    seed: int,
    backward: bool,
    filters: Filters,
) -> None:
    chance = random.Random(seed)
    database_id = uuid4()
    scope = Scope(database_id=database_id, viewing_database_id=database_id)
    async with pool.acquire() as connection:
        there = [await add(connection, person, database_id) for person in first]
        place = Place(sort=sort, limit=100)
        whole = await store.page(connection, scope, filters, place)
        assert sorted(row["candidate_id"] for row in whole.rows) == sorted(there)
        by_skip = [
            row["candidate_id"]
            for skip in range(0, len(there), limit)
            for row in (
                await store.page(connection, scope, filters, Place(sort=sort, skip=skip, limit=limit))
            ).rows
        ]
        assert by_skip == [row["candidate_id"] for row in whole.rows]

        place = Place(sort=sort, limit=limit)
        if backward and whole.rows:
            last = whole.rows[-1]
            end = Cursor(
                sort=sort, direction="prev", value=last[place.order.column], candidate_id=last["candidate_id"]
            )
            place = msgspec.structs.replace(place, cursor=end)
        met: list[UUID] = [whole.rows[-1]["candidate_id"]] if place.cursor else []
        waiting = list(later)
        while True:
            page = await store.page(connection, scope, filters, place)
            ids = [row["candidate_id"] for row in page.rows]
            met = [*ids, *met] if place.is_backward else [*met, *ids]
            while waiting and chance.random() < 0.5:
                await add(connection, waiting.pop(), database_id)
            following, preceding = store.cursors(page, place)
            cursor = preceding if place.is_backward else following
            if cursor is None or not page.has_more:
                break
            assert cursor_of(cursor.encoded(), sort) == cursor
            place = msgspec.structs.replace(place, cursor=cursor)
    assert len(set(met)) == len(met)
    assert [each for each in met if each in there] == by_skip


async def test_links_lead_to_the_next_page_and_back(reading: ReadingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        for day in range(5):
            await add_candidate(
                connection, database_id=ANN.user_id, tags=["a b"], added_at=NOW + timedelta(days=day)
            )
    whole = [each["candidate_id"] for each in await reading.read(ANN, "/candidates")]

    async def follow(path: str, query: str) -> tuple[list[str], dict[str, tuple[str, str]]]:
        answer = await reading.get(ANN, path.removeprefix("/api/resumes"), dict(parse_qsl(query)))
        assert answer.status_code == 200, answer.text
        assert answer.headers["X-Total-Count"] == "5"
        links = re.findall(r'<([^?>]*)\?([^>]*)>; rel="(\w+)"', answer.headers.get("Link", ""))
        return [each["candidate_id"] for each in answer.json()], {rel: (p, q) for p, q, rel in links}

    first, links = await follow("/api/resumes/candidates", "limit=2&tags=a+b&skip=0")
    assert (first, links.keys()) == (whole[:2], {"next"})
    second, links = await follow(*links["next"])
    assert (second, links.keys()) == (whole[2:4], {"next", "prev"})
    third, links = await follow(*links["next"])
    assert (third, links.keys()) == (whole[4:], {"prev"})
    back, links = await follow(*links["prev"])
    assert (back, links.keys()) == (second, {"next", "prev"})
    begin, links = await follow(*links["prev"])
    assert (begin, links.keys()) == (first, {"next"})
    skipped, links = await follow("/api/resumes/candidates", "limit=2&skip=1")
    assert (skipped, links.keys()) == (whole[1:3], {"next", "prev"})
    assert (await follow(*links["prev"]))[0] == whole[:1]


async def test_a_total_over_the_bound_is_an_estimate_and_says_so(
    reading: ReadingApp, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "COUNTED", 2)
    async with pool.acquire() as connection:
        for _ in range(2):
            await add_candidate(connection, database_id=ANN.user_id)
        exact = await reading.get(ANN, "/candidates")
        assert (exact.headers["X-Total-Count"], exact.headers.get("X-Total-Count-Estimated")) == ("2", None)
        await add_candidate(connection, database_id=ANN.user_id)
    for params in (
        {},
        {"q": "engineer", "search": "ada", "min_years": 1, "sort": "name"},
        {"search": "ada", "sort": "-years"},
    ):
        estimated = await reading.get(ANN, "/candidates", params)
        assert int(estimated.headers["X-Total-Count"]) >= 3
        assert estimated.headers["X-Total-Count-Estimated"] == "true"


def encoded(row: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(row)).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "!",
        "AAAA",
        encoded(None),
        encoded(["-added_at", "next", "2026-03-01T12:00:00Z"]),
        encoded(["name", "next", "ada", str(uuid4())]),
        encoded(["-added_at", "sideways", "2026-03-01T12:00:00Z", str(uuid4())]),
        encoded(["-added_at", "next", "yesterday", str(uuid4())]),
        encoded(["-added_at", "next", "2026-03-01T12:00:00", str(uuid4())]),
        encoded(["-added_at", "next", "0001-01-01T00:00:00+14:00", str(uuid4())]),
        encoded(["-added_at", "next", 5, str(uuid4())]),
        encoded(["-added_at", "next", "2026-03-01T12:00:00Z", "1"]),
    ],
)
async def test_a_cursor_that_was_not_given_out_for_the_list_is_refused(
    reading: ReadingApp, cursor: str
) -> None:
    answer = await reading.get(ANN, "/candidates", {"cursor": cursor})
    assert answer.status_code == 400
    assert "cursor" in answer.json()["detail"]


async def test_a_page_begins_at_a_cursor_or_after_so_many_but_not_both(reading: ReadingApp) -> None:
    cursor = encoded(["-added_at", "next", "2026-03-01T12:00:00Z", str(uuid4())])
    assert (await reading.get(ANN, "/candidates", {"cursor": cursor})).status_code == 200
    assert (await reading.get(ANN, "/candidates", {"cursor": cursor, "skip": 1})).status_code == 400


@given(text=st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()), sort=sorts)
def test_whatever_comes_as_a_cursor_is_one_or_is_refused(text: str, sort: Sort) -> None:
    try:
        cursor = cursor_of(text, sort)
    except InvalidCursor:
        return
    assert cursor.sort == sort


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.uuids().map(str) | sorts,
    lambda inner: st.lists(inner, max_size=4),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sort=sorts, value=json | st.datetimes().map(str), direction=st.sampled_from(["next", "prev"]))
async def test_no_cursor_that_is_taken_fails_the_query(
    pool: Pool, sort: Sort, value: object, direction: str
) -> None:
    try:
        cursor = cursor_of(encoded([sort, direction, value, str(uuid4())]), sort)
    except InvalidCursor:
        return
    scope = Scope(database_id=ANN.user_id, viewing_database_id=ANN.user_id)
    async with pool.acquire() as connection:
        await store.page(connection, scope, Filters(), Place(sort=sort, cursor=cursor))


def test_every_order_is_by_a_column_of_its_name() -> None:
    assert ORDERS.keys() == set(get_args(Sort))
    assert all(order.is_descending == sort.startswith("-") for sort, order in ORDERS.items())
