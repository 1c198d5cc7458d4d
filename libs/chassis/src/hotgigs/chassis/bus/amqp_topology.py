"""The exchanges and queues on RabbitMQ. Every name begins with the namespace, "hotgigs" by default.

    hotgigs.commands (direct) -+
    hotgigs.events (topic) ----+-> queue hotgigs.SERVICE.MESSAGE (quorum) -> consumer
    hotgigs.redeliver (direct) +                |
         ^                                      | retry: hotgigs.delay.N (fanout) -> queue hotgigs.delay.N
         +--------- time is up -----------------+
                                                | dead, or delivery limit: hotgigs.dead (direct)
                                                +-> queue hotgigs.SERVICE.MESSAGE.dead

RabbitMQ dead-letters "at most once" by default: it drops a message that the target does not take.
Quorum queues with the ``at-least-once`` strategy keep it; that strategy needs ``reject-publish``.
Source: RabbitMQ documentation, "Quorum Queues", dead lettering and poison message handling.
"""

from collections.abc import Sequence

from aio_pika.abc import AbstractChannel, AbstractExchange, ExchangeType
from aiormq.abc import ArgumentsType
from msgspec import Struct

from hotgigs.chassis.bus.interface import DELIVERY_LIMIT, Queue

DELAYS_S = (1, 4, 16, 64, 256, 1024)
"""One queue each. A message's own expiry is exact within it, but a queue expires from its head, so a
message may wait up to the queue's delay behind a slower one."""

_NO_DELIVERY_LIMIT = 2**31 - 1
"""Looking at dead letters delivers them, and RabbitMQ 4 drops them at the 20th time where no limit is
set; versions before it take no -1 for "none"."""


class Names(Struct, frozen=True):
    """What things are called on a broker that several systems share."""

    namespace: str = "hotgigs"

    @property
    def commands(self) -> str:
        return f"{self.namespace}.commands"

    @property
    def events(self) -> str:
        return f"{self.namespace}.events"

    @property
    def redeliver(self) -> str:
        return f"{self.namespace}.redeliver"

    @property
    def dead(self) -> str:
        return f"{self.namespace}.dead"

    def delay(self, delay_s: float) -> str:
        """The shortest delay that holds a message for ``delay_s``, or the longest there is."""
        step = next((s for s in DELAYS_S if s >= delay_s), DELAYS_S[-1])
        return f"{self.namespace}.delay.{step}"

    def queue(self, name: str) -> str:
        return f"{self.namespace}.{name}"

    def dead_letter_queue(self, name: str) -> str:
        return f"{self.namespace}.{name}.dead"


def arguments_of(names: Names, queue: Queue) -> ArgumentsType:
    """What a handler's queue is declared with."""
    return {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": names.dead,
        "x-dead-letter-routing-key": queue.name,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


async def declare(channel: AbstractChannel, names: Names, queues: Sequence[Queue]) -> None:
    commands = await channel.declare_exchange(names.commands, ExchangeType.DIRECT, durable=True)
    events = await channel.declare_exchange(names.events, ExchangeType.TOPIC, durable=True)
    redeliver = await channel.declare_exchange(names.redeliver, ExchangeType.DIRECT, durable=True)
    dead = await channel.declare_exchange(names.dead, ExchangeType.DIRECT, durable=True)
    for delay_s in DELAYS_S:
        await _declare_delay(channel, names, delay_s)
    for queue in queues:
        source = commands if queue.kind == "command" else events
        await _declare_queue(channel, names, queue, source=source, redeliver=redeliver, dead=dead)


async def _declare_delay(channel: AbstractChannel, names: Names, delay_s: int) -> None:
    name = names.delay(delay_s)
    exchange = await channel.declare_exchange(name, ExchangeType.FANOUT, durable=True)
    arguments: ArgumentsType = {
        "x-queue-type": "quorum",
        "x-message-ttl": delay_s * 1000,
        "x-dead-letter-exchange": names.redeliver,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    delayed = await channel.declare_queue(name, durable=True, arguments=arguments)
    await delayed.bind(exchange)


async def _declare_queue(
    channel: AbstractChannel,
    names: Names,
    queue: Queue,
    *,
    source: AbstractExchange,
    redeliver: AbstractExchange,
    dead: AbstractExchange,
) -> None:
    dead_letters = await channel.declare_queue(
        names.dead_letter_queue(queue.name),
        durable=True,
        arguments={"x-queue-type": "quorum", "x-delivery-limit": _NO_DELIVERY_LIMIT},
    )
    await dead_letters.bind(dead, queue.name)
    declared = await channel.declare_queue(
        names.queue(queue.name), durable=True, arguments=arguments_of(names, queue)
    )
    await declared.bind(redeliver, queue.name)
    await declared.bind(source, queue.routing_key)
