"""Several gateways project at the same time, from all queues."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import msgspec
import pytest
from told import FRIEND, HOME, NOW, an_id, candidate, entry, erasure, grant, note, resume, tell, tell_together
from told_by_drive_sync import changed, file_error, progressed
from told_by_matcher import computed, job, match, run, viewed
from told_by_notifier import changed as webhook_changed
from told_by_notifier import delivery, tried

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool
from hotgigs.contracts.candidate_state import TagState
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.matcher.similar_found import SimilarCandidate, SimilarFoundV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway.locks import lock

NAME = "ada"
ADDED = CandidateAddedV1(candidate=candidate(NAME, summary="ada.old84"))
TAGGED = TagsChangedV1(
    candidate_id=an_id(NAME),
    database_id=HOME,
    tagging_database_id=HOME,
    tags=(TagState(tag="red", version=1),),
)
HIDDEN = AccessGrantedV1(grants=(grant(NAME, contact=False),))
COMPLETED = ResumeCompletedV2(
    resume=resume(NAME, version=2), data=ResumeData(email="ada.old84@mail.example", full_name="Bo")
)
ERASED = CandidateErasedV1(erasure=erasure(NAME, related=[note(NAME).note_id, an_id("batch")]))
PROGRESSED = ParseProgressedV1(
    resume_id=resume(NAME).resume_id, attempt=1, sequence=1, percentage=5, step="Reading", started_at=NOW
)
BATCH = BatchReceivedV1(batch_id=an_id("batch"), owner_user_id=an_id("owner"), created_at=NOW, resumes=())
MATCHED, LOOKED_AT = computed(match(NAME)), viewed(NAME)
RUN = MatchingProgressedV1(run=run(NAME, about=NAME))
FOUND = SimilarFoundV1(
    command_id=an_id("question"),
    candidates=(SimilarCandidate(candidate_id=an_id(NAME), similarity=90.0),),
)
DELIVERED = tried(NAME)
DELIVERED_OF_RESUME = tried("other", candidate_ids=(), resume_ids=(resume(NAME).resume_id,))
OF_IT = [
    *(ADDED, TAGGED, HIDDEN, COMPLETED, NoteAddedV1(note=note(NAME)), PROGRESSED, BATCH),
    *(MATCHED, LOOKED_AT, RUN, DELIVERED, DELIVERED_OF_RESUME),
]
OF_MATCHES = ("matches", "match_views", "matching_runs")
TABLES = (
    *("candidates", "entries", "access", "notes", "tags", "resumes", "resume_progress", "batches"),
    *OF_MATCHES,
    "webhook_deliveries",
)


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Pool]:
    """Another gateway's."""
    pool = await database.open_pool(database_url, schema="gateway", max_size=4)
    yield pool
    pool.terminate()


async def while_uncommitted(pool: Pool, other: Pool, first: Event, second: Event) -> None:
    """``second`` is projected while ``first`` has been and has not committed yet."""
    async with pool.acquire() as one, other.acquire() as two:
        held = one.transaction()
        await held.start()
        await tell(one, first)
        pid = two.get_server_pid()
        waiting = asyncio.create_task(tell(two, second))
        waits = "SELECT true FROM pg_locks WHERE pid = $1 AND NOT granted"
        while not (waiting.done() or await pool.fetchval(waits, pid)):
            pass
        await held.commit()
        await waiting


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ADDED, TAGGED),
        (TAGGED, ADDED),
        (ADDED, HIDDEN),
        (HIDDEN, ADDED),
        (HIDDEN, TAGGED),
        (COMPLETED, HIDDEN),
        (HIDDEN, COMPLETED),
        (COMPLETED, ADDED),
    ],
    ids=lambda event: type(event).__name__,
)
async def test_what_two_tell_of_one_candidate_at_once_is_all_shown(
    pool: Pool, other: Pool, first: Event, second: Event
) -> None:
    async with pool.acquire() as connection:
        await tell(connection, *(e for e in (ADDED, TAGGED, HIDDEN, COMPLETED) if e not in (first, second)))
    await while_uncommitted(pool, other, first, second)
    async with pool.acquire() as connection:
        own = await entry(connection, HOME, an_id(NAME))
        shared = await entry(connection, FRIEND.database_id, an_id(NAME))
    assert own is not None
    assert shared is not None
    assert (own["tags"], shared["profile"]["summary"]) == (["red"], "[hidden]")


