"""What is in the bodies of deliveries: what the webhook's owner may see when they are made."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from support.eventually import eventually
from support.told_notifier import ToldNotifier, happened, match_facts, resume_facts, share_facts

from hotgigs.chassis.database import Pool
from hotgigs.contracts.match_state import match_id_of
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.contracts.webhook_events import EXAMPLE_OF, WebhookEvent
from hotgigs.notifier.happened import Happened
from hotgigs.notifier.rendering import bodies

THEN = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def told(pool: Pool) -> ToldNotifier:
    return ToldNotifier(pool)


class Shared:
    """A candidate of another's, that a recruiter's webhook was to hear of."""

    def __init__(self, told: ToldNotifier, event: WebhookEvent, **grant: Any) -> None:
        self.told = told
        self.event = event
        self.grant = grant

    async def begin(self) -> None:
        told = self.told
        self.recruiter = await told.owner()
        self.webhook_id = await told.listens(self.recruiter)
        self.home = uuid4()
        self.candidate_id = await told.candidate(self.home)
        await told.share(self.candidate_id, self.recruiter, **self.grant)
        self.job_id = await told.job(uuid4())
        facts = share_facts(self.recruiter) if self.event == "candidate.shared" else match_facts()
        self.happened = happened(self.event, facts, candidate_id=self.candidate_id, job_id=self.job_id)
        await told.learns(self.happened)
        await told.fans_out()
        assert len(await told.deliveries(self.webhook_id)) == 1

    async def body(self) -> Any:
        [body] = await self.told.bodies(self.webhook_id)
        return body


async def shared(told: ToldNotifier, event: WebhookEvent, **grant: Any) -> Shared:
    made = Shared(told, event, **grant)
    await made.begin()
    return made


async def test_an_added_candidate_is_told_as_it_is_when_the_body_is_made(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    candidate_id = await told.candidate(owner)
    event = happened("candidate.added", candidate_id=candidate_id, candidate_version=1)
    await told.learns(event)
    await told.fans_out()
    await told.candidate(
        owner, candidate_id=candidate_id, version=2, title="Countess", top_skills=("Looms",), added_at=THEN
    )
    [delivery] = await told.deliveries(webhook_id)
    [body] = await told.bodies(webhook_id)
    assert body.keys() == {"id", "type", "event", "timestamp", "data"}
    assert body["id"] == str(delivery["delivery_id"])
    assert body["type"] == body["event"] == "candidate.added"
    assert datetime.fromisoformat(body["timestamp"]) == event.occurred_at
    assert body["data"] == {
        "event_id": str(event.event_id),
        "version": 2,
        "schema_version": 1,
        "candidate_id": str(candidate_id),
        "full_name": "Ada Byron",
        "email": "countess@example.com",
        "phone": "+44 20 7946 0958",
        "title": "Countess",
        "location": "London",
        "total_experience_years": 7.5,
        "top_skills": ["Looms"],
        "source": "resume_import",
        "added_at": "2026-05-01T00:00:00Z",
    }


async def test_a_match_tells_of_job_candidate_and_scores(told: ToldNotifier) -> None:
    match = await shared(told, "match.created")
    data = (await match.body())["data"]
    assert data["match_id"] == str(match_id_of(match.job_id, match.candidate_id))
    assert (data["job_id"], data["candidate_id"]) == (str(match.job_id), str(match.candidate_id))
    assert (data["job_title"], data["company_name"]) == ("Weaver", "Analytical Engines")
    assert (data["candidate_name"], data["candidate_title"]) == ("Ada Byron", "Analyst")
    assert data["match_score"] == 80.0


async def test_a_resume_is_told_as_of_the_candidate_that_stands(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    survivor_id = await told.candidate(owner)
    merged_id = await told.candidate(owner, survivor_id=survivor_id)
    event = happened(
        "resume.processing.completed", resume_facts(owner), resume_id=uuid4(), candidate_id=merged_id
    )
    await told.learns(event)
    await told.fans_out()
    [body] = await told.bodies(webhook_id)
    assert body["data"]["candidate_id"] == str(survivor_id)
    assert body["data"]["resume_id"] == str(event.resume_id)


async def test_without_the_permission_the_contact_of_the_whole_group_is_hidden(told: ToldNotifier) -> None:
    share = await shared(told, "candidate.shared", can_view_contact_info=False)
    merged_id = await told.candidate(
        share.home, survivor_id=share.candidate_id, email="enchantress@b.example"
    )
    await told.resume_says(merged_id, phone="+46 31 555 01 23")
    await told.candidate(
        share.home,
        candidate_id=share.candidate_id,
        version=2,
        title="Analyst, known as enchantress",
        top_skills=("Looms", "ends in 550123", "countess @ example.com"),
    )
    data = (await share.body())["data"]
    assert (data["email"], data["phone"], data["can_view_contact_info"]) == (None, None, False)
    assert data["title"] == "Analyst, known as [hidden]"
    assert data["top_skills"] == ["Looms", "ends in [hidden]", "[hidden]"]


async def test_who_may_not_see_the_contact_any_more_is_not_shown_what_it_became_afterwards(
    told: ToldNotifier,
) -> None:
    share = await shared(told, "candidate.shared")
    async with told.pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE jobs")  # which are read after it is known who may see what
        body = asyncio.create_task(share.body())

        async def waits_for_jobs() -> bool:
            return bool(
                await told.pool.fetchval(
                    "SELECT count(*) FROM pg_locks WHERE relation = 'jobs'::regclass AND NOT granted"
                )
            )

        await eventually(waits_for_jobs)
        await told.share(share.candidate_id, share.recruiter, version=2, can_view_contact_info=False)
        await told.candidate(
            share.home, candidate_id=share.candidate_id, version=2, email="enchantress@b.example"
        )
    assert (await body)["data"]["email"] == "countess@example.com"


async def test_an_admin_is_told_of_a_share_what_the_recruiter_sees(told: ToldNotifier) -> None:
    admin_hears = await told.listens(await told.owner("admin"))
    share = await shared(told, "candidate.shared", can_view_contact_info=False)
    [of_admin] = await told.bodies(admin_hears)
    assert of_admin["data"] == (await share.body())["data"]


Change = Callable[[ToldNotifier, Shared], Awaitable[object]]
ENDS: dict[str, Change] = {
    "the share is revoked": lambda told, seen: told.share(
        seen.candidate_id, seen.recruiter, version=2, is_revoked=True
    ),
    "the candidate is gone": lambda told, seen: told.pool.execute("DELETE FROM candidates"),
    "the survivor is gone": lambda told, seen: told.candidate(
        seen.home, candidate_id=seen.candidate_id, survivor_id=uuid4()
    ),
    "the owner is suspended": lambda told, seen: told.owner(user_id=seen.recruiter, is_active=False),
    "the owner is a recruiter no more": lambda told, seen: told.owner("candidate", user_id=seen.recruiter),
    "the owner is not known": lambda told, seen: told.pool.execute("DELETE FROM owners"),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("event", ["candidate.shared", "match.created"])
async def test_what_the_owner_may_see_no_more_is_withheld(
    told: ToldNotifier, event: WebhookEvent, end: str
) -> None:
    seen = await shared(told, event)
    assert await seen.body() is not None
    await ENDS[end](told, seen)
    assert await seen.body() is None


async def test_a_match_is_withheld_when_the_candidate_was_merged_or_the_job_deleted_and_not_when_it_closed(
    told: ToldNotifier,
) -> None:
    match = await shared(told, "match.created")
    await told.pool.execute("UPDATE jobs SET is_open = false, version = 2")
    assert await match.body() is not None
    survivor_id = await told.candidate(match.home)
    await told.candidate(match.home, candidate_id=match.candidate_id, version=2, survivor_id=survivor_id)
    assert await match.body() is None
    await told.candidate(match.home, candidate_id=match.candidate_id, version=3)
    assert await match.body() is not None
    await told.pool.execute("DELETE FROM jobs")
    assert await match.body() is None


async def test_the_owner_of_a_job_sees_who_lets_himself_be_found_for_as_long_as_he_does(
    told: ToldNotifier,
) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    job_id = await told.job(owner)
    candidate_id = await told.candidate(
        MASTER_DATABASE_ID, user_id=uuid4(), title="Analyst, countess@example.com"
    )
    await told.consent(candidate_id)
    await told.learns(happened("match.created", candidate_id=candidate_id, job_id=job_id))
    await told.fans_out()
    [body] = await told.bodies(webhook_id)
    assert body["data"]["candidate_title"] == "Analyst, [hidden]"
    await told.consent(candidate_id, can_be_found=False)
    assert await told.bodies(webhook_id) == [None]
    await told.share(candidate_id, owner)
    [body] = await told.bodies(webhook_id)
    assert body["data"]["candidate_title"] == "Analyst, countess@example.com"


async def test_the_contact_is_hidden_from_the_moment_that_the_permission_ends(told: ToldNotifier) -> None:
    share = await shared(told, "candidate.shared")
    assert (await share.body())["data"]["email"] == "countess@example.com"
    await told.share(share.candidate_id, share.recruiter, version=2, can_view_contact_info=False)
    assert (await share.body())["data"]["email"] is None


async def test_a_batch_tells_what_remains_of_it_and_nothing_is_withheld(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, is_batched=True)
    job_id = await told.job(owner)
    ids = [await told.candidate(owner) for _ in range(3)]
    events = [
        happened(
            "match.created", candidate_id=each, job_id=job_id, occurred_at=THEN + timedelta(hours=number)
        )
        for number, each in enumerate(ids)
    ]
    await told.pool.execute("UPDATE webhooks SET created_at = $1", THEN)
    await told.learns(*events)
    await told.fans_out()

    async def items() -> Any:
        [body] = await told.bodies(webhook_id)
        return body and (body["timestamp"], [each["candidate_id"] for each in body["data"]["items"]])

    assert await items() == ("2026-05-01T02:00:00Z", [str(each) for each in ids])
    await told.candidate(uuid4(), candidate_id=ids[2], version=2)
    assert await items() == ("2026-05-01T01:00:00Z", [str(each) for each in ids[:2]])
    await told.pool.execute("DELETE FROM events WHERE candidate_id = $1", ids[0])
    assert await items() == ("2026-05-01T01:00:00Z", [str(ids[1])])
    await told.pool.execute("UPDATE owners SET is_active = false")
    assert await items() is None


@pytest.mark.parametrize("event", EXAMPLE_OF)
async def test_a_test_event_tells_the_example(told: ToldNotifier, event: WebhookEvent) -> None:
    webhook_id = await told.listens(await told.owner())
    now = datetime.now(UTC)
    delivery_id = uuid4()
    await told.put(
        "deliveries",
        delivery_id=delivery_id,
        webhook_id=webhook_id,
        version=1,
        event=event,
        is_test=True,
        is_batch=False,
        is_open=False,
        status="pending",
        attempt_count=0,
        scheduled_count=0,
        created_at=now,
    )
    [body] = await told.bodies(webhook_id)
    assert (body["id"], body["event"]) == (str(delivery_id), event)
    assert datetime.fromisoformat(body["timestamp"]) == now
    assert body["data"]["event_id"] == str(EXAMPLE_OF[event].event_id)


async def test_a_delivery_that_is_gone_has_no_body(told: ToldNotifier) -> None:
    share = await shared(told, "candidate.shared")
    [delivery] = await told.deliveries()
    async with told.pool.acquire() as connection:
        made = await bodies(connection, [delivery["delivery_id"], uuid4()])
    assert made.keys() == {delivery["delivery_id"]}
    assert await share.body() is not None


async def test_bodies_of_many_take_no_more_queries_than_those_of_one(told: ToldNotifier) -> None:
    owner = await told.owner()
    await told.listens(owner)
    job_id = await told.job(owner)
    events: list[Happened] = [
        happened("match.created", candidate_id=await told.candidate(owner), job_id=job_id) for _ in range(20)
    ]
    await told.learns(*events)
    await told.fans_out()
    ids: list[UUID] = [each["delivery_id"] for each in await told.deliveries()]
    counts = []
    for asked in (ids[:1], ids):
        queries: list[str] = []
        async with told.pool.acquire() as connection:
            with connection.query_logger(lambda record, seen=queries: seen.append(record.query)):
                assert len(await bodies(connection, asked)) == len(asked)
        counts.append(len(queries))
    assert counts[0] == counts[1] > 0
