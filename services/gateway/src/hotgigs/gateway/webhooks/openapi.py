"""Webhooks in the OpenAPI document: what receivers are sent, and what their answers mean."""

from typing import Any, cast

from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    PathItem,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIType

from hotgigs.contracts.json_schema import schema_components
from hotgigs.contracts.webhook_events import DATA_OF, MOST_IN_A_BATCH, WebhookEvent
from hotgigs.gateway.webhooks.event_types import WebhookEventType, event_types

_HEADERS = (
    Parameter(
        name="webhook-id",
        param_in="header",
        required=True,
        schema=Schema(type=OpenAPIType.STRING),
        description="Of the delivery: the same over all its tries. What has been seen can be left out by it.",
    ),
    Parameter(
        name="webhook-timestamp",
        param_in="header",
        required=True,
        schema=Schema(type=OpenAPIType.INTEGER),
        description="When this try was made, in seconds since 1970. What is old should be refused.",
    ),
    Parameter(
        name="webhook-signature",
        param_in="header",
        required=True,
        schema=Schema(type=OpenAPIType.STRING),
        description=(
            "`v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`, by Standard"
            " Webhooks 1.0; several with a space between them for a day after the secret was rotated, of"
            " which one has to fit."
        ),
    ),
)
_ANSWERS = {
    "2XX": "Accepted. Answer within 15 seconds, and do the work afterwards.",
    "410": "Not wanted any more: the webhook is switched off.",
    "default": (
        "Not accepted, redirects included: tried again after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20"
        " and 24 hours, or later where a Retry-After asks for it."
    ),
}
_ORDER = (
    "It may come more than once, and in any order: of two events about the same, the one with the greater"
    " `version` is the newer."
)


def describe_webhooks(document: OpenAPI) -> None:
    refs, schemas = schema_components([*DATA_OF.values()])
    known = cast("dict[str, Any]", document.components.schemas)
    assert known.keys().isdisjoint(schemas)
    known.update(schemas)
    document.webhooks = {
        each.event: PathItem(post=_operation(each, ref))
        for each, ref in zip(event_types(), refs, strict=True)
    }


def _operation(told: WebhookEventType, data: dict[str, Any]) -> Operation:
    return Operation(
        tags=["Webhooks"],
        operation_id=f"receive_{told.event.replace('.', '_')}",
        summary=told.event,
        description=f"{told.description}\n\n{_ORDER}",
        security=[{}],
        parameters=[*_HEADERS],
        request_body=RequestBody(
            required=True,
            content={
                "application/json": OpenAPIMediaType(
                    schema=cast("Schema", _payload(told.event, data)), example=told.example
                )
            },
        ),
        responses={status: OpenAPIResponse(description=meaning) for status, meaning in _ANSWERS.items()},
    )


def _payload(event: WebhookEvent, data: dict[str, Any]) -> dict[str, Any]:
    name = {"const": event}
    return {
        "type": "object",
        "required": ["id", "type", "event", "timestamp", "data"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "description": "The header `webhook-id`"},
            "type": name | {"description": "The `event`, under the name that Standard Webhooks gives it"},
            "event": name,
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened"},
            "data": {"anyOf": [data, _batch(data)]} if event == "match.created" else data,
        },
    }


def _batch(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": "Of a webhook with `batch`",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": data, "minItems": 1, "maxItems": MOST_IN_A_BATCH}},
    }
