"""What is due is tried, and what came of it is kept and told."""

from support.dispatching import DispatchingNotifier, Hangs, Receiver, answers
from support.notifier_service import deliveries_in

from hotgigs.chassis.database import Pool


async def test_what_becomes_due_is_delivered_once_and_told(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = answers(202, text="thanks")
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        await notifier.told()
        (delivery_id,) = await notifier.is_due(webhook_id)
        delivery = await notifier.is_tried(delivery_id)
    assert receiver.received["hook"] == [str(delivery_id)]
    assert (delivery["status"], delivery["next_attempt_at"]) == ("delivered", None)
    assert delivery["ended_at"] is not None
    assert (delivery["lease_token"], delivery["lease_until"]) == (None, None)
    (attempt,) = await notifier.attempts(delivery_id)
    assert (attempt["number"], attempt["status_code"], attempt["error"]) == (1, 202, None)
    assert attempt["answer"] == "thanks"
    (told,) = deliveries_in(await notifier.told())
    assert (told.delivery_id, told.status, told.version) == (delivery_id, "delivered", delivery["version"])
    assert [each.answer for each in told.attempts] == ["thanks"]
    health = await notifier.health(webhook_id)
    assert health["failing_since"] is None


async def test_what_becomes_due_later_is_tried_then_without_anybody_being_woken(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id, in_s=0.6)
        delivery = await notifier.is_tried(delivery_id)
    assert delivery["status"] == "delivered"
    (attempt,) = await notifier.attempts(delivery_id)
    assert (attempt["started_at"] - delivery["created_at"]).total_seconds() >= 0.6


async def test_what_failed_is_tried_again_on_schedule_until_it_is_accepted(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    notifier = DispatchingNotifier(pool, database_url, receiver, webhook_retry_schedule=(0.05, 0.05))
    receiver.answers["hook"] = answers(503, text="busy")
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        await notifier.is_tried(delivery_id, 2)
        del receiver.answers["hook"]
        delivery = await notifier.is_tried(delivery_id, 3)
    assert delivery["status"] == "delivered"
    made = await notifier.attempts(delivery_id)
    assert [(each["number"], each["status_code"], each["error"]) for each in made] == [
        (1, 503, "status"),
        (2, 503, "status"),
        (3, 200, None),
    ]
    assert (await notifier.health(webhook_id))["failing_since"] is None


async def test_a_delivery_has_failed_after_its_last_try(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    notifier = DispatchingNotifier(pool, database_url, receiver, webhook_retry_schedule=(0.02, 0.02))
    receiver.answers["hook"] = answers(500)
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        delivery = await notifier.is_tried(delivery_id, 3)
        await notifier.all_become("failed")
    assert len(receiver.received["hook"]) == 3
    assert (delivery["next_attempt_at"], delivery["attempt_count"]) == (None, 3)
    assert (await notifier.health(webhook_id))["failing_since"] is not None
    assert (await notifier.webhook(webhook_id))["is_active"]


async def test_a_receiver_that_names_a_time_is_not_asked_before_it(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = answers(429, {"Retry-After": "7200"})
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        delivery = await notifier.is_tried(delivery_id)
    assert delivery["status"] == "pending"
    wait = delivery["next_attempt_at"] - (await notifier.attempts(delivery_id))[0]["started_at"]
    assert 7200 <= wait.total_seconds() < 7300


async def test_a_receiver_that_is_gone_ends_all_that_is_pending_and_its_webhook_is_off(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = answers(410)
    webhook_id = await notifier.has_webhook("hook")
    other_id = await notifier.has_webhook("other")
    later = await notifier.is_due(webhook_id, 3, in_s=3600)
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        await notifier.all_become("failed")
        webhook = await notifier.webhook(webhook_id)
        assert (webhook["is_active"], webhook["disabled_by"]) == (False, "gone")
        (well,) = await notifier.is_due(other_id)
        await notifier.is_tried(well)
    assert len(await notifier.attempts(delivery_id)) == 1
    told = {each.delivery_id: each.status for each in deliveries_in(await notifier.told())}
    assert told == {**dict.fromkeys([delivery_id, *later], "failed"), well: "delivered"}


async def test_a_webhook_that_has_accepted_nothing_for_five_days_is_disabled_when_it_fails_again(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    for path in ("long", "short", "quiet"):
        receiver.answers[path] = answers(500)
    webhooks = {path: await notifier.has_webhook(path) for path in ("long", "short", "recovered", "quiet")}
    await notifier.has_failed_for(webhooks["long"], 5.001)
    await notifier.has_failed_for(webhooks["short"], 4.999)
    await notifier.has_failed_for(webhooks["recovered"], 30)
    await notifier.has_failed_for(webhooks["quiet"], 30, last_days_ago=3)
    async with notifier.dispatching():
        for webhook_id in webhooks.values():
            (delivery_id,) = await notifier.is_due(webhook_id)
            await notifier.is_tried(delivery_id)
    found = {path: await notifier.webhook(webhook_id) for path, webhook_id in webhooks.items()}
    assert {path: webhook["disabled_by"] for path, webhook in found.items()} == {
        "long": "failing",
        "short": None,
        "recovered": None,
        "quiet": None,
    }
    assert (await notifier.health(webhooks["recovered"]))["failing_since"] is None
    assert await notifier.statuses() == {"failed": 1, "pending": 2, "delivered": 1}


async def test_a_webhook_that_fails_is_tried_one_delivery_at_a_time(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    receiver.answers["hook"] = failing = Hangs()
    webhook_id, other_id = await notifier.has_webhook("hook"), await notifier.has_webhook("other")
    await notifier.has_failed_for(webhook_id, 0.1)
    async with notifier.dispatching():
        await notifier.is_due(webhook_id, 8)
        await failing.is_reached()
        (other,) = await notifier.is_due(other_id)
        await notifier.is_tried(other)
        assert failing.reached == 1
        receiver.answers["hook"] = well = Hangs()
        failing.may_answer.set()
        await well.is_reached(4)
        assert receiver.most_at_once["hook"] == 4
        well.may_answer.set()
        await notifier.all_become("delivered")


async def test_what_its_owner_may_not_see_any_more_is_withheld(
    pool: Pool, database_url: str, receiver: Receiver
) -> None:
    async def nothing(_: object, delivery_ids: object) -> dict[object, None]:
        return dict.fromkeys(delivery_ids)  # type: ignore[call-overload,no-any-return]

    notifier = DispatchingNotifier(pool, database_url, receiver, bodies=nothing)  # type: ignore[arg-type]
    webhook_id = await notifier.has_webhook("hook")
    async with notifier.dispatching():
        (delivery_id,) = await notifier.is_due(webhook_id)
        await notifier.all_become("withheld")
    assert receiver.received == {}
    assert await notifier.attempts(delivery_id) == []
    assert (await notifier.delivery(delivery_id))["attempt_count"] == 0


async def test_what_is_switched_off_is_not_tried(notifier: DispatchingNotifier, receiver: Receiver) -> None:
    off, on = await notifier.has_webhook("off"), await notifier.has_webhook("on")
    await notifier.pool.execute("UPDATE webhooks SET is_active = false WHERE webhook_id = $1", off)
    async with notifier.dispatching():
        await notifier.is_due(off)
        (delivery_id,) = await notifier.is_due(on)
        await notifier.is_tried(delivery_id)
    assert receiver.all_received == [str(delivery_id)]


async def test_an_open_batch_is_closed_when_it_is_tried(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    webhook_id = await notifier.has_webhook("hook")
    (delivery_id,) = await notifier.is_due(webhook_id)
    await notifier.pool.execute("UPDATE deliveries SET is_open = true, is_batch = true")
    receiver.answers["hook"] = hangs = Hangs()
    async with notifier.dispatching():
        await hangs.is_reached()
        assert not (await notifier.delivery(delivery_id))["is_open"]
        hangs.may_answer.set()
        await notifier.is_tried(delivery_id)
