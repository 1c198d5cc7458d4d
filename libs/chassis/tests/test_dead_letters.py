"""Being rid of dead letters wherever they lie."""

import msgspec
import pytest
from bus_conformance import received
from bus_sources import RabbitMQSource
from sample_service.messages import parse_failed

from hotgigs.chassis.bus.interface import Bus, BusUnavailable, Queue
from hotgigs.chassis.dead_letters import discard
from hotgigs.chassis.service import installed_services
from hotgigs.contracts.envelope import Envelope

QUEUES = [queue for service in installed_services().values() for queue in service.queues]


async def put_aside(bus: Bus, queue: Queue, subject: str) -> Envelope:
    envelope = msgspec.structs.replace(
        parse_failed(), subject=subject, type=f"hotgigs.{queue.routing_key}.v1"
    )
    await bus.send(queue, [envelope])
    async with bus.subscribe(queue, prefetch=1) as subscription:
        (delivery,) = await received(subscription, 1)
        await subscription.dead_letter(delivery, reason="because")
    return envelope


async def test_dead_letters_about_a_subject_leave_the_queues_of_all_services(bus: Bus) -> None:
    queues = [queue for queue in QUEUES if queue.kind == "event"][:3]
    await bus.declare(queues)
    for queue in queues:
        await put_aside(bus, queue, "mine")
    other = await put_aside(bus, queues[0], "another")
    assert await discard(bus, {"mine"}) == len(queues)
    left = [dead.envelope for queue in queues for dead in await bus.dead_letters(queue, limit=10)]
    assert left == [other]


async def test_a_bus_that_is_away_is_said_to_be(rabbitmq_source: RabbitMQSource) -> None:
    bus = await rabbitmq_source.open_doomed()
    rabbitmq_source.proxy.refuse()
    with pytest.raises(BusUnavailable):
        await discard(bus, {"somebody"})
