"""The exchanges and queues on RabbitMQ.

    hotgigs.commands (direct) -+
    hotgigs.events (topic) ----+-> queue SERVICE.MESSAGE (quorum) -> consumer
    hotgigs.redeliver (direct) +                |
         ^                                      | retry: hotgigs.delay.N (fanout) -> queue hotgigs.delay.N
         +--------- time is up -----------------+
                                                | dead, or delivery limit: hotgigs.dead (direct)
                                                +-> queue SERVICE.MESSAGE.dead

RabbitMQ dead-letters "at most once" by default: it drops a message that the target does not take.
Quorum queues with the ``at-least-once`` strategy keep it; that strategy needs ``reject-publish``.
Source: RabbitMQ documentation, "Quorum Queues", dead lettering and poison message handling.
"""

from collections.abc import Sequence

from aio_pika.abc import AbstractChannel, AbstractExchange, ExchangeType
from aiormq.abc import ArgumentsType

from hotgigs.chassis.bus.interface import DELIVERY_LIMIT, Queue

COMMANDS_EXCHANGE = "hotgigs.commands"
EVENTS_EXCHANGE = "hotgigs.events"
REDELIVER_EXCHANGE = "hotgigs.redeliver"
DEAD_EXCHANGE = "hotgigs.dead"

DELAYS_S = (1, 4, 16, 64, 256, 1024)
"""One queue each. A message's own expiry is exact within it, but a queue expires from its head, so a
message may wait up to the queue's delay behind a slower one."""


def dead_letter_queue(queue_name: str) -> str:
    return f"{queue_name}.dead"


def delay_exchange(delay_s: float) -> str:
    """The exchange of the shortest delay queue that holds a message for ``delay_s``, or the longest."""
    step = next((s for s in DELAYS_S if s >= delay_s), DELAYS_S[-1])
    return f"hotgigs.delay.{step}"


async def declare(channel: AbstractChannel, queues: Sequence[Queue]) -> None:
    commands = await channel.declare_exchange(COMMANDS_EXCHANGE, ExchangeType.DIRECT, durable=True)
    events = await channel.declare_exchange(EVENTS_EXCHANGE, ExchangeType.TOPIC, durable=True)
    redeliver = await channel.declare_exchange(REDELIVER_EXCHANGE, ExchangeType.DIRECT, durable=True)
    dead = await channel.declare_exchange(DEAD_EXCHANGE, ExchangeType.DIRECT, durable=True)
    for delay_s in DELAYS_S:
        await _declare_delay(channel, delay_s)
    for queue in queues:
        await _declare_queue(channel, queue, commands if queue.kind == "command" else events, redeliver, dead)


async def _declare_delay(channel: AbstractChannel, delay_s: int) -> None:
    name = delay_exchange(delay_s)
    exchange = await channel.declare_exchange(name, ExchangeType.FANOUT, durable=True)
    arguments: ArgumentsType = {
        "x-queue-type": "quorum",
        "x-message-ttl": delay_s * 1000,
        "x-dead-letter-exchange": REDELIVER_EXCHANGE,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    delayed = await channel.declare_queue(name, durable=True, arguments=arguments)
    await delayed.bind(exchange)


async def _declare_queue(
    channel: AbstractChannel,
    queue: Queue,
    source: AbstractExchange,
    redeliver: AbstractExchange,
    dead: AbstractExchange,
) -> None:
    dead_letters = await channel.declare_queue(
        dead_letter_queue(queue.name), durable=True, arguments={"x-queue-type": "quorum"}
    )
    await dead_letters.bind(dead, queue.name)
    arguments: ArgumentsType = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": queue.name,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    declared = await channel.declare_queue(queue.name, durable=True, arguments=arguments)
    await declared.bind(redeliver, queue.name)
    await declared.bind(source, queue.routing_key)