@pytest.mark.parametrize("late", OF_IT)
async def test_nothing_comes_in_beside_an_erasure_that_is_about_to_commit(
    pool: Pool, other: Pool, late: Event
) -> None:
    await while_uncommitted(pool, other, ERASED, late)
    async with pool.acquire() as connection:
        for table in TABLES:
            assert not await connection.fetchval(f"SELECT count(*) FROM {table}"), table


@pytest.mark.parametrize("early", OF_IT)
async def test_an_erasure_finds_what_is_about_to_commit(pool: Pool, other: Pool, early: Event) -> None:
    await while_uncommitted(pool, other, early, ERASED)
    async with pool.acquire() as connection:
        for table in TABLES:
            assert not await connection.fetchval(f"SELECT count(*) FROM {table}"), table


@pytest.mark.parametrize(("first", "second"), [(FOUND, ERASED), (ERASED, FOUND)])
async def test_no_answer_tells_of_who_is_erased_meanwhile(
    pool: Pool, other: Pool, first: Event, second: Event
) -> None:
    await while_uncommitted(pool, other, first, second)
    async with pool.acquire() as connection:
        answers = await connection.fetch("SELECT answer FROM matching_answers")
    assert [row["answer"]["candidates"] for row in answers] in ([], [[]])


@pytest.mark.parametrize("told", [MATCHED, LOOKED_AT, MatchingProgressedV1(run=run(NAME))])
@pytest.mark.parametrize("is_deleted_first", [True, False])
async def test_nothing_of_a_job_that_is_deleted_at_the_same_time_stays(
    pool: Pool, other: Pool, told: Event, is_deleted_first: bool
) -> None:
    deleted = JobDeletedV1(job_id=an_id("job"))
    await while_uncommitted(pool, other, *((deleted, told) if is_deleted_first else (told, deleted)))
    async with pool.acquire() as connection:
        for table in OF_MATCHES:
            assert not await connection.fetchval(f"SELECT count(*) FROM {table}"), table


@pytest.mark.parametrize("is_closed_first", [True, False])
async def test_no_match_of_a_job_that_is_closed_at_the_same_time_stays(
    pool: Pool, other: Pool, is_closed_first: bool
) -> None:
    async with pool.acquire() as connection:
        await tell(connection, JobPostedV1(job=job("job")))
    closed = JobUpdatedV1(job=job("job", version=2, status="closed", matches_since=2))
    await while_uncommitted(pool, other, *((closed, MATCHED) if is_closed_first else (MATCHED, closed)))
    async with pool.acquire() as connection:
        assert not await connection.fetchval("SELECT count(*) FROM matches")


@pytest.mark.parametrize("is_erased_first", [True, False])
async def test_no_run_names_a_resume_that_is_erased_at_the_same_time(
    pool: Pool, other: Pool, is_erased_first: bool
) -> None:
    errors = (file_error("lost"), file_error(NAME, is_of_a_resume=True))
    told = progressed("first", errors=errors, error_count=2)
    await while_uncommitted(pool, other, *((ERASED, told) if is_erased_first else (told, ERASED)))
    async with pool.acquire() as connection:
        row = await connection.fetchrow("SELECT errors, error_count FROM drive_runs")
    assert row is not None
    assert ([error["file_id"] for error in row["errors"]], row["error_count"]) == (["file_lost"], 1)


@pytest.mark.parametrize("told", [changed("sync"), progressed("first")])
@pytest.mark.parametrize("is_deleted_first", [True, False])
async def test_nothing_of_a_sync_that_is_deleted_at_the_same_time_stays(
    pool: Pool, other: Pool, told: Event, is_deleted_first: bool
) -> None:
    deleted = DriveSyncDeletedV1(sync_id=an_id("sync"))
    await while_uncommitted(pool, other, *((deleted, told) if is_deleted_first else (told, deleted)))
    async with pool.acquire() as connection:
        for table in ("drive_syncs", "drive_runs"):
            assert not await connection.fetchval(f"SELECT count(*) FROM {table}"), table


