"""What becomes of change_webhook."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from support.eventually import eventually
from support.notifier_service import NotifierService, actor, deliveries_in, webhooks_in

from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.webhook_state import DisabledBy, WebhookState
from hotgigs.notifier import webhook_store
from hotgigs.notifier.end_deliveries import end_deliveries
from hotgigs.notifier.on_user_changed import on_user_changed

OWNER = actor()


async def changed(notifier: NotifierService, webhook_id: UUID, **fields: Any) -> WebhookState:
    settled, told = await notifier.changes(OWNER, webhook_id, **fields)
    assert settled.rejection is None
    (webhook,) = webhooks_in(told)
    return webhook


async def disabled(notifier: NotifierService, webhook_id: UUID, by: DisabledBy) -> list[Message]:
    async with notifier.units_of_work.begin() as uow:
        for event in await webhook_store.disable(uow.connection, webhook_id, by):
            uow.publish(event)
    return await notifier.told()


async def is_failing(notifier: NotifierService, webhook_id: UUID) -> bool:
    row = await notifier.pool.fetchrow("SELECT * FROM health WHERE webhook_id = $1", webhook_id)
    assert row is not None
    assert (row["failing_since"] is None) == (row["failed_at"] is None) == (row["mean_duration_ms"] == 0)
    return row["failing_since"] is not None


async def fails(notifier: NotifierService, webhook_id: UUID) -> None:
    await notifier.pool.execute(
        "UPDATE health SET failing_since = now(), failed_at = now(), mean_duration_ms = 900"
        " WHERE webhook_id = $1",
        webhook_id,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "https://hooks.example.com/other"),
        ("events", ("match.created", "candidate.shared")),
        ("description", "For the payroll"),
        ("is_batched", True),
        ("min_score", 80.0),
    ],
)
async def test_what_is_given_is_as_the_owner_says_and_all_else_stays(
    notifier: NotifierService, name: str, value: object
) -> None:
    webhook_id = await notifier.adds(OWNER)
    before = await notifier.webhook(webhook_id)
    after = await changed(notifier, webhook_id, **{name: value})
    assert getattr(after, name) == value
    assert (after.version, after.created_at) == (before["version"] + 1, before["created_at"])
    assert after.updated_at > before["updated_at"]
    now = await notifier.webhook(webhook_id)
    assert {key for key in now if now[key] != before[key]} == {name, "version", "updated_at", "changed_in"}


async def test_what_changes_nothing_is_not_told(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    settled, told = await notifier.changes(OWNER, webhook_id, min_score=0.0, is_active=True)
    assert (settled.rejection, settled.events, told) == (None, 0, [])


async def test_false_and_nothing_are_said_too(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_batched=True, min_score=50.0, description="For the payroll")
    after = await changed(notifier, webhook_id, is_batched=False, min_score=0.0, description="")
    assert (after.is_batched, after.min_score, after.description) == (False, 0.0, "")


async def test_nothing_is_delivered_any_more_once_it_is_switched_off(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    waits, is_in_hand = await notifier.has_delivery(webhook_id), await notifier.has_in_hand(webhook_id)
    open_batch = await notifier.has_delivery(webhook_id, is_batch=True, is_open=True)
    delivered = await notifier.has_delivery(webhook_id, status="delivered", next_attempt_at=None)
    others = await notifier.has_delivery(await notifier.adds(OWNER))
    settled, told = await notifier.changes(OWNER, webhook_id, is_active=False)
    (webhook,) = webhooks_in(told)
    assert (webhook.is_active, webhook.disabled_by) == (False, "owner")
    assert webhook.disabled_at == webhook.updated_at
    assert settled.events == 2
    ended = deliveries_in(told)
    assert {each.delivery_id for each in ended} == {waits, is_in_hand, open_batch}
    for each in ended:
        assert (each.status, each.version, each.next_attempt_at) == ("failed", 2, None)
        assert each.ended_at == webhook.updated_at
        kept = await notifier.delivery(each.delivery_id)
        assert (kept["lease_token"], kept["lease_until"], kept["is_open"]) == (None, None, False)
    assert (await notifier.delivery(delivered))["version"] == 1
    assert (await notifier.delivery(others))["status"] == "pending"


@pytest.mark.parametrize("by", ["owner", "gone", "failing"])
async def test_switched_on_again_it_begins_anew(notifier: NotifierService, by: DisabledBy) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_delivery(webhook_id)
    await fails(notifier, webhook_id)
    await disabled(notifier, webhook_id, by)
    assert await is_failing(notifier, webhook_id)
    on = await changed(notifier, webhook_id, is_active=True)
    assert (on.is_active, on.disabled_by, on.disabled_at) == (True, None, None)
    assert not await is_failing(notifier, webhook_id)
    assert (await notifier.delivery(delivery_id))["status"] == "failed"


async def test_another_address_begins_with_a_clean_slate(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await fails(notifier, webhook_id)
    await changed(notifier, webhook_id, description="Still the same")
    assert await is_failing(notifier, webhook_id)
    await changed(notifier, webhook_id, url="https://hooks.example.com/other")
    assert not await is_failing(notifier, webhook_id)


@pytest.mark.parametrize("by", ["gone", "failing"])
async def test_why_it_is_off_is_still_told_after_its_owner_switches_it_off_too(
    notifier: NotifierService, by: DisabledBy
) -> None:
    webhook_id = await notifier.adds(OWNER)
    (webhook,) = webhooks_in(await disabled(notifier, webhook_id, by))
    assert webhook.disabled_by == by
    settled, told = await notifier.changes(OWNER, webhook_id, is_active=False)
    assert (settled.rejection, told) == (None, [])


async def test_to_disable_what_is_off_or_not_there_changes_nothing(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_active=False)
    await notifier.told()
    assert await disabled(notifier, webhook_id, "gone") == []
    assert await disabled(notifier, uuid4(), "gone") == []
    assert (await notifier.webhook(webhook_id))["disabled_by"] == "owner"


async def test_to_disable_tells_the_webhook_and_what_was_pending(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_delivery(webhook_id)
    await notifier.told()
    told = await disabled(notifier, webhook_id, "failing")
    (webhook,), (delivery,) = webhooks_in(told), deliveries_in(told)
    assert (webhook.version, webhook.is_active, webhook.disabled_by) == (2, False, "failing")
    assert (delivery.delivery_id, delivery.status) == (delivery_id, "failed")


async def test_more_than_fits_one_transaction_is_ended_by_and_by(
    notifier: NotifierService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_store, "MOST_ENDED", 2)
    webhook_id, active = await notifier.adds(OWNER), await notifier.adds(OWNER)
    pending = {await notifier.has_delivery(webhook_id) for _ in range(7)}
    others = await notifier.has_delivery(active)
    _, told = await notifier.changes(OWNER, webhook_id, is_active=False)
    ended = {each.delivery_id for each in deliveries_in(told)}
    assert len(ended) == 2
    settled, told = await notifier.changes(OWNER, webhook_id, is_active=True)
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"
    assert not told
    assert not (await notifier.webhook(webhook_id))["is_active"]
    await notifier.told()
    await end_deliveries(notifier.units_of_work, None)
    told = deliveries_in(await notifier.told())
    assert {each.delivery_id for each in told} == pending - ended
    assert {each.status for each in told} == {"failed"}
    assert (await notifier.delivery(others))["status"] == "pending"
    assert (await changed(notifier, webhook_id, is_active=True)).is_active


async def test_what_was_made_as_it_was_switched_off_fails_too(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_active=False)
    late = await notifier.has_delivery(webhook_id)
    await end_deliveries(notifier.units_of_work, None)
    assert (await notifier.delivery(late))["status"] == "failed"


@pytest.mark.parametrize("role", ["admin", "recruiter", "candidate"])
async def test_for_others_it_is_not_there(notifier: NotifierService, role: Any) -> None:
    webhook_id = await notifier.adds(OWNER)
    before = await notifier.webhook(webhook_id)
    for asked in (webhook_id, uuid4()):
        settled, told = await notifier.changes(
            actor(role), asked, is_active=False, url="https://evil.example"
        )
        assert settled.rejection is not None
        assert (settled.rejection.code, settled.rejection.detail) == (
            "not_found",
            "There is no such webhook.",
        )
        assert not told
    assert await notifier.webhook(webhook_id) == before


async def test_a_command_that_comes_twice_has_its_effect_once(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    command = ChangeWebhookV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, is_active=False)
    settled, _ = await notifier.does(command)
    await changed(notifier, webhook_id, is_active=True)
    await notifier.told()
    await notifier.carry_out(command)
    assert await notifier.told() == [settled]
    assert (await notifier.webhook(webhook_id))["is_active"]


async def test_many_changes_at_the_same_moment_are_told_one_after_the_other(
    notifier: NotifierService,
) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.has_delivery(webhook_id)
    changes: list[dict[str, Any]] = [{"description": str(number)} for number in range(6)]
    changes += [{"is_active": False}, {"url": "https://hooks.example.com/other"}]
    await notifier.told()
    await asyncio.gather(
        *(
            notifier.carry_out(
                ChangeWebhookV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, **fields)
            )
            for fields in changes
        ),
        notifier.handle(
            on_user_changed,
            UserChangedV1(user_id=OWNER.user_id, version=1, role="recruiter", is_active=False),
        ),
    )
    told = await notifier.told()
    settled = [each for each in told if isinstance(each, WebhookCommandSettledV1)]
    assert [each.rejection for each in settled] == [None] * len(changes)
    last = await notifier.webhook(webhook_id)
    assert [webhook.version for webhook in webhooks_in(told)] == list(range(2, last["version"] + 1))
    assert (last["disabled_by"], last["url"]) == ("owner", "https://hooks.example.com/other")


async def test_what_is_recorded_at_the_moment_it_is_switched_off_stays_as_it_is_recorded(
    notifier: NotifierService,
) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_in_hand(webhook_id)

    async def somebody_waits() -> bool:
        return bool(await notifier.pool.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"))

    async with notifier.units_of_work.begin() as uow:
        await uow.connection.execute(
            "UPDATE deliveries SET status = 'delivered', next_attempt_at = NULL, lease_token = NULL,"
            "  lease_until = NULL WHERE delivery_id = $1",
            delivery_id,
        )
        switching = asyncio.create_task(notifier.changes(OWNER, webhook_id, is_active=False))
        await eventually(somebody_waits)
    _, told = await switching
    assert (len(webhooks_in(told)), deliveries_in(told)) == (1, [])
    assert (await notifier.delivery(delivery_id))["status"] == "delivered"
