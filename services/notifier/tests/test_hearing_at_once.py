"""Several processes hear at the same time, from all queues, beside those who tell webhooks of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from support.heard_by_notifier import (
    NOW,
    OWNER,
    added,
    an_id,
    candidate,
    completed,
    computed,
    consented,
    erased,
    failed,
    granted,
    handle,
    job,
    match,
    removed,
    revoked,
    tell,
    tell_together,
)
from support.notifier_service import NotifierService

from hotgigs.chassis import database
from hotgigs.chassis.database import Connection
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier import fan_out
from hotgigs.notifier.happening import match_created

ALL: tuple[WebhookEvent, ...] = (
    "resume.processing.completed",
    "resume.processing.failed",
    "candidate.added",
    "candidate.shared",
    "match.created",
)
TABLES = ("candidates", "resume_contacts", "access", "consents", "events")
OF_ADA = (
    added("ada"),
    CandidateUpdatedV1(candidate=candidate("ada", version=2)),
    completed("ada"),
    failed("ada", attempt=2),
    BatchReceivedV1(
        batch_id=an_id("batch"),
        owner_user_id=OWNER.user_id,
        created_at=NOW,
        resumes=(failed("ada", attempt=3).resume,),
    ),
    granted("ada"),
    revoked("ada"),
    consented("ada"),
    computed(match("ada")),
)


@pytest.fixture
async def webhook_id(notifier: NotifierService) -> UUID:
    return await notifier.adds(OWNER, events=ALL)


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[NotifierService]:
    """Another process."""
    pool = await database.open_pool(database_url, schema="notifier", max_size=8)
    yield NotifierService(pool, database_url)
    pool.terminate()


async def while_uncommitted(
    notifier: NotifierService, other: NotifierService, first: Message, second: Message
) -> None:
    """``second`` is heard while ``first`` has been and has not committed yet."""
    async with asyncio.TaskGroup() as hearing, notifier.units_of_work.begin() as uow:
        await handle(uow, first)
        waiting = hearing.create_task(tell(other.units_of_work, second))
        while not (waiting.done() or await waits(notifier)):
            pass


async def waits(notifier: NotifierService) -> bool:
    """Whether anybody waits for a lock."""
    return bool(await notifier.pool.fetchval("SELECT true FROM pg_locks WHERE NOT granted LIMIT 1"))


async def is_empty(notifier: NotifierService, *tables: str) -> None:
    for table in tables:
        assert not await notifier.pool.fetchval(f"SELECT count(*) FROM {table}"), table


@pytest.mark.parametrize("told", OF_ADA, ids=lambda told: type(told).__name__)
@pytest.mark.parametrize("is_erased_first", [True, False])
async def test_nothing_of_who_is_erased_at_the_same_time_stays(
    notifier: NotifierService,
    other: NotifierService,
    webhook_id: UUID,
    told: Message,
    is_erased_first: bool,
) -> None:
    first, second = (erased("ada"), told) if is_erased_first else (told, erased("ada"))
    await while_uncommitted(notifier, other, first, second)
    await is_empty(notifier, *TABLES)


@pytest.mark.parametrize("told", [JobPostedV1(job=job("job")), computed(match("ada"))], ids=["job", "match"])
@pytest.mark.parametrize("is_deleted_first", [True, False])
async def test_nothing_of_a_job_that_is_deleted_at_the_same_time_stays(
    notifier: NotifierService,
    other: NotifierService,
    webhook_id: UUID,
    told: Message,
    is_deleted_first: bool,
) -> None:
    deleted = JobDeletedV1(job_id=an_id("job"))
    first, second = (deleted, told) if is_deleted_first else (told, deleted)
    await while_uncommitted(notifier, other, first, second)
    await is_empty(notifier, "jobs", "events")


async def test_those_who_hear_of_others_do_not_wait_for_each_other(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID
) -> None:
    async with notifier.units_of_work.begin() as uow:
        await handle(uow, added("ada"))
        for told in (added("bob"), granted("ada"), completed("ada"), computed(match("ada"))):
            await tell(other.units_of_work, told)


async def fans_out(connection: Connection, webhook_id: UUID) -> None:
    """What waits, to the webhook, each event in a delivery of its own; as fan-out does until it commits."""
    await connection.execute(
        "WITH found AS MATERIALIZED ("
        "  SELECT * FROM events WHERE fanned_out_at IS NULL ORDER BY number FOR NO KEY UPDATE SKIP LOCKED"
        " ), made AS ("
        "  INSERT INTO deliveries (delivery_id, webhook_id, event, created_at, next_attempt_at)"
        "  SELECT event_id, $1, event, now(), now() FROM found RETURNING delivery_id"
        " ), told AS ("
        "  INSERT INTO told_matches SELECT $1, job_id, candidate_id, version FROM found"
        "  WHERE event = 'match.created' ORDER BY job_id, candidate_id ON CONFLICT DO NOTHING"
        " ), done AS ("
        "  UPDATE events SET fanned_out_at = now() WHERE event_id IN (SELECT event_id FROM found)"
        " ) SELECT 1 FROM made",
        webhook_id,
    )
    await connection.execute(
        "INSERT INTO delivered_events SELECT delivery_id, delivery_id, 1 FROM deliveries"
        " WHERE delivery_id IN (SELECT event_id FROM events) ON CONFLICT DO NOTHING"
    )


async def while_fanned_out(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID, told: Message
) -> None:
    """``told`` is heard while what waits is found to be the webhook's and has not committed yet."""
    async with asyncio.TaskGroup() as hearing, notifier.units_of_work.begin() as uow:
        await fans_out(uow.connection, webhook_id)
        waiting = hearing.create_task(tell(other.units_of_work, told))
        while not (waiting.done() or await waits(notifier)):
            pass