@pytest.mark.parametrize("told", [webhook_changed("webhook"), tried("first")])
@pytest.mark.parametrize("is_deleted_first", [True, False])
async def test_nothing_of_a_webhook_that_is_deleted_at_the_same_time_stays(
    pool: Pool, other: Pool, told: Event, is_deleted_first: bool
) -> None:
    deleted = WebhookDeletedV1(webhook_id=an_id("webhook"))
    await while_uncommitted(pool, other, *((deleted, told) if is_deleted_first else (told, deleted)))
    async with pool.acquire() as connection:
        for table in ("webhooks", "webhook_deliveries"):
            assert not await connection.fetchval(f"SELECT count(*) FROM {table}"), table


async def test_many_tell_of_the_same_deliveries_at_once(pool: Pool, other: Pool) -> None:
    """In whatever order, none of them waits for another in a circle."""
    names = [f"delivery {number}" for number in range(50)]
    told = [
        DeliveriesChangedV1(
            deliveries=tuple(
                delivery(name, of=f"webhook {name[-1]}", version=version)
                for name in (names if version % 2 else names[::-1])
            )
        )
        for version in range(1, 9)
    ]

    async def project(pool: Pool, event: Event) -> None:
        async with pool.acquire() as connection:
            await tell(connection, event)

    await asyncio.gather(*(project((pool, other)[at % 2], event) for at, event in enumerate(told)))
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT version FROM webhook_deliveries")
    assert [row["version"] for row in rows] == [8] * len(names)


async def test_many_tell_of_the_same_matches_at_once(pool: Pool, other: Pool) -> None:
    """In whatever order, none of them waits for another in a circle."""
    names = [f"candidate {number}" for number in range(60)]
    told = [
        computed(*(match(name, version=version) for name in (names if version % 2 else names[::-1])))
        for version in range(1, 9)
    ]

    async def project(pool: Pool, event: Event) -> None:
        async with pool.acquire() as connection:
            await tell(connection, event)

    await asyncio.gather(*(project((pool, other)[at % 2], event) for at, event in enumerate(told)))
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT version FROM matches")
    assert [row["version"] for row in rows] == [8] * len(names)


async def test_many_projections_of_several_databases_at_once_end_with_all_of_it(
    pool: Pool, other: Pool
) -> None:
    """None of them waits for another in a circle."""
    names = [f"candidate {number}" for number in range(12)]
    homes = {name: an_id(f"home {number % 3}") for number, name in enumerate(names)}

    def at_home(name: str, version: int) -> Any:
        return msgspec.structs.replace(candidate(name, version=version), database_id=homes[name])

    batches: list[list[Event]] = [
        [CandidateAddedV1(candidate=at_home(name, 1)) for name in names],
        [CandidateUpdatedV1(candidate=at_home(name, 3)) for name in reversed(names)],
        [CandidateUpdatedV1(candidate=at_home(name, 2)) for name in names],
        *(
            [
                TagsChangedV1(
                    candidate_id=an_id(name),
                    database_id=homes[name],
                    tagging_database_id=homes[name],
                    tags=(TagState(tag=tag, version=1),),
                )
                for name in (names if tag < "c" else reversed(names))
            ]
            for tag in "abcd"
        ),
    ]

    async def project(pool: Pool, batch: list[Event]) -> None:
        async with pool.acquire() as connection:
            await tell_together(connection, batch)

    projecting: list[Coroutine[Any, Any, None]] = [
        project((pool, other)[at % 2], batch) for at, batch in enumerate(batches)
    ]
    await asyncio.gather(*projecting)
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT tags FROM entries")
        versions = await connection.fetch("SELECT version FROM candidates")
    assert [row["tags"] for row in rows] == [list("abcd")] * len(names)
    assert {row["version"] for row in versions} == {3}


async def test_a_rebuild_does_not_wait_for_those_who_project(pool: Pool, other: Pool) -> None:
    async with pool.acquire() as one, other.acquire() as two, one.transaction(), two.transaction():
        await lock(one, [HOME])
        await two.execute("SET LOCAL search_path TO pg_temp, gateway")
        await lock(two, [HOME])
