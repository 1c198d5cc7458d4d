"""A message on its way, with the attributes of CloudEvents 1.0.

Source: CloudEvents 1.0.2, "Context Attributes"; ``correlationid`` and ``causationid`` are extension
attributes, ``traceparent`` is the Distributed Tracing extension.
"""

import re
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta, Struct
from uuid_utils.compat import uuid7

from hotgigs.contracts.message import Message
from hotgigs.contracts.registry import BY_WIRE_TYPE, KIND_OF, type_of

SPEC_VERSION = "1.0"
_WIRE_TYPE = re.compile(r"hotgigs\.(?P<routing_key>\w+\.\w+)\.v\d+")


class UnknownMessage(Exception):
    """No class is registered for this wire type: it is newer than this code."""


class MalformedMessage(Exception):
    """The data does not fit the message type's fields."""


class Envelope(Struct, frozen=True, kw_only=True):
    """``data`` is the message as JSON. ``id`` is a UUIDv7, the same over every redelivery, and with
    ``source`` what consumers recognise a duplicate by. ``time`` has an offset, as RFC 3339 asks."""

    id: UUID
    type: str
    source: str
    subject: str
    time: Annotated[datetime, Meta(tz=True)]
    correlationid: str
    causationid: str | None = None
    traceparent: str | None = None
    data: bytes

    @property
    def routing_key(self) -> str:
        """Raises MalformedMessage where ``type`` is no HotGigs wire type."""
        match = _WIRE_TYPE.fullmatch(self.type)
        if match is None:
            raise MalformedMessage(f"not a wire type: {self.type[:80]!r}")
        return match["routing_key"]

    @property
    def is_command(self) -> bool:
        """Known for every version of a message that this code knows any version of.

        Raises UnknownMessage for a message that only newer code knows.
        """
        try:
            return KIND_OF[self.routing_key] == "command"
        except KeyError:
            raise UnknownMessage(f"no message is registered for {self.type[:80]!r}") from None

    def open(self) -> Message:
        """The message inside, in its newest version.

        Raises UnknownMessage for a type that only newer code knows, MalformedMessage where the data
        does not fit the type.
        """
        try:
            return msgspec.json.decode(self.data, type=_class_of(self.type)).latest()
        except msgspec.MsgspecError as err:
            # The library's words name the field; they quote nothing of its content.
            raise MalformedMessage(f"{self.type}: {err}") from err


def wrap(
    message: Message,
    *,
    source: str,
    correlation_id: str,
    causation_id: str | None = None,
    traceparent: str | None = None,
) -> Envelope:
    """A new envelope with a new id around ``message``; ``source`` is the publishing service's name."""
    return Envelope(
        id=uuid7(),
        type=type_of(type(message)).wire,
        source=f"/hotgigs/{source}",
        subject=message.subject,
        time=datetime.now(UTC),
        correlationid=correlation_id,
        causationid=causation_id,
        traceparent=traceparent,
        data=msgspec.json.encode(message),
    )


def _class_of(wire_type: str) -> type[Message]:
    try:
        return BY_WIRE_TYPE[wire_type]
    except KeyError:
        raise UnknownMessage(f"no class is registered for {wire_type[:80]!r}") from None
