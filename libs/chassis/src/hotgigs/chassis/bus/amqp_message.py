"""Envelopes as AMQP messages: CloudEvents in binary mode, the attributes in headers.

Source: CloudEvents 1.0.2, "AMQP Protocol Binding"; the ``cloudEvents_`` prefix is its alternative to
``cloudEvents:`` for peers that allow no colon in a header's name.
"""

from datetime import datetime, timedelta

import msgspec
from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractMessage, HeadersType

from hotgigs.chassis.bus.interface import DELIVERY_LIMIT, DeadLetter
from hotgigs.contracts.envelope import SPEC_VERSION, Envelope, MalformedMessage

HEADER_PREFIX = "cloudEvents_"
_TRIES = "hotgigs_tries"
_REASON = "hotgigs_reason"
_DIED_AT = "hotgigs_died_at"
_OF_THE_BROKER = ("x-death", "x-delivery-count", "x-first-death-")


def message_of(envelope: Envelope) -> Message:
    attributes = msgspec.to_builtins(envelope, builtin_types=(bytes,))
    del attributes["data"]
    headers: HeadersType = {f"{HEADER_PREFIX}specversion": SPEC_VERSION}
    headers.update({HEADER_PREFIX + name: value for name, value in attributes.items() if value is not None})
    return Message(
        envelope.data,
        headers=headers,
        content_type="application/json",
        delivery_mode=DeliveryMode.PERSISTENT,
        message_id=str(envelope.id),
        correlation_id=envelope.correlationid,
        type=envelope.type,
        timestamp=envelope.time,
    )


def envelope_of(message: AbstractMessage) -> Envelope:
    """Raises MalformedMessage where an attribute is missing or of the wrong form."""
    attributes: dict[str, object] = {
        name.removeprefix(HEADER_PREFIX): value
        for name, value in message.headers.items()
        if name.startswith(HEADER_PREFIX)
    }
    try:
        return msgspec.convert(attributes | {"data": message.body}, Envelope, builtin_types=(bytes,))
    except msgspec.ValidationError as err:
        raise MalformedMessage("no CloudEvents attributes") from err


def subject_of(message: AbstractMessage) -> str | None:
    """Also of a message that is otherwise malformed."""
    subject = message.headers.get(f"{HEADER_PREFIX}subject")
    return subject if isinstance(subject, str) else None


def tries_of(message: AbstractMessage) -> int:
    tries = message.headers.get(_TRIES, 0)
    return tries if isinstance(tries, int) else 0


def retried(message: AbstractMessage, *, tries: int, delay_s: float) -> Message:
    again = _copy(message, {_TRIES: tries})
    again.expiration = timedelta(seconds=delay_s)
    return again


def dead(message: AbstractMessage, *, reason: str, died_at: datetime) -> Message:
    return _copy(message, {_REASON: reason[:500], _DIED_AT: died_at.isoformat()})


def replayed(message: AbstractMessage) -> Message:
    again = _copy(message, {_TRIES: 0})
    for name in (_REASON, _DIED_AT):
        again.headers.pop(name, None)
    return again


def dead_letter_of(message: AbstractMessage, *, queue: str) -> DeadLetter:
    """Raises MalformedMessage for what never was a message of ours."""
    died_at, reason = message.headers.get(_DIED_AT), message.headers.get(_REASON)
    return DeadLetter(
        queue=queue,
        envelope=envelope_of(message),
        tries=tries_of(message),
        reason=reason if isinstance(reason, str) else f"delivered {DELIVERY_LIMIT} times without an answer",
        died_at=datetime.fromisoformat(died_at) if isinstance(died_at, str) else None,
    )


def _copy(message: AbstractMessage, headers: HeadersType) -> Message:
    kept = {k: v for k, v in message.headers.items() if not k.startswith(_OF_THE_BROKER)}
    return Message(
        message.body,
        headers=kept | headers,
        content_type=message.content_type,
        delivery_mode=DeliveryMode.PERSISTENT,
        message_id=message.message_id,
        correlation_id=message.correlation_id,
        type=message.type,
        timestamp=message.timestamp,
    )
