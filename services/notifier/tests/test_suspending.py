"""What becomes of webhooks whose owner's account an admin changes."""

import asyncio
from typing import Any

import pytest
from support.notifier_service import NotifierService, actor, deliveries_in, webhooks_in

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.webhook_state import DisabledBy
from hotgigs.notifier import webhook_store
from hotgigs.notifier.on_user_changed import on_user_changed

OWNER = actor()


async def owner_of(notifier: NotifierService, owner: Actor = OWNER) -> dict[str, Any]:
    row = await notifier.pool.fetchrow("SELECT * FROM owners WHERE user_id = $1", owner.user_id)
    assert row is not None
    return dict(row)


async def test_a_suspension_switches_off_what_is_on_and_its_end_switches_it_on_again(
    notifier: NotifierService,
) -> None:
    on, off = await notifier.adds(OWNER), await notifier.adds(OWNER, is_active=False)
    others = await notifier.adds(actor())
    delivery_id = await notifier.has_delivery(on)
    told = await notifier.hears_of(OWNER, version=1, is_active=False)
    (webhook,), (delivery,) = webhooks_in(told), deliveries_in(told)
    assert (webhook.webhook_id, webhook.is_active) == (on, False)
    assert (webhook.disabled_by, webhook.disabled_at) == ("owner_inactive", webhook.updated_at)
    assert (delivery.delivery_id, delivery.status) == (delivery_id, "failed")
    (webhook,) = webhooks_in(await notifier.hears_of(OWNER, version=2))
    assert (webhook.webhook_id, webhook.is_active, webhook.version) == (on, True, 3)
    assert (webhook.disabled_by, webhook.disabled_at) == (None, None)
    assert (await notifier.webhook(off))["disabled_by"] == "owner"
    assert (await notifier.webhook(others))["version"] == 1
    assert (await notifier.delivery(delivery_id))["status"] == "failed"


@pytest.mark.parametrize("by", ["gone", "failing", "owner"])
async def test_what_was_off_for_another_reason_stays_off_for_it(
    notifier: NotifierService, by: DisabledBy
) -> None:
    webhook_id = await notifier.adds(OWNER)
    async with notifier.units_of_work.begin() as uow:
        await webhook_store.disable(uow.connection, webhook_id, by)
    assert await notifier.hears_of(OWNER, version=1, is_active=False) == []
    assert await notifier.hears_of(OWNER, version=2) == []
    assert (await notifier.webhook(webhook_id))["disabled_by"] == by


async def test_what_is_told_late_or_twice_changes_nothing(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.hears_of(OWNER, version=3, role="admin")
    for version in (1, 2, 3):
        assert await notifier.hears_of(OWNER, version=version, is_active=False, role="candidate") == []
    assert (await notifier.webhook(webhook_id))["is_active"]
    known = await owner_of(notifier)
    assert (known["version"], known["role"], known["is_active"]) == (3, "admin", True)


async def test_a_role_is_as_commands_say_until_an_admin_has_changed_it(
    notifier: NotifierService,
) -> None:
    await notifier.adds(OWNER)
    assert ((await owner_of(notifier))["version"], (await owner_of(notifier))["role"]) == (0, "recruiter")
    await notifier.adds(actor("admin", OWNER.user_id))
    assert (await owner_of(notifier))["role"] == "admin"
    await notifier.hears_of(OWNER, version=1, role="candidate")
    await notifier.adds(actor("admin", OWNER.user_id))
    assert (await owner_of(notifier))["role"] == "candidate"


async def test_who_is_suspended_has_no_webhook_made_and_none_switched_on(notifier: NotifierService) -> None:
    off = await notifier.adds(OWNER, is_active=False)
    suspended = await notifier.adds(OWNER)
    await notifier.hears_of(OWNER, version=1, is_active=False)
    settled, _ = await notifier.does(notifier.webhook_of(OWNER))
    assert settled.rejection is not None
    assert settled.rejection.code == "forbidden"
    for webhook_id in (off, suspended):
        settled, told = await notifier.changes(OWNER, webhook_id, is_active=True)
        assert settled.rejection is not None
        assert (settled.rejection.code, told) == ("forbidden", [])
        assert not (await notifier.webhook(webhook_id))["is_active"]


async def test_what_was_switched_off_before_the_suspension_was_heard_of_stays_off(
    notifier: NotifierService,
) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.hears_of(OWNER, version=1, is_active=False)
    _, told = await notifier.changes(OWNER, webhook_id, is_active=False)
    assert [webhook.disabled_by for webhook in webhooks_in(told)] == ["owner"]
    assert await notifier.hears_of(OWNER, version=2) == []
    assert not (await notifier.webhook(webhook_id))["is_active"]


async def test_a_suspension_at_the_moment_of_an_addition_leaves_nothing_on(notifier: NotifierService) -> None:
    suspension = UserChangedV1(user_id=OWNER.user_id, version=1, role="recruiter", is_active=False)
    await asyncio.gather(
        *(notifier.carry_out(notifier.webhook_of(OWNER)) for _ in range(4)),
        notifier.handle(on_user_changed, suspension),
        *(notifier.carry_out(notifier.webhook_of(OWNER)) for _ in range(3)),
    )
    assert await notifier.pool.fetchval("SELECT count(*) FROM webhooks WHERE is_active") == 0
