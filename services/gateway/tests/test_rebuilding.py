"""Everything that the others tell again makes the same read models again."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import nullcontext
from typing import Any

import pytest
from sqlalchemy import MetaData
from test_drive_projections import END as END_OF_SYNCS
from test_drive_projections import STORY as STORY_OF_SYNCS
from test_match_projections import END as END_OF_MATCHES
from test_match_projections import STORY as STORY_OF_MATCHES
from test_projections_in_any_order import END, STORY
from test_webhook_projections import END as END_OF_WEBHOOKS
from test_webhook_projections import STORY as STORY_OF_WEBHOOKS
from told import NOW, READ_MODELS, an_id, shown, tell

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.rebuild import rebuild
from hotgigs.chassis.service import Service
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.contracts.registry import type_of
from hotgigs.gateway.service import service

NOT_TOLD_AGAIN = (
    ParseProgressedV1,
    ParsesForgottenV1,
    MatchesForgottenV1,
    DriveFilesForgottenV1,
    NotificationsForgottenV1,
)
EVENTS = (
    *(*STORY, *END),
    *(*STORY_OF_MATCHES, *END_OF_MATCHES),
    *(*STORY_OF_SYNCS, *END_OF_SYNCS),
    *(*STORY_OF_WEBHOOKS, *END_OF_WEBHOOKS),
)

Rebuild = Callable[..., Awaitable[dict[str, tuple[int, int, int]]]]


@pytest.fixture
def rebuilt(database_url: str) -> Rebuild:
    """What a rebuild found in each table that was wrong: missing, different, left over."""

    def owner(name: str) -> Service[Any, Any]:
        package = name.replace("-", "_")

        async def public_state(_: Connection, since: int) -> AsyncIterator[Event]:
            for event in EVENTS if since == 0 else ():
                if type_of(type(event)).publisher == package and not isinstance(event, NOT_TOLD_AGAIN):
                    yield event

        return Service(
            name=name,
            package=f"hotgigs.{package}",
            settings=Settings,
            metadata=MetaData(),
            public_state=public_state,
            resources=nullcontext,
        )

    async def run(**options: bool) -> dict[str, tuple[int, int, int]]:
        owners = [service, *map(owner, ("ingest", "matcher", "drive-sync", "notifier"))]
        found = await rebuild(service, owners, Settings(), database_url, **options)
        return {
            each.table: (each.missing, each.different, each.left_over) for each in found if not each.is_none
        }

    return run


async def test_what_heard_everything_is_as_what_is_rebuilt(pool: Pool, rebuilt: Rebuild) -> None:
    async with pool.acquire() as connection:
        await tell(connection, *EVENTS)
        before = await shown(connection)
        assert await rebuilt(only_check=True) == {}
        assert await shown(connection) == before


async def test_what_has_nothing_gets_all_of_it_but_what_is_not_told_again(
    pool: Pool, rebuilt: Rebuild
) -> None:
    async with pool.acquire() as connection:
        whole = connection.transaction()
        await whole.start()
        await tell(connection, *EVENTS)
        expected = await shown(connection)
        await whole.rollback()
        found = await rebuilt()
        now = await shown(connection)
    assert set(found) == {table for table, rows in expected.items() if rows}
    expected["erasure_confirmations"] = [
        row for row in expected["erasure_confirmations"] if row["service"] == "ingest"
    ]
    assert now == expected


async def test_what_is_wrong_is_made_right(pool: Pool, rebuilt: Rebuild) -> None:
    async with pool.acquire() as connection:
        await tell(connection, *EVENTS)
        before = await shown(connection)
        await connection.execute("DELETE FROM tags")
        await connection.execute("UPDATE entries SET search = '', find_key = ''")
        await connection.execute("UPDATE access SET is_revoked = false")
        await connection.execute("DELETE FROM tombstones")
        found = await rebuilt()
        assert await shown(connection) == before
    count = {table: len(rows) for table, rows in before.items()}
    assert found == {
        "tags": (count["tags"], 0, 0),
        "entries": (0, count["entries"], 0),
        "access": (0, 1, 0),
        "tombstones": (count["tombstones"], 0, 0),
    }


async def test_what_the_gateway_itself_says_stays(pool: Pool, rebuilt: Rebuild) -> None:
    async with pool.acquire() as connection:
        await tell(connection, *EVENTS)
        await connection.execute(
            "INSERT INTO activities (activity_id, kind, actor_role, at, is_private, fields, tags, user_id)"
            " VALUES ($1, 'role_changed', 'admin', $2, false, '{}', '{}', $1)",
            an_id("an admin's act"),
            NOW,
        )
        before = await shown(connection)
        assert await rebuilt() == {}
        assert await shown(connection) == before


def test_every_table_that_is_told_of_is_rebuilt_in_the_order_of_writing() -> None:
    assert list(READ_MODELS) == [
        "tombstones",
        "erasures",
        "erasure_confirmations",
        "batches",
        "resumes",
        "candidates",
        "access",
        "notes",
        "tags",
        "activities",
        "views",
        "submissions",
        "consents",
        "entries",
        "jobs",
        "matches",
        "match_views",
        "matching_runs",
        "drive_syncs",
        "drive_runs",
        "webhooks",
        "webhook_deliveries",
    ]
