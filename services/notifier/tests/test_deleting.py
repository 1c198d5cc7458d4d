"""What becomes of delete_webhook."""

from uuid import UUID, uuid4

import pytest
from support.notifier_service import NotifierService, actor

from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.notifier import on_delete_webhook, webhook_store

OWNER = actor()


def deletion_of(webhook_id: UUID, owner: object = OWNER) -> DeleteWebhookV1:
    return DeleteWebhookV1(command_id=uuid4(), actor=owner, webhook_id=webhook_id)


async def test_it_goes_with_its_secrets_and_its_deliveries_and_nothing_else(
    notifier: NotifierService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_delete_webhook, "AT_ONCE", 2)
    webhook_id, other = await notifier.adds(OWNER), await notifier.adds(OWNER)
    await notifier.rotates(OWNER, webhook_id, b"another key of this webhook")
    for _ in range(3):
        await notifier.has_failed(webhook_id)
    await notifier.has_in_hand(webhook_id)
    kept = await notifier.has_delivery(other)
    settled, told = await notifier.does(deletion_of(webhook_id))
    assert told == [WebhookDeletedV1(webhook_id=webhook_id, command_id=settled.command_id)]
    for table in ("webhooks", "health", "secrets", "deliveries"):
        rows = await notifier.pool.fetch(f"SELECT webhook_id FROM {table}")
        assert [row["webhook_id"] for row in rows] == [other], table
    assert (await notifier.delivery(kept))["status"] == "pending"


async def test_deleted_twice_it_is_not_there(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.deletes(OWNER, webhook_id)
    settled, told = await notifier.does(deletion_of(webhook_id))
    assert settled.rejection is not None
    assert (settled.rejection.code, told) == ("not_found", [])


async def test_a_command_that_comes_twice_is_answered_the_same(notifier: NotifierService) -> None:
    command = deletion_of(await notifier.adds(OWNER))
    settled, _ = await notifier.does(command)
    await notifier.carry_out(command)
    assert await notifier.told() == [settled]


async def test_others_delete_nothing_of_it(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.has_failed(webhook_id)
    settled, told = await notifier.does(deletion_of(webhook_id, actor("admin")))
    assert settled.rejection is not None
    assert (settled.rejection.code, told) == ("not_found", [])
    assert (await notifier.delivery(delivery_id))["status"] == "failed"


async def test_what_is_deleted_is_not_disabled_any_more(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.deletes(OWNER, webhook_id)
    async with notifier.units_of_work.begin() as uow:
        assert not await webhook_store.disable(uow.connection, webhook_id, "gone")
    assert await notifier.hears_of(OWNER, version=1, is_active=False) == []
