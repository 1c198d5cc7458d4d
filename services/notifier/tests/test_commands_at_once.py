"""Owners, admins and those who deliver at the same moment: nobody waits in a circle, and what is told is what
is there."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from support.notifier_service import NotifierService, actor, deliveries_in, webhooks_in

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.notifier import claiming, public_state
from hotgigs.notifier.attempt_recorder import PASSING, AttemptRecorder
from hotgigs.notifier.end_deliveries import end_deliveries
from hotgigs.notifier.on_user_changed import on_user_changed
from hotgigs.notifier.recording import Ended
from hotgigs.notifier.sending import Answered

OWNER = actor()
TIMES = 12


async def delivers(notifier: NotifierService, webhook_ids: list[UUID], choice: Random) -> None:
    """Takes some in hand and records them, of all webhooks at once; one that is gone disables its webhook."""
    settings = notifier.resources.settings
    shares = dict.fromkeys(webhook_ids, 5)
    async with notifier.units_of_work.begin() as uow:
        claimed, _ = await claiming.claim(uow.connection, shares, shares, lease_s=30)
    now = await notifier.now()
    ended = [
        Ended(
            claimed=each,
            answered=Answered(
                started_at=now,
                duration_ms=3,
                status_code=choice.choice([200, 200, 500, 410]),
                error=None,
            ),
        )
        for each in claimed
    ]
    recorder = AttemptRecorder(notifier.units_of_work, settings, let_go=lambda _: None)
    for each in ended:
        recorder.add(each)
    while len(recorder):
        with suppress(*PASSING):
            await recorder.record_all()


@pytest.mark.parametrize("seed", range(3))
async def test_owners_admins_and_those_who_deliver_stand_in_nobodys_way(pool: Pool, seed: int) -> None:
    choice = Random(seed)
    notifier = NotifierService(pool)
    webhook_ids = [await notifier.adds(OWNER) for _ in range(4)]
    delivery_ids = {
        delivery_id: webhook_id
        for webhook_id in webhook_ids
        for delivery_id in [await notifier.has_delivery(webhook_id) for _ in range(15)]
    }
    since = await notifier.now() - timedelta(hours=1)

    def asks(command: Callable[[UUID], Message]) -> Callable[[int], Awaitable[None]]:
        return lambda _: notifier.carry_out(command(choice.choice(webhook_ids[:3])))

    def switch(webhook_id: UUID) -> Message:
        is_active = choice.random() < 0.6
        return ChangeWebhookV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, is_active=is_active)

    def recover(webhook_id: UUID) -> Message:
        return RecoverDeliveriesV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, since=since)

    def redeliver(_: UUID) -> Message:
        delivery_id, webhook_id = choice.choice(list(delivery_ids.items()))
        return RedeliverV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, delivery_id=delivery_id)

    async def suspends_or_lets_in(time: int) -> None:
        event = UserChangedV1(
            user_id=OWNER.user_id, version=time + 1, role="recruiter", is_active=time % 2 == 1
        )
        await notifier.handle(on_user_changed, event)

    async def deletes(time: int) -> None:
        if time == TIMES // 2:
            await notifier.carry_out(
                DeleteWebhookV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_ids[3])
            )

    async def again_and_again(act: Callable[[int], Awaitable[None]]) -> None:
        for time in range(TIMES):
            await act(time)

    await asyncio.gather(
        again_and_again(suspends_or_lets_in),
        again_and_again(deletes),
        *(again_and_again(asks(command)) for command in (switch, switch, recover, redeliver)),
        *(again_and_again(lambda _: delivers(notifier, webhook_ids, choice)) for _ in range(2)),
    )
    await end_deliveries(notifier.units_of_work, None)

    told = await notifier.told()
    assert len([each for each in told if isinstance(each, WebhookCommandSettledV1)]) == 4 * TIMES + 1
    async with pool.acquire() as connection:
        again = [event async for event in public_state.public_state(connection, 0)]
    webhooks = {webhook.webhook_id: webhook for webhook in sorted(webhooks_in(told), key=lambda w: w.version)}
    assert [webhooks[webhook.webhook_id] for webhook in webhooks_in(again)] == webhooks_in(again)
    deliveries = {each.delivery_id: each for each in sorted(deliveries_in(told), key=lambda d: d.version)}
    told_again = [each for each in deliveries_in(again) if each.version > 1]
    assert [deliveries[each.delivery_id] for each in told_again] == told_again
    assert len(deliveries_in(again)) == 45
    off = {webhook.webhook_id for webhook in webhooks_in(again) if not webhook.is_active}
    assert not [each for each in deliveries_in(again) if each.webhook_id in off and each.status == "pending"]
