"""What those are told who watch the system."""

from prometheus_client import REGISTRY
from support.dispatching import DispatchingNotifier, Receiver, answers

from hotgigs.notifier.count_due import count_due


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"hotgigs_webhook_{name}", labels) or 0.0


async def test_what_is_due_is_counted_and_not_what_is_later_ended_or_of_a_webhook_that_is_off(
    notifier: DispatchingNotifier,
) -> None:
    on, off = await notifier.has_webhook("on"), await notifier.has_webhook("off")
    await notifier.pool.execute("UPDATE webhooks SET is_active = false WHERE webhook_id = $1", off)
    await count_due(notifier.units_of_work, None)
    assert (sample("deliveries_due"), sample("oldest_due_seconds")) == (0, 0)
    await notifier.is_due(on, 2, in_s=-60)
    await notifier.is_due(on, in_s=3600)
    await notifier.is_due(off)
    (ended,) = await notifier.is_due(on)
    await notifier.pool.execute("UPDATE deliveries SET status = 'failed' WHERE delivery_id = $1", ended)
    await count_due(notifier.units_of_work, None)
    assert sample("deliveries_due") == 2
    assert sample("oldest_due_seconds") >= 60


async def test_tries_are_counted_by_what_came_of_them(
    notifier: DispatchingNotifier, receiver: Receiver
) -> None:
    def counted() -> list[float]:
        tries = [sample("tries_total", outcome=outcome) for outcome in ("accepted", "status")]
        return [*tries, sample("first_try_wait_seconds_count")]

    receiver.answers["fails"] = answers(500)
    before = counted()
    async with notifier.dispatching():
        for path in ("fails", "well"):
            (delivery_id,) = await notifier.is_due(await notifier.has_webhook(path))
            await notifier.is_tried(delivery_id)
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [1, 1, 2]
    assert sample("deliveries_in_hand") == 0
