"""The AsyncAPI document of the whole system: every message, where it goes, who sends and who hears it.

    python -m hotgigs.chassis.asyncapi --write

writes ``docs/asyncapi.json`` from the contracts, their samples, and the declarations of the services that
are installed.

Source: AsyncAPI 3.0.0; AMQP 0-9-1 bindings 0.3.0, which is what that version's own schema knows.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from inspect import cleandoc, getmodule
from pathlib import Path
from typing import Any

import msgspec

from hotgigs.chassis.bus.amqp_message import HEADER_PREFIX, message_of
from hotgigs.chassis.bus.amqp_topology import Names, arguments_of
from hotgigs.chassis.bus.interface import Queue
from hotgigs.chassis.service import AnyService, installed_services
from hotgigs.contracts.envelope import SPEC_VERSION, Envelope
from hotgigs.contracts.json_schema import PLACE, schema_components
from hotgigs.contracts.message import Command, Event, Message
from hotgigs.contracts.registry import KIND_OF, MESSAGES, type_of

Json = dict[str, Any]

_REPOSITORY = Path(__file__).parents[5]
FILE = _REPOSITORY / "docs" / "asyncapi.json"
SAMPLES = _REPOSITORY / "libs" / "contracts" / "samples"

BINDING_VERSION = "0.3.0"

_DESCRIPTION = """\
The messages between the services of HotGigs on RabbitMQ: CloudEvents 1.0 in binary mode, the attributes in
headers and the data, as JSON, in the body.

A message is published, persistent, mandatory and with a confirm, to the exchange of commands or to that of
events. The routing key leaves the version out: a queue gets every version of a message, and its consumer
tells them apart by their type. Every service has one queue for each message that it hears. A message may
come more than once; its id stays the same.

