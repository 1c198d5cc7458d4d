"""What webhooks can be told, with its schemas and examples; pure."""

from collections.abc import Sequence
from functools import cache
from inspect import cleandoc, getdoc
from typing import Any

import msgspec
from msgspec import Struct

from hotgigs.contracts.json_schema import schema_components
from hotgigs.contracts.webhook_events import DATA_OF, EXAMPLE_AT, EXAMPLE_OF, Payload, WebhookEvent


class WebhookEventType(Struct, frozen=True, kw_only=True):
    """`schema` is the JSON Schema (2020-12) of the payload's `data`; within a `schema_version` fields are
    added, and none is taken away. `example` is a whole payload."""

    event: WebhookEvent
    description: str
    schema_version: int
    schema: dict[str, Any]
    example: dict[str, Any]


@cache
def event_types() -> Sequence[WebhookEventType]:
    refs, schemas = schema_components([*DATA_OF.values()])
    names = [ref["$ref"].rpartition("/")[2] for ref in refs]
    return [
        WebhookEventType(
            event=event,
            description=cleandoc(getdoc(DATA_OF[event]) or ""),
            schema_version=EXAMPLE_OF[event].schema_version,
            schema=schemas[name],
            example=example_of(event),
        )
        for event, name in zip(DATA_OF, names, strict=True)
    ]


def example_of(event: WebhookEvent) -> dict[str, Any]:
    """A payload, as JSON has it."""
    data = EXAMPLE_OF[event]
    payload = Payload(id=data.event_id, type=event, event=event, timestamp=EXAMPLE_AT, data=data)
    example: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(payload))
    return example
