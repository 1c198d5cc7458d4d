"""What is done now and then: what ended long ago is forgotten, and secrets sealed with the newest key."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from support.notifier_service import KEY, SIGNING_KEY, NotifierService, actor

from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret
from hotgigs.notifier import forget_old, renew_seals

OWNER = actor()
NEW_KEY = "another key of the tests, of 32 letters or more"


async def kept(notifier: NotifierService) -> set[UUID]:
    await forget_old.forget_old(notifier.units_of_work, None)
    return {row["delivery_id"] for row in await notifier.pool.fetch("SELECT delivery_id FROM deliveries")}


async def made(notifier: NotifierService, webhook_id: UUID, *, days_ago: float, **columns: Any) -> UUID:
    """A delivery that failed then, of what happened then, with an attempt."""
    at = await notifier.now() - timedelta(days=days_ago)
    delivery_id = await notifier.has_failed(webhook_id, **({"created_at": at, "ended_at": at} | columns))
    await notifier.pool.execute(
        "UPDATE events SET occurred_at = $2 FROM delivered_events AS d"
        " WHERE d.event_id = events.event_id AND d.delivery_id = $1",
        delivery_id,
        at,
    )
    await notifier.pool.execute(
        "INSERT INTO attempts (delivery_id, number, started_at, duration_ms, answer)"
        " VALUES ($1, 1, $2, 3, '')",
        delivery_id,
        at,
    )
    return delivery_id


async def test_deliveries_that_ended_more_than_thirty_days_ago_are_forgotten_and_what_they_told(
    notifier: NotifierService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget_old, "AT_ONCE", 2)
    webhook_id = await notifier.adds(OWNER)
    for days_ago in (31, 40, 50, 60):
        await made(notifier, webhook_id, days_ago=days_ago)
    await made(notifier, webhook_id, days_ago=35, status="delivered")
    await made(notifier, webhook_id, days_ago=35, status="withheld")
    await made(notifier, webhook_id, days_ago=35, is_test=True)
    recent = {await made(notifier, webhook_id, days_ago=days_ago) for days_ago in (29, 1)}
    assert await kept(notifier) == recent
    for table in ("events", "delivered_events", "attempts"):
        assert await notifier.pool.fetchval(f"SELECT count(*) FROM {table}") == 2, table


async def test_what_is_pending_is_kept_however_old_it_is(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    pending = {"status": "pending", "next_attempt_at": await notifier.now(), "ended_at": None}
    old = {
        await made(notifier, webhook_id, days_ago=100, is_test=is_test, **pending)
        for is_test in (True, False)
    }
    assert await kept(notifier) == old
    assert await notifier.pool.fetchval("SELECT count(*) FROM events") == 2


async def test_what_was_delivered_again_is_kept_from_then_on(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await made(notifier, webhook_id, days_ago=100, ended_at=await notifier.now())
    assert await kept(notifier) == {delivery_id}
    assert await notifier.pool.fetchval("SELECT count(*) FROM events") == 1


async def test_events_that_nobody_was_told_of_are_forgotten_when_they_are_old(
    notifier: NotifierService,
) -> None:
    await notifier.pool.execute(
        "INSERT INTO events (event_id, event, version, occurred_at, facts, fanned_out_at)"
        " SELECT gen_random_uuid(), 'candidate.added', n, now() - n * interval '1 d', '{}',"
        "  CASE WHEN n % 2 = 0 THEN now() END FROM unnest(ARRAY[1, 2, 29, 31, 32]) AS n"
    )
    await forget_old.forget_old(notifier.units_of_work, None)
    left = await notifier.pool.fetch("SELECT version FROM events ORDER BY version")
    assert [row["version"] for row in left] == [1, 2, 29]


async def test_tombstones_of_webhooks_stay(notifier: NotifierService) -> None:
    await notifier.deletes(OWNER, await notifier.adds(OWNER))
    await forget_old.forget_old(notifier.units_of_work, None)
    assert await notifier.pool.fetchval("SELECT count(*) FROM deleted_webhooks") == 1


async def test_what_an_older_key_sealed_is_opened_by_the_newest_alone_after_a_while(
    notifier: NotifierService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renew_seals, "AT_ONCE", 2)
    webhook_ids = [await notifier.adds(OWNER) for _ in range(4)]
    for webhook_id in webhook_ids[:2]:
        await notifier.rotates(OWNER, webhook_id, b"another key of this webhook")
    await notifier.pool.execute("UPDATE secrets SET sealed = 'lost' WHERE webhook_id = $1", webhook_ids[3])
    both, newest = (Sealing(keys, label=webhook_secret.LABEL) for keys in ((NEW_KEY, KEY), (NEW_KEY,)))
    old = notifier.resources
    await renew_seals.renew_seals(notifier.units_of_work, msgspec.structs.replace(old, sealing=both))
    notifier.resources = msgspec.structs.replace(old, sealing=newest)
    for webhook_id in webhook_ids[:2]:
        assert await notifier.signing_keys(webhook_id) == (b"another key of this webhook", SIGNING_KEY)
    assert await notifier.signing_keys(webhook_ids[2]) == (SIGNING_KEY,)
    before = await notifier.pool.fetch("SELECT * FROM secrets ORDER BY webhook_id, number")
    assert b"lost" in {row["sealed"] for row in before}
    await renew_seals.renew_seals(notifier.units_of_work, msgspec.structs.replace(old, sealing=both))
    assert await notifier.pool.fetch("SELECT * FROM secrets ORDER BY webhook_id, number") == before
    assert {row["version"] for row in await notifier.pool.fetch("SELECT version FROM webhooks")} == {1, 2}
