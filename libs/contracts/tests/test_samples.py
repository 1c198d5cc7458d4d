"""A sample of every version, as it went over the wire once, is understood for ever."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hotgigs.contracts.envelope import SPEC_VERSION, Envelope
from hotgigs.contracts.message import Message
from hotgigs.contracts.registry import BY_WIRE_TYPE, type_of

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(SAMPLES.glob("*/*.json"))


def test_every_version_has_a_sample_and_every_sample_a_version() -> None:
    expected = {
        SAMPLES / t.publisher / f"{t.name}.v{t.version}.json" for t in map(type_of, BY_WIRE_TYPE.values())
    }
    assert set(FILES) == expected, "a new version needs a sample; an old one keeps its own"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_sample_is_understood(file: Path) -> None:
    event: dict[str, Any] = json.loads(file.read_text())
    assert event.pop("specversion") == SPEC_VERSION
    assert event.pop("datacontenttype") == "application/json"
    data = event.pop("data")
    envelope = msgspec.convert(event | {"data": json.dumps(data).encode()}, Envelope, builtin_types=(bytes,))
    message = envelope.open()
    publisher, name = file.parent.name, file.stem
    assert envelope.type == f"hotgigs.{publisher}.{name}"
    assert envelope.source == f"/hotgigs/{publisher.replace('_', '-')}"
    assert message.subject == envelope.subject
    assert type(message) is newest_of(message)
    # Nothing of it is dropped, and it names every field there is.
    as_sent = msgspec.json.decode(envelope.data, type=BY_WIRE_TYPE[envelope.type])
    assert json.loads(msgspec.json.encode(as_sent)) == data
    kept = json.loads(msgspec.json.encode(message))
    assert contains(kept, data), "a newer version has all that an older one said"


def newest_of(message: Message) -> type[Message]:
    routing_key = type_of(type(message)).routing_key
    versions = [known for known in BY_WIRE_TYPE.values() if type_of(known).routing_key == routing_key]
    return max(versions, key=lambda known: type_of(known).version)


def contains(newer: Any, older: Any) -> bool:
    match older:
        case dict():
            return all(key in newer and contains(newer[key], value) for key, value in older.items())
        case list():
            return len(newer) == len(older) and all(map(contains, newer, older))
        case _:
            return bool(newer == older)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_field_that_only_newer_code_knows_does_not_hinder_older_code(file: Path) -> None:
    event = json.loads(file.read_text())
    data = event["data"]
    message_class = BY_WIRE_TYPE[event["type"]]
    known = msgspec.json.decode(json.dumps(data).encode(), type=message_class)
    assert msgspec.json.decode(json.dumps(data | {"added_later": 1}).encode(), type=message_class) == known
