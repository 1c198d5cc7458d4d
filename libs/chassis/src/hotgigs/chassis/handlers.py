"""What a service does with a message it hears."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from hotgigs.chassis.bus.interface import Queue
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.message import Message
from hotgigs.contracts.registry import type_of

M = TypeVar("M", bound=Message)
R = TypeVar("R")
O = TypeVar("O")  # noqa: E741 - the outcome of work


class Handler(Struct, Generic[M], frozen=True, kw_only=True):
    """``handle`` has its effect in the unit of work that it is given, which also holds the claim on
    the message. Up to ``batch_size`` messages share one transaction; where one of them fails, each
    is handled again on its own."""

    message: type[M]
    handle: Callable[[M, UnitOfWork], Awaitable[None]]
    batch_size: int = 50


class BatchHandler(Struct, Generic[M], frozen=True, kw_only=True):
    """As `Handler`, for an effect that is written for many messages at once."""

    message: type[M]
    handle_all: Callable[[Sequence[M], UnitOfWork], Awaitable[None]]
    batch_size: int = 200


class WorkHandler(Struct, Generic[M, R, O], frozen=True, kw_only=True):
    """For work that takes longer than a transaction should last.

    ``work`` runs outside of any transaction, at least once; ``record`` has the effect of its outcome,
    exactly once, as a `Handler` does. ``work`` is given the service's resources.
    """

    message: type[M]
    work: Callable[[M, R], Awaitable[O]]
    record: Callable[[M, O, UnitOfWork], Awaitable[None]]
    give_up: Callable[[M, UnitOfWork], Awaitable[None]] | None = None
    """The effect, in place of ``record``'s, of a message that goes to the dead letters, so that nobody
    waits for an outcome that will not come."""
    concurrency: Callable[[R], int] = lambda _: 1
    """How many messages are worked on at once."""


AnyHandler = Handler[Any] | BatchHandler[Any] | WorkHandler[Any, Any, Any]


def queue_of(service: str, handler: AnyHandler) -> Queue:
    """The queue of a service's handler, ``service.message``: all versions of the message go there."""
    message: type[Message] = handler.message
    message_type = type_of(message)
    return Queue(
        name=f"{service}.{message_type.name}",
        routing_key=message_type.routing_key,
        kind=message_type.kind,
    )