async def test_a_delivery_that_is_made_while_the_candidate_is_erased_is_gone_with_them(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, *OF_ADA)
    await while_fanned_out(notifier, other, webhook_id, erased("ada"))
    await is_empty(notifier, *TABLES, "deliveries", "told_matches", "delivered_events")


@pytest.mark.parametrize(
    "told", [removed("ada", version=5), match("ada", version=7, made=1)], ids=["removed", "made again"]
)
async def test_a_match_that_is_told_while_it_ends_is_forgotten_to_have_been_told(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID, told: Any
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", version=3)))
    await while_fanned_out(notifier, other, webhook_id, computed(told))
    await is_empty(notifier, "told_matches")


async def test_a_match_that_is_better_while_it_is_told_is_told_to_others(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada", score=60.0)))
    await while_fanned_out(notifier, other, webhook_id, computed(match("ada", version=2, score=90.0)))
    rows = await notifier.pool.fetch("SELECT version FROM events WHERE fanned_out_at IS NULL")
    assert [row["version"] for row in rows] == [2]


NAMES = [f"candidate {number}" for number in range(6)]
FIRST_AND_AGAIN: dict[str, tuple[str, Sequence[Message], Sequence[Message]]] = {
    "candidates": (
        "candidate_id",
        [CandidateUpdatedV1(candidate=candidate(name)) for name in NAMES],
        [CandidateUpdatedV1(candidate=candidate(name, version=2)) for name in NAMES],
    ),
    "resume_contacts": (
        "resume_id",
        [completed(name, version=2) for name in NAMES],
        [completed(name, version=3) for name in NAMES],
    ),
    "access": (
        "candidate_id",
        [granted(*NAMES)],
        [revoked(name) for name in NAMES],
    ),
    "consents": (
        "candidate_id",
        [consented(name) for name in NAMES],
        [consented(name, version=2) for name in NAMES],
    ),
    "jobs": (
        "job_id",
        [JobUpdatedV1(job=job(name)) for name in NAMES],
        [JobUpdatedV1(job=job(name, version=2)) for name in NAMES],
    ),
    "events": (
        "event_id",
        [computed(match(name)) for name in NAMES],
        [computed(match(name, version=2)) for name in NAMES],
    ),
}


@pytest.mark.parametrize("table", FIRST_AND_AGAIN)
async def test_who_waits_for_a_row_holds_none_that_comes_later(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID, table: str
) -> None:
    key, first, again = FIRST_AND_AGAIN[table]
    await tell_together(notifier.units_of_work, *first)
    ids = [row[key] for row in await notifier.pool.fetch(f"SELECT {key} FROM {table} ORDER BY {key}")]
    assert len(ids) == len(NAMES)

    async def hear_backwards() -> None:
        """The last row first."""
        await tell_together(other.units_of_work, *sorted(again, key=key_of, reverse=True))

    async with asyncio.TaskGroup() as hearing, notifier.pool.acquire() as holder, holder.transaction():
        await holder.execute(f"SELECT FROM {table} WHERE {key} = $1 FOR UPDATE", ids[0])
        hearing.create_task(hear_backwards())
        while not await waits(notifier):
            pass
        await notifier.pool.execute(f"SELECT FROM {table} WHERE {key} <> $1 FOR UPDATE NOWAIT", ids[0])


def key_of(told: Message) -> UUID:
    """What its row is sorted by, or its event."""
    match told:
        case MatchesComputedV1():
            return match_created(told.matches[0]).event_id
        case _:
            return UUID(told.subject)


async def test_words_on_matches_are_heard_one_after_the_other(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID
) -> None:
    async with asyncio.TaskGroup() as hearing, notifier.units_of_work.begin() as uow:
        await handle(uow, computed(match("ada")))
        waiting = hearing.create_task(tell(other.units_of_work, computed(removed("bob"))))
        while not await waits(notifier):
            assert not waiting.done()


async def test_many_hear_from_all_queues_at_once_and_nobody_waits_in_a_circle(
    notifier: NotifierService, other: NotifierService, webhook_id: UUID
) -> None:
    names = [f"candidate {number}" for number in range(40)]
    mirrored = (names, names[::-1])
    work: list[Sequence[Message]] = []
    for turn in range(4):
        order = mirrored[turn % 2]
        work += [
            [added(name) for name in order],
            [CandidateUpdatedV1(candidate=candidate(name, version=turn + 2)) for name in order],
            [granted(*order[:20], version=turn + 1), granted(*order[20:], version=turn + 1)],
            [consented(name, version=turn + 1) for name in order],
            [completed(name, version=turn + 2) for name in order],
            [JobPostedV1(job=job(of, version=turn + 1)) for of in ("job", "another")],
            [
                computed(*(match(name, of=of, version=2 * turn + 1, score=50.0 + turn) for name in order))
                for of in ("job", "another")
            ],
            [computed(*(removed(name, version=2 * turn) for name in order[:10]))],
            [erased(f"other {turn}")],
            [JobDeletedV1(job_id=an_id(f"other job {turn}"))],
        ]

    async def hear(at: int, told: Sequence[Message]) -> None:
        await tell_together((notifier, other)[at % 2].units_of_work, *told)

    async def fan_out_some(at: int) -> None:
        of = (notifier, other)[at % 2]
        await fan_out.step(of.units_of_work, of.resources.settings)

    await asyncio.gather(*(hear(at, told) for at, told in enumerate(work)), *map(fan_out_some, range(10)))
    versions = await notifier.pool.fetch("SELECT DISTINCT version FROM candidates")
    assert [row["version"] for row in versions] == [5]
    counted = await notifier.pool.fetch("SELECT event, count(*) FROM events GROUP BY event ORDER BY event")
    assert [tuple(row) for row in counted] == [
        ("candidate.added", 40),
        ("candidate.shared", 160),
        ("match.created", 80),
        ("resume.processing.completed", 40),
    ]