The names of exchanges and queues begin with the namespace, `HOTGIGS_AMQP_NAMESPACE`, here with its default.
"""


def document(services: Sequence[AnyService], samples: Mapping[str, Envelope], names: Names) -> Json:
    """AsyncAPI 3.0.0. ``samples`` has an envelope for every message version, by wire type; raises KeyError
    where one is missing.

    A channel is either a routing key of an exchange, which a message's publisher sends to, or the queue of
    one service, which it receives from.
    """
    refs, schemas = schema_components(MESSAGES)
    versions: defaultdict[str, list[str]] = defaultdict(list)
    for message in MESSAGES:
        versions[type_of(message).routing_key].append(type_of(message).wire)
    queues = [(service.name, queue) for service in services for queue in service.queues]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "HotGigs messages",
            "version": version("hotgigs-contracts"),
            "description": _DESCRIPTION,
        },
        "defaultContentType": "application/json",
        "servers": {"production": _server()},
        "channels": {key: _exchange_channel(key, versions[key], names) for key in versions}
        | {names.queue(queue.name): _queue_channel(queue, versions, names) for _, queue in queues},
        "operations": {f"send.{key}": _send(key, versions[key]) for key in versions}
        | {f"receive.{queue.name}": _receive(name, queue, versions, names) for name, queue in queues},
        "components": {
            "messages": {
                type_of(message).wire: _message(message, ref, samples[type_of(message).wire])
                for message, ref in zip(MESSAGES, refs, strict=True)
            },
            "schemas": {"CloudEventsHeaders": _headers()} | schemas,
            "securitySchemes": {"account": {"type": "userPassword", "description": "Of the broker."}},
        },
    }


def samples_in(folder: Path) -> dict[str, Envelope]:
    """The checked-in samples, CloudEvents in structured mode, by wire type."""
    found = {}
    for file in folder.glob("*/*.json"):
        event = msgspec.json.decode(file.read_bytes())
        event["data"] = msgspec.json.encode(event["data"])
        envelope = msgspec.convert(event, Envelope, builtin_types=(bytes,))
        found[envelope.type] = envelope
    return found


def generated() -> bytes:
    """What belongs into `FILE`."""
    services = [service for _, service in sorted(installed_services().items())]
    encoded = msgspec.json.encode(document(services, samples_in(SAMPLES), Names()))
    return msgspec.json.format(encoded, indent=2) + b"\n"


def _server() -> Json:
    return {
        "host": "{host}:{port}",
        "pathname": "/{vhost}",
        "protocol": "amqp",
        "protocolVersion": "0.9.1",
        "description": "RabbitMQ 3.10 or later: `HOTGIGS_AMQP_URL`.",
        "variables": {
            "host": {"description": "Of the broker.", "examples": ["rabbitmq"]},
            "port": {"default": "5672"},
            "vhost": {"default": "", "description": 'The virtual host; none stands for "/".'},
        },
        "security": [{"$ref": "#/components/securitySchemes/account"}],
    }


def _exchange_channel(routing_key: str, wire_types: Sequence[str], names: Names) -> Json:
    is_command = KIND_OF[routing_key] == "command"
    return {
        "address": routing_key,
        "description": cleandoc((Command if is_command else Event).__doc__ or ""),
        "messages": _messages(wire_types),
        "bindings": _amqp(
            {
                "is": "routingKey",
                "exchange": {
                    "name": names.commands if is_command else names.events,
                    "type": "direct" if is_command else "topic",
                    "durable": True,
                    "autoDelete": False,
                },
            }
        ),
    }


def _queue_channel(queue: Queue, versions: Mapping[str, Sequence[str]], names: Names) -> Json:
    name = names.queue(queue.name)
    return {
        "address": name,
        "description": f"Bound to the exchange of {queue.kind}s by `{queue.routing_key}`.",
        "messages": _messages(versions[queue.routing_key]),
        "bindings": _amqp(
            {
                "is": "queue",
                "queue": {"name": name, "durable": True, "exclusive": False, "autoDelete": False},
                "x-arguments": arguments_of(names, queue),
            }
        ),
    }


def _send(routing_key: str, wire_types: Sequence[str]) -> Json:
    publisher, _, name = routing_key.partition(".")
    return {
        "action": "send",
        "title": f"{publisher} sends {name}",
        "tags": [{"name": publisher}],
        "bindings": _amqp({"deliveryMode": 2, "mandatory": True, "timestamp": True}),
        **_through(routing_key, wire_types),
    }


def _receive(service: str, queue: Queue, versions: Mapping[str, Sequence[str]], names: Names) -> Json:
    name = queue.routing_key.partition(".")[2]
    return {
        "action": "receive",
        "title": f"{service} hears {name}",
        "tags": [{"name": service}],
        "bindings": _amqp({"ack": True}),
        **_through(names.queue(queue.name), versions[queue.routing_key]),
    }


def _through(channel: str, wire_types: Sequence[str]) -> Json:
    return {
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{wire_type}"} for wire_type in wire_types],
    }


def _messages(wire_types: Sequence[str]) -> Json:
    return {wire_type: {"$ref": f"#/components/messages/{wire_type}"} for wire_type in wire_types}


def _message(message: type[Message], payload: Json, sample: Envelope) -> Json:
    message_type = type_of(message)
    described = {"description": cleandoc(message.__doc__)} if message.__doc__ else {}
    return {
        "name": message_type.wire,
        "title": f"{message_type.name}, version {message_type.version}",
        "summary": _summary(message),
        **described,
        "tags": [{"name": message_type.kind}, {"name": message_type.publisher}],
        "contentType": "application/json",
        "correlationId": {"location": f"$message.header#/{HEADER_PREFIX}correlationid"},
        "headers": {
            "type": "object",
            "allOf": [{"$ref": f"{PLACE}CloudEventsHeaders"}],
            "properties": {f"{HEADER_PREFIX}type": {"const": message_type.wire}},
        },
        "payload": payload,
        "bindings": _amqp({"messageType": message_type.wire}),
        "examples": [
            {"headers": message_of(sample).headers, "payload": msgspec.json.decode(sample.data)},
        ],
    }


def _summary(message: type[Message]) -> str:
    """The sentence that its module's docstring has after the message's name."""
    module = getmodule(message)
    first = cleandoc((module and module.__doc__) or "").split("\n\n")[0]
    sentence = " ".join(first.partition(": ")[2].split())
    return sentence[:1].upper() + sentence[1:]


def _headers() -> Json:
    """The envelope's attributes as `message_of` writes them: those that are None are left out."""
    _, schemas = schema_components([Envelope])
    envelope = schemas[Envelope.__name__]
    attributes = {"specversion": {"const": SPEC_VERSION}} | envelope["properties"]
    required = ["specversion", *envelope["required"]]
    return {
        "title": "CloudEventsHeaders",
        "description": "The attributes of CloudEvents 1.0.2, in headers as its AMQP Protocol Binding says.",
        "type": "object",
        "properties": {
            HEADER_PREFIX + name: _not_null(schema) for name, schema in attributes.items() if name != "data"
        },
        "required": [HEADER_PREFIX + name for name in required if name != "data"],
    }


def _not_null(schema: Json) -> Json:
    kinds: list[Json] = schema.get("anyOf", [schema])
    (kind,) = (kind for kind in kinds if kind.get("type") != "null")
    return kind


def _amqp(binding: Json) -> Json:
    return {"amqp": binding | {"bindingVersion": BINDING_VERSION}}


def main() -> None:
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    FILE.write_bytes(generated())


if __name__ == "__main__":
    main()
