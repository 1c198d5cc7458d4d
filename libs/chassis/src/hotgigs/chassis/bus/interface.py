"""What a bus promises, whatever it runs on."""

from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.errors import DependencyDown
from hotgigs.contracts.envelope import Envelope

DELIVERY_LIMIT = 20
"""Deliveries of one message, without an answer, after which it counts as what kills its consumers."""


MAX_MESSAGE_BYTES = 8 * 2**20
"""Of a message's data. RabbitMQ 4 closes the channel of who sends 16 MiB or more, with all that waits on
it; what is large belongs into the object store."""


class BusUnavailable(DependencyDown):
    """The bus cannot be reached."""


class ConfirmLost(BusUnavailable):
    """The bus went away before it confirmed: the message may be on it, or not."""


class Unroutable(Exception):
    """No queue takes this message type, or the bus refused it: it is not on the bus."""


def refuse_large(envelope: Envelope) -> None:
    """Raises Unroutable."""
    if len(envelope.data) > MAX_MESSAGE_BYTES:
        raise Unroutable(f"a message of {len(envelope.data)} bytes is too large")


class PublishFailed(Exception):
    """Some messages were not taken; all others were."""

    def __init__(self, failures: Mapping[UUID, Unroutable | BusUnavailable]) -> None:
        super().__init__(f"{len(failures)} messages were not taken")
        self.failures = failures


class Queue(Struct, frozen=True, kw_only=True):
    """One handler's queue: ``name`` is ``service.message``, ``routing_key`` ``publisher.message``."""

    name: str
    routing_key: str
    kind: Literal["command", "event"]


class Delivery(Struct, frozen=True, kw_only=True):
    """One message in a consumer's hand. It comes back unless it is settled on its subscription."""

    queue: str
    envelope: Envelope
    tries: int
    """How often a consumer has failed with it and asked for a retry."""
    handle: object
    """The bus's own."""


class DeadLetter(Struct, frozen=True, kw_only=True):
    queue: str
    envelope: Envelope
    tries: int
    reason: str
    died_at: datetime | None


class Depth(Struct, frozen=True, kw_only=True):
    """What lies in a queue and is free to be taken: neither in a consumer's hand nor delayed."""

    messages: int
    dead_letters: int
    oldest_s: float | None
    """For how long the oldest message could have been taken, in seconds; None where there is no message,
    or where the bus does not know."""


class Subscription(Protocol):
    """Messages of one queue. Every method raises BusUnavailable once the connection is lost; what was
    in hand then comes to another subscription."""

    async def receive(self, max_messages: int) -> list[Delivery]:
        """Waits for a message; returns it with what else is at hand, at most ``max_messages``."""
        ...

    async def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Done: they do not come back."""
        ...

    async def retry(self, delivery: Delivery, *, delay_s: float) -> None:
        """Comes back, to any consumer of the queue, after ``delay_s`` or a little more, with one more
        in ``tries``."""
        ...

    async def dead_letter(self, delivery: Delivery, *, reason: str) -> None:
        """Put aside, where it waits to be looked at and replayed. ``reason`` has no personal data."""
        ...

    async def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """Not handled, and no try used up: another consumer may have them at once."""
        ...


class Bus(Protocol):
    """At least once, in no promised order; a message is on the bus when `publish` returns."""

    async def declare(self, queues: Sequence[Queue]) -> None:
        """Makes the queues; repeating it changes nothing."""
        ...

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        """Returns when every queue that takes them has them stored.

        Raises PublishFailed, which names those that were not taken.
        """
        ...

    async def send(self, queue: Queue, envelopes: Sequence[Envelope]) -> None:
        """As `publish`, to this queue alone, whoever else takes such messages."""
        ...

    def subscribe(self, queue: Queue, *, prefetch: int) -> AbstractAsyncContextManager[Subscription]:
        """At most ``prefetch`` unsettled messages at a time. Leaving gives back what is in hand.

        Raises BusUnavailable on entering.
        """
        ...

    async def ping(self) -> None:
        """Raises BusUnavailable."""
        ...

    async def depths(self, queues: Sequence[Queue]) -> dict[str, Depth]:
        """Of each of ``queues`` that is declared, by name. Raises BusUnavailable."""
        ...

    async def dead_letters(self, queue: Queue, *, limit: int) -> list[DeadLetter]:
        """The oldest dead letters of a queue, which stay where they are."""
        ...

    async def replay(self, queue: Queue, message_ids: set[UUID] | None = None) -> int:
        """Puts dead letters (all without ``message_ids``) back into their queue with no tries used;
        returns how many."""
        ...

    async def discard(self, queue: Queue, subjects: Set[str]) -> int:
        """Deletes the dead letters of a queue that are about one of ``subjects``, for good; returns how
        many. One that another process looks at or replays meanwhile is not missed. None are in a queue
        that is not declared. Raises BusUnavailable."""
        ...

    async def close(self) -> None: ...
