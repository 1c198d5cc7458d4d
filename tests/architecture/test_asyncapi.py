"""The checked-in AsyncAPI document is whole, valid, and true of what is on the wire."""

import copy
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aio_pika
import msgspec
import pytest
from aio_pika import ExchangeType
from jsonschema import Draft7Validator, FormatChecker, ValidationError
from msgspec import structs
from referencing import Registry
from referencing.jsonschema import DRAFT7
from support.rabbitmq import Broker

from hotgigs.chassis import asyncapi
from hotgigs.chassis.asyncapi import FILE, SAMPLES, document, generated, samples_in
from hotgigs.chassis.bus.amqp_message import message_of
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.service import installed_services
from hotgigs.contracts.envelope import wrap
from hotgigs.contracts.registry import BY_WIRE_TYPE, MESSAGES, type_of

DOCUMENT: dict[str, Any] = json.loads(FILE.read_bytes())
SAMPLE = samples_in(SAMPLES)
ASYNCAPI = Draft7Validator(json.loads((Path(__file__).parent / "asyncapi" / "3.0.0.json").read_bytes()))
each_message = pytest.mark.parametrize("wire_type", BY_WIRE_TYPE)


def validate(value: object, pointer: str) -> None:
    """Raises ValidationError where ``value`` is not what the schema at ``pointer`` says."""
    registry = Registry().with_resource("urn:document", DRAFT7.create_resource(DOCUMENT))
    validator = Draft7Validator(
        {"$ref": f"urn:document#{pointer}"}, registry=registry, format_checker=FormatChecker()
    )
    validator.validate(value)


def validate_message(headers: Mapping[str, object], body: bytes, wire_type: str) -> None:
    validate(dict(headers), f"/components/messages/{wire_type}/headers")
    validate(json.loads(body), f"/components/messages/{wire_type}/payload")


def found(reference: str) -> Any:
    place: Any = DOCUMENT
    for name in reference.removeprefix("#/").split("/"):
        place = place[name]
    return place


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [reference for part in node.values() for reference in references(part)]
    return [reference for part in node for reference in references(part)] if isinstance(node, list) else []


def test_the_document_is_what_the_code_says_now() -> None:
    assert FILE.read_bytes() == generated(), (
        "docs/asyncapi.json is stale: python -m hotgigs.chassis.asyncapi --write"
    )


def test_writing_makes_it_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "asyncapi.json"
    monkeypatch.setattr(asyncapi, "FILE", file)
    monkeypatch.setattr("sys.argv", ["asyncapi", "--write"])
    asyncapi.main()
    assert file.read_bytes() == FILE.read_bytes()


def test_the_document_is_asyncapi() -> None:
    ASYNCAPI.validate(DOCUMENT)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("operations/send.gateway.submit_resume/action", "publish"),
        ("channels/gateway.submit_resume/bindings/amqp/exchange/type", "star"),
        ("components/messages/hotgigs.gateway.submit_resume.v1/body", {}),
        ("components/schemas/StoredFile/type", "file"),
    ],
)
def test_what_is_not_asyncapi_would_be_found(place: str, value: object) -> None:
    broken = copy.deepcopy(DOCUMENT)
    *parents, last = place.split("/")
    node = broken
    for name in parents:
        node = node[name]
    node[last] = value
    assert not ASYNCAPI.is_valid(broken)


def test_every_reference_leads_somewhere() -> None:
    everywhere = references(DOCUMENT)
    assert everywhere
    for reference in everywhere:
        assert found(reference)


def test_every_message_is_in_it_once() -> None:
    names = Counter(message["name"] for message in DOCUMENT["components"]["messages"].values())
    assert names == Counter(type_of(message).wire for message in MESSAGES)


@each_message
def test_every_message_says_what_it_is(wire_type: str) -> None:
    message = DOCUMENT["components"]["messages"][wire_type]
    assert message["summary"]
    assert message["examples"]


