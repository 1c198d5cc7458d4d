"""How much waits in a queue, on either bus."""

import pytest
from bus_conformance import put_aside, received, subscribed
from sample_service.messages import FAILED, PROGRESSED, PROGRESSED_TOO, SUBMITTED, progressed
from support.eventually import eventually

from hotgigs.chassis.bus.interface import Bus

pytestmark = pytest.mark.usefixtures("declared")


async def depth_becomes(bus: Bus, messages: int, dead_letters: int) -> None:
    """A broker counts a moment after it answers. The other queue stays empty."""

    async def is_so() -> bool:
        depths = await bus.depths([PROGRESSED, FAILED])
        found, other = depths[PROGRESSED.name], depths[FAILED.name]
        assert (other.messages, other.dead_letters) == (0, 0)
        return (found.messages, found.dead_letters) == (messages, dead_letters)

    await eventually(is_so)


async def test_what_is_in_hand_or_waits_for_a_retry_is_not_free_to_be_taken(bus: Bus) -> None:
    await bus.declare([FAILED])
    await bus.publish([progressed(n) for n in range(5)])
    await depth_becomes(bus, 5, 0)
    async with subscribed(bus, prefetch=2) as subscription:
        delivery, _ = await received(subscription, 2)
        await depth_becomes(bus, 3, 0)
        await subscription.retry(delivery, delay_s=600)
        await received(subscription, 1)
        await depth_becomes(bus, 2, 0)
    await depth_becomes(bus, 4, 0)


async def test_dead_letters_are_counted_until_they_are_replayed(bus: Bus) -> None:
    await bus.declare([FAILED])
    for n in range(2):
        await put_aside(bus, progressed(n))
    await depth_becomes(bus, 0, 2)
    await bus.replay(PROGRESSED)
    await depth_becomes(bus, 2, 0)


async def test_a_queue_that_is_not_declared_is_absent_and_hides_no_other(bus: Bus) -> None:
    await bus.declare([PROGRESSED_TOO])
    depths = await bus.depths([FAILED, PROGRESSED, SUBMITTED, PROGRESSED_TOO])
    assert set(depths) == {PROGRESSED.name, PROGRESSED_TOO.name}
    assert await bus.depths([FAILED]) == {}
