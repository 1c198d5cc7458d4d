"""``hotgigs replay``: an owner tells one consumer its public state again, by messages in its queues.

What a consumer knows already it recognises by version. Repeating a replay does no harm.
"""

from hotgigs.chassis import correlation
from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.chassis.service import AnyService
from hotgigs.chassis.service_connection import connection_to
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.envelope import Envelope, wrap

PAGE = 200


class NothingToTell(Exception):
    """The owner has no state that the consumer hears of."""


async def replay(owner: AnyService, consumer: AnyService, bus: Bus, settings: Settings, url: str) -> int:
    """How many messages were put into the consumer's queues.

    Raises NothingToTell, PublishFailed, or one of `database.CONNECTION_LOST`.
    """
    queues = {queue.routing_key: queue for queue in consumer.queues}
    if owner.public_state is None or not any(key.startswith(f"{owner.schema}.") for key in queues):
        raise NothingToTell(f"{owner.name} has no state that {consumer.name} hears of")
    told, page = 0, dict[str, list[Envelope]]()
    correlation_id = correlation.new_id()
    async with connection_to(owner, settings, url) as connection:
        async for event in owner.public_state(connection, 0):
            envelope = wrap(event, source=owner.name, correlation_id=correlation_id)
            if envelope.routing_key not in queues:
                continue
            page.setdefault(envelope.routing_key, []).append(envelope)
            told += 1
            if told % PAGE == 0:
                await _send(bus, queues, page)
        await _send(bus, queues, page)
    return told


async def _send(bus: Bus, queues: dict[str, Queue], page: dict[str, list[Envelope]]) -> None:
    for routing_key, envelopes in page.items():
        await bus.send(queues[routing_key], envelopes)
    page.clear()