def test_every_message_is_sent_by_its_publisher_and_heard_by_those_who_declared_it() -> None:
    operations = {
        (operation["tags"][0]["name"], operation["action"], message["$ref"].rpartition("/")[2])
        for operation in DOCUMENT["operations"].values()
        for message in operation["messages"]
    }
    heard = {
        (service.name, "receive", wire_type)
        for service in installed_services().values()
        for handler in service.handlers
        for wire_type, message in BY_WIRE_TYPE.items()
        if type_of(message).routing_key == type_of(handler.message).routing_key
    }
    sent = {(type_of(m).publisher, "send", type_of(m).wire) for m in MESSAGES}
    assert operations == heard | sent


@each_message
def test_a_sample_is_on_the_wire_as_the_document_says(wire_type: str) -> None:
    sent = message_of(SAMPLE[wire_type])
    validate_message(sent.headers, sent.body, wire_type)
    described = DOCUMENT["components"]["schemas"]["CloudEventsHeaders"]
    assert set(sent.headers) == set(described["properties"])


@each_message
def test_only_the_headers_that_every_message_has_are_required(wire_type: str) -> None:
    message = msgspec.json.decode(SAMPLE[wire_type].data, type=BY_WIRE_TYPE[wire_type])
    sent = message_of(wrap(message, source="a", correlation_id="a request of nobody"))
    validate_message(sent.headers, sent.body, wire_type)
    described = DOCUMENT["components"]["schemas"]["CloudEventsHeaders"]
    assert set(sent.headers) == set(described["required"])


@each_message
def test_the_headers_of_another_message_do_not_fit(wire_type: str) -> None:
    other = structs.replace(SAMPLE[wire_type], type="hotgigs.parser.not_yet_invented.v1")
    with pytest.raises(ValidationError):
        validate(dict(message_of(other).headers), f"/components/messages/{wire_type}/headers")


@each_message
def test_a_header_is_left_out_rather_than_null(wire_type: str) -> None:
    headers = message_of(SAMPLE[wire_type]).headers | {"cloudEvents_causationid": None}
    with pytest.raises(ValidationError):
        validate(headers, f"/components/messages/{wire_type}/headers")


@pytest.mark.parametrize(
    "change",
    [{"resume_id": "7"}, {"started_at": "2026-03-04T09:30:00"}, {"step": None}, {"attempt": 1.5}],
    ids=str,
)
def test_a_body_that_does_not_fit_is_found(change: dict[str, object]) -> None:
    wire_type = "hotgigs.parser.parse_progressed.v1"
    body = json.loads(SAMPLE[wire_type].data) | change
    with pytest.raises(ValidationError):
        validate(body, f"/components/messages/{wire_type}/payload")


async def test_the_broker_has_and_routes_what_the_document_says(broker: Broker) -> None:
    services = list(installed_services().values())
    channels = document(services, SAMPLE, Names(broker.namespace))["channels"]
    bus = broker.bus()
    await bus.declare([queue for service in services for queue in service.queues])
    await bus.publish(list(SAMPLE.values()))
    await bus.close()
    async with await aio_pika.connect(broker.url) as connection, connection.channel() as channel:
        for described in channels.values():
            amqp = described["bindings"]["amqp"]
            if amqp["is"] == "routingKey":
                # Declaring again what is there under other properties is refused.
                exchange = amqp["exchange"]
                await channel.declare_exchange(
                    exchange["name"],
                    ExchangeType(exchange["type"]),
                    durable=exchange["durable"],
                    auto_delete=exchange["autoDelete"],
                )
                continue
            queue = amqp["queue"]
            declared = await channel.declare_queue(
                queue["name"],
                durable=queue["durable"],
                exclusive=queue["exclusive"],
                auto_delete=queue["autoDelete"],
                arguments=amqp["x-arguments"],
            )
            expected = set(described["messages"])
            assert declared.declaration_result.message_count == len(expected)
            for _ in expected.copy():
                message = await declared.get(no_ack=True)
                assert message.type in expected
                expected.remove(message.type)
                validate_message(message.headers, message.body, message.type)
