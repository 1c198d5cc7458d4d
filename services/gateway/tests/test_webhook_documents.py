"""What receivers are told is documented: at /api/webhooks/event-types, and in the OpenAPI document."""

from typing import Any, get_args

import jsonschema
import msgspec
import pytest
from litestar import Litestar

from hotgigs.contracts.webhook_events import DATA_OF, EXAMPLE_OF, WebhookEvent
from hotgigs.gateway.bodies import describe_bodies
from hotgigs.gateway.http import ROUTES
from hotgigs.gateway.openapi import describe_answers, openapi_config
from hotgigs.gateway.webhooks.event_types import event_types
from hotgigs.gateway.webhooks.openapi import describe_webhooks

EVENTS: tuple[WebhookEvent, ...] = get_args(WebhookEvent)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    app = Litestar([ROUTES], openapi_config=openapi_config())
    describe_answers(app.openapi_schema, app.routes)
    describe_bodies(app.openapi_schema, app.routes)
    describe_webhooks(app.openapi_schema)
    read: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(app.openapi_schema.to_schema()))
    return read


def test_every_event_is_listed_with_a_schema_that_its_example_has() -> None:
    assert [each.event for each in event_types()] == list(EVENTS)
    for each in event_types():
        assert each.description
        assert each.schema_version == 1
        assert each.example.keys() == {"id", "type", "event", "timestamp", "data"}
        assert each.example["event"] == each.example["type"] == each.event
        jsonschema.validate(each.example["data"], each.schema)
        assert msgspec.convert(each.example["data"], DATA_OF[each.event]) == EXAMPLE_OF[each.event]


def test_an_example_shows_every_field_of_its_schema() -> None:
    for each in event_types():
        assert each.example["data"].keys() == each.schema["properties"].keys()


def test_every_event_is_a_webhook_of_the_document(document: dict[str, Any]) -> None:
    assert list(document["webhooks"]) == list(EVENTS)
    for event, path in document["webhooks"].items():
        told = path["post"]
        assert told["description"]
        assert [(each["name"], each["in"], each["required"]) for each in told["parameters"]] == [
            ("webhook-id", "header", True),
            ("webhook-timestamp", "header", True),
            ("webhook-signature", "header", True),
        ]
        assert told["responses"].keys() == {"2XX", "410", "default"}
        content = told["requestBody"]["content"]["application/json"]
        schema = content["schema"] | {"components": document["components"]}
        jsonschema.validate(content["example"], schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content["example"] | {"event": "job.posted"}, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content["example"] | {"data": {}}, schema)
        assert event == content["example"]["event"]


def test_a_batch_of_matches_is_documented(document: dict[str, Any]) -> None:
    content = document["webhooks"]["match.created"]["post"]["requestBody"]["content"]["application/json"]
    schema = content["schema"] | {"components": document["components"]}
    one = content["example"]["data"]
    jsonschema.validate(content["example"] | {"data": {"items": [one] * 100}}, schema)
    for items in ([], [one] * 101):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content["example"] | {"data": {"items": items}}, schema)


def test_the_body_of_a_test_can_be_left_out(document: dict[str, Any]) -> None:
    body = document["paths"]["/api/webhooks/{webhook_id}/test"]["post"]["requestBody"]
    assert not body.get("required", False)
    assert body["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/GivenTest"}


def test_the_names_of_what_is_told_are_no_other_schemas(document: dict[str, Any]) -> None:
    names = {shape.__name__ for shape in DATA_OF.values()}
    for name, shape in ((shape.__name__, shape) for shape in DATA_OF.values()):
        assert set(document["components"]["schemas"][name]["properties"]) == set(shape.__struct_fields__)
    assert len(names) == len(EVENTS)
