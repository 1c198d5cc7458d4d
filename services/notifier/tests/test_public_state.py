"""What others know of the notifier can be told again, as it was told last."""

from support.notifier_service import NotifierService, actor, deliveries_in, webhooks_in

from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.deliveries_changed import MOST_DELIVERIES, DeliveriesChangedV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.notifier import public_state

OWNER = actor()


async def told_again(notifier: NotifierService, since: int = 0) -> list[Event]:
    async with notifier.pool.acquire() as connection:
        return [event async for event in public_state.public_state(connection, since)]


async def test_all_is_told_again_as_it_was_told_last_and_what_is_gone_first(
    notifier: NotifierService,
) -> None:
    gone = await notifier.adds(OWNER)
    await notifier.tests(OWNER, gone)
    await notifier.deletes(OWNER, gone)
    webhook_id = await notifier.adds(OWNER, is_batched=True, min_score=3.5)
    delivery_id = await notifier.has_delivery(webhook_id)
    await notifier.pool.execute(
        "INSERT INTO attempts (delivery_id, number, started_at, duration_ms, status_code, error, answer)"
        " VALUES ($1, 1, now(), 31, 503, 'status', 'Away')",
        delivery_id,
    )
    _, told = await notifier.changes(OWNER, webhook_id, is_active=False)
    (webhook,), (delivery,) = webhooks_in(told), deliveries_in(told)
    assert await told_again(notifier) == [
        WebhookDeletedV1(webhook_id=gone),
        WebhookChangedV1(webhook=webhook),
        DeliveriesChangedV1(deliveries=(delivery,)),
    ]
    assert [attempt.answer for attempt in delivery.attempts] == ["Away"]


async def test_only_what_has_changed_since_is_told(notifier: NotifierService) -> None:
    for _ in range(2):
        await notifier.tests(OWNER, await notifier.adds(OWNER))
    await notifier.deletes(OWNER, await notifier.adds(OWNER))
    since = int(await notifier.pool.fetchval("SELECT pg_current_xact_id()::text"))
    webhook_id = await notifier.adds(OWNER)
    delivery_id = await notifier.tests(OWNER, webhook_id)
    again = await told_again(notifier, since)
    assert [webhook.webhook_id for webhook in webhooks_in(again)] == [webhook_id]
    assert [delivery.delivery_id for delivery in deliveries_in(again)] == [delivery_id]
    assert len(again) == 2


async def test_more_than_a_page_is_told_whole(notifier: NotifierService) -> None:
    count = public_state.PAGE + 3
    await notifier.adds(OWNER)
    await notifier.pool.execute(
        "INSERT INTO webhooks (webhook_id, version, owner_user_id, url, events, description, is_batched,"
        "  min_score, is_active, created_at, updated_at)"
        " SELECT gen_random_uuid(), 1, owner_user_id, url, events, description, is_batched, min_score,"
        "  is_active, created_at, updated_at FROM webhooks, generate_series(2, $1::int)",
        count,
    )
    await notifier.pool.execute(
        "INSERT INTO deliveries (delivery_id, webhook_id, event, created_at)"
        " SELECT gen_random_uuid(), webhook_id, 'candidate.added', now() FROM webhooks"
    )
    await notifier.pool.execute(
        "INSERT INTO deleted_webhooks SELECT gen_random_uuid() FROM generate_series(1, $1::int)", count
    )
    again = await told_again(notifier)
    assert len({each.webhook_id for each in again if isinstance(each, WebhookDeletedV1)}) == count
    assert len({webhook.webhook_id for webhook in webhooks_in(again)}) == len(webhooks_in(again)) == count
    deliveries = deliveries_in(again)
    assert len({delivery.delivery_id for delivery in deliveries}) == len(deliveries) == count
    assert (
        max(len(each.deliveries) for each in again if isinstance(each, DeliveriesChangedV1))
        <= MOST_DELIVERIES
    )
