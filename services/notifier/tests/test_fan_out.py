"""Who hears of what happened, and in which deliveries."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from support.eventually import eventually
from support.notifier_service import deliveries_in
from support.told_notifier import (
    ToldNotifier,
    happened,
    is_blocked,
    match_facts,
    matches,
    resume_facts,
    share_facts,
)

from hotgigs.chassis.database import Pool
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.notifier.happened import delivery_id_of


@pytest.fixture
def told(pool: Pool, database_url: str) -> ToldNotifier:
    return ToldNotifier(pool, database_url)


async def test_each_that_may_see_it_and_asked_for_it_hears_it_in_a_delivery_that_is_due(
    told: ToldNotifier,
) -> None:
    owner, other, admin = await told.owner(), await told.owner(), await told.owner("admin")
    hearing = [await told.listens(owner), await told.listens(owner), await told.listens(admin)]
    await told.listens(other)
    await told.listens(owner, "candidate.added")
    event = happened("resume.processing.completed", resume_facts(owner), resume_id=uuid4())
    await told.learns(event)
    assert await told.fans_out() == 1
    made = await told.deliveries()
    assert {each["webhook_id"] for each in made} == {*hearing}
    for each in made:
        assert each["delivery_id"] == delivery_id_of(each["webhook_id"], event.event_id)
        assert (each["status"], each["event"], each["is_batch"]) == ("pending", event.event, False)
        assert each["next_attempt_at"] == each["created_at"] <= datetime.now(UTC)
        assert each["event_ids"] == [event.event_id]
    states = deliveries_in(await told.told())
    assert {each.delivery_id for each in states} == {each["delivery_id"] for each in made}
    assert all(each.event_ids == (event.event_id,) for each in states)


async def test_what_nobody_hears_is_done_with(told: ToldNotifier) -> None:
    await told.listens(await told.owner())
    await told.learns(happened("resume.processing.failed", resume_facts(uuid4()), resume_id=uuid4()))
    assert await told.fans_out() == 1
    assert await told.fans_out() == 0
    assert await told.deliveries() == []
    assert await told.told() == []


async def test_the_person_hears_of_their_own_upload_and_not_of_others(told: ToldNotifier) -> None:
    person, other = await told.owner("candidate"), await told.owner("candidate")
    hearing, not_hearing = await told.listens(person), await told.listens(other)
    facts = resume_facts(MASTER_DATABASE_ID, owner_user_id=person, source="candidate_upload")
    candidate_id = await told.candidate(MASTER_DATABASE_ID, user_id=person)
    upload = happened("resume.processing.completed", facts, resume_id=uuid4(), candidate_id=candidate_id)
    added = happened("candidate.added", candidate_id=candidate_id, candidate_version=1)
    await told.learns(upload, added)
    await told.fans_out()
    assert {*await told.heard_by(hearing)} == {upload.event_id, added.event_id}
    assert await told.heard_by(not_hearing) == []


async def test_an_event_waits_until_candidate_survivor_and_job_are_known_as_they_were(
    told: ToldNotifier,
) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    survivor_id, job_id = uuid4(), uuid4()
    event = happened(
        "match.created", candidate_id=survivor_id, candidate_version=2, job_id=job_id, job_version=3
    )
    await told.learns(event)
    assert await told.fans_out() == 0
    await told.job(owner, job_id=job_id, version=3)
    assert await told.fans_out() == 0
    await told.candidate(owner, candidate_id=survivor_id, version=1)
    assert await told.fans_out() == 0
    await told.candidate(owner, candidate_id=survivor_id, version=2)
    await told.job(owner, job_id=job_id, version=2)
    assert await told.fans_out() == 0
    await told.job(owner, job_id=job_id, version=4)
    assert await told.fans_out() == 1
    assert await told.heard_by(webhook_id) == [event.event_id]


async def test_of_a_merged_candidate_nothing_is_told_until_the_survivor_is_known(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    survivor_id = uuid4()
    merged_id = await told.candidate(owner, survivor_id=survivor_id)
    await told.learns(happened("candidate.added", candidate_id=merged_id, candidate_version=1))
    assert await told.fans_out() == 0
    await told.candidate(owner, candidate_id=survivor_id)
    assert await told.fans_out() == 1
    [body] = await told.bodies(webhook_id)
    assert body["data"]["candidate_id"] == str(survivor_id)


async def test_what_waits_keeps_nothing_else_waiting(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    waiting = [happened("candidate.added", candidate_id=uuid4(), candidate_version=1) for _ in range(600)]
    event = happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4())
    await told.learns(*waiting)
    await told.learns(event)
    assert await told.fans_out() == 1
    assert await told.heard_by(webhook_id) == [event.event_id]


async def test_a_webhook_hears_from_the_hour_before_it_was_made(told: ToldNotifier) -> None:
    owner = await told.owner()
    made_at = datetime.now(UTC)
    webhook_id = await told.listens(owner, created_at=made_at)
    just, before = (
        happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4(), occurred_at=at)
        for at in (made_at - timedelta(minutes=59), made_at - timedelta(minutes=61))
    )
    await told.learns(just, before)
    await told.fans_out()
    assert await told.heard_by(webhook_id) == [just.event_id]


async def test_one_that_is_off_hears_nothing_and_nothing_later_of_what_happened_meanwhile(
    told: ToldNotifier,
) -> None:
    owner = await told.owner()
    off = await told.listens(owner, is_active=False)
    suspended = await told.listens(await told.owner("admin", is_active=False))
    await told.learns(happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4()))
    await told.fans_out()
    await told.pool.execute("UPDATE webhooks SET is_active = true")
    await told.fans_out()
    assert await told.heard_by(off) == await told.heard_by(suspended) == []


async def test_one_that_is_switched_off_at_the_moment_hears_nothing(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    await told.learns(happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4()))
    async with told.pool.acquire() as connection, connection.transaction():
        await connection.execute("UPDATE webhooks SET is_active = false")
        fanning_out = asyncio.create_task(told.fans_out())
        await eventually(lambda: is_blocked(told))
    assert await fanning_out == 1
    assert await told.heard_by(webhook_id) == []


async def test_a_share_is_told_to_the_recruiter_while_it_stands(told: ToldNotifier) -> None:
    recruiter, home = await told.owner(), await told.owner()
    hearing, of_home = await told.listens(recruiter), await told.listens(home)
    candidate_id = await told.candidate(home)
    await told.share(candidate_id, recruiter)
    events = [
        happened(
            "candidate.shared",
            share_facts(recruiter, share_version=version),
            version=version,
            candidate_id=candidate_id,
            candidate_version=1,
        )
        for version in (1, 3)
    ]
    await told.learns(events[0])
    await told.fans_out()
    await told.share(candidate_id, recruiter, is_revoked=True)
    await told.learns(events[1])
    await told.fans_out()
    assert await told.heard_by(hearing) == [events[0].event_id]
    assert await told.heard_by(of_home) == []


async def test_a_match_is_told_from_the_least_score_on_while_the_job_is_open(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, min_score=70.0)
    [low], [high], [closed] = [
        await matches(told, owner, 1, facts=match_facts(score)) for score in (69.9, 70.0, 90.0)
    ]
    await told.pool.execute("UPDATE jobs SET is_open = false WHERE job_id = $1", closed.job_id)
    assert await told.fans_out() == 3
    assert await told.heard_by(webhook_id) == [high.event_id]
    assert low.event_id not in await told.heard_by(webhook_id)


async def test_a_pair_is_told_once_until_it_is_forgotten(told: ToldNotifier) -> None:
    owner = await told.owner()
    hears_all = await told.listens(owner)
    hears_the_best = await told.listens(owner, min_score=90.0)
    [first] = await matches(told, owner, 1, facts=match_facts(50.0))
    await told.fans_out()
    better = msgspec.structs.replace(first, version=2, facts=match_facts(95.0))
    await told.pool.execute("UPDATE events SET fanned_out_at = NULL")
    await told.learns(better)
    await told.fans_out()
    again = msgspec.structs.replace(better, event_id=uuid4(), version=3)
    await told.learns(again)
    await told.fans_out()
    assert await told.heard_by(hears_all) == [first.event_id]
    assert await told.heard_by(hears_the_best) == [first.event_id]
    await told.pool.execute("DELETE FROM told_matches WHERE webhook_id = $1", hears_all)
    made_anew = msgspec.structs.replace(again, event_id=uuid4(), version=5)
    await told.learns(made_anew)
    await told.fans_out()
    assert {*await told.heard_by(hears_all)} == {first.event_id, made_anew.event_id}
    assert await told.heard_by(hears_the_best) == [first.event_id]


async def test_of_two_events_of_a_pair_at_once_the_newer_is_told(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    [first] = await matches(told, owner, 1)
    newer = msgspec.structs.replace(first, event_id=uuid4(), version=4)
    await told.learns(newer, msgspec.structs.replace(first, event_id=uuid4(), version=3))
    assert await told.fans_out() == 3
    assert await told.heard_by(webhook_id) == [newer.event_id]


async def test_matches_wait_for_others_in_one_batch(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, is_batched=True)
    before = datetime.now(UTC)
    events = await matches(told, owner, 2)
    await told.fans_out()
    [opened] = await told.deliveries(webhook_id)
    assert (opened["is_batch"], opened["is_open"], opened["version"]) == (True, True, 1)
    assert opened["next_attempt_at"] - opened["created_at"] == timedelta(seconds=5)
    assert opened["next_attempt_at"] > before + timedelta(seconds=5)
    [state] = deliveries_in(await told.told())
    assert {*state.event_ids} == {each.event_id for each in events}
    events += await matches(told, owner, 1)
    await told.fans_out()
    [batch] = await told.deliveries(webhook_id)
    assert batch["delivery_id"] == opened["delivery_id"]
    assert batch["next_attempt_at"] == opened["next_attempt_at"]
    assert batch["event_ids"] == [each.event_id for each in events]
    [state] = deliveries_in(await told.told())
    assert (state.version, state.event_ids) == (2, tuple(batch["event_ids"]))


async def test_other_events_are_not_batched(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, is_batched=True)
    for _ in range(2):
        await told.learns(happened("resume.processing.failed", resume_facts(owner), resume_id=uuid4()))
    await told.fans_out()
    made = await told.deliveries(webhook_id)
    assert [each["is_batch"] for each in made] == [False, False]


async def test_a_batch_is_full_at_a_hundred_and_due_and_takes_in_no_more(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, is_batched=True)
    events = await matches(told, owner, 40)
    await told.fans_out()
    events += await matches(told, owner, 270)
    await told.fans_out()
    made = await told.deliveries(webhook_id)
    *full, last = sorted(made, key=lambda each: each["is_open"])
    assert [len(each["event_ids"]) for each in full] == [100, 100, 100]
    assert all(each["next_attempt_at"] <= datetime.now(UTC) for each in full)
    assert (len(last["event_ids"]), last["is_open"]) == (10, True)
    assert last["next_attempt_at"] > datetime.now(UTC)
    heard = [each for batch in made for each in batch["event_ids"]]
    assert len(heard) == len({*heard}) == 310
    assert {*heard} == {each.event_id for each in events}


async def test_one_that_was_claimed_takes_in_no_more(told: ToldNotifier) -> None:
    owner = await told.owner()
    webhook_id = await told.listens(owner, is_batched=True)
    await matches(told, owner, 1)
    await told.fans_out()
    async with told.pool.acquire() as connection, connection.transaction():
        await connection.execute("UPDATE deliveries SET is_open = false")
        await matches(told, owner, 1)
        fanning_out = asyncio.create_task(told.fans_out())
        await eventually(lambda: is_blocked(told))
    await fanning_out
    made = await told.deliveries(webhook_id)
    assert sorted(each["is_open"] for each in made) == [False, True]
    assert [len(each["event_ids"]) for each in made] == [1, 1]
