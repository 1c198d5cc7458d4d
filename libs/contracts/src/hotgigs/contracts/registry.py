"""Every message version by its wire type.

The wire type is read off where a class stands and what it is called, so that the two cannot
disagree: ``hotgigs.contracts.parser.resume_parsed.ResumeParsedV1`` is
``hotgigs.parser.resume_parsed.v1``.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV1, ResumeCompletedV2
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.message import Command, Message
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV1, ResumeParsedV2

MESSAGES: tuple[type[Message], ...] = (
    SubmitResumeV1,
    SubmitBatchV1,
    ResumeReceivedV1,
    BatchReceivedV1,
    ResumeCompletedV1,
    ResumeCompletedV2,
    ResumeFailedV1,
    ParseProgressedV1,
    ResumeParsedV1,
    ResumeParsedV2,
    ResumeParseFailedV1,
)


class MessageType(Struct, frozen=True, kw_only=True):
    """The parts of a wire type. ``name`` and ``routing_key`` are the same for all versions."""

    publisher: str
    name: str
    version: int
    kind: Literal["command", "event"]

    @property
    def routing_key(self) -> str:
        """What queues are bound by. It leaves the version out, so that a newer version than a
        consumer knows still reaches that consumer's queue instead of being lost."""
        return f"{self.publisher}.{self.name}"

    @property
    def wire(self) -> str:
        return f"hotgigs.{self.routing_key}.v{self.version}"


@cache
def type_of(message_class: type[Message]) -> MessageType:
    """Raises ValueError for a class that does not follow the naming rule."""
    module = re.fullmatch(r"hotgigs\.contracts\.(\w+)\.(\w+)", message_class.__module__)
    version = re.search(r"V(\d+)$", message_class.__name__)
    if module is None or version is None:
        raise ValueError(f"{message_class.__qualname__} is not named after its publisher, file and version")
    publisher, name = module.groups()
    if message_class.__name__ != "".join(map(str.capitalize, name.split("_"))) + version.group():
        raise ValueError(f"{message_class.__qualname__} is not named after its file, {name}.py")
    return MessageType(
        publisher=publisher,
        name=name,
        version=int(version[1]),
        kind="command" if issubclass(message_class, Command) else "event",
    )


BY_WIRE_TYPE: Mapping[str, type[Message]] = MappingProxyType({type_of(m).wire: m for m in MESSAGES})

KIND_OF: Mapping[str, Literal["command", "event"]] = MappingProxyType(
    {type_of(m).routing_key: type_of(m).kind for m in MESSAGES}
)
"""By routing key."""
