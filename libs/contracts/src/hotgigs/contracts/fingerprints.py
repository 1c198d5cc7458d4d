"""A fingerprint of every message version's fields, so that a published version never changes.

    python -m hotgigs.contracts.fingerprints --write

adds new versions to ``libs/contracts/fingerprints.json``. It never changes a line that is there: a
message whose fields have to change gets a new version (class ``...V2`` beside ``...V1``, in the
registry, with a sample), and the older class says in `latest` how it becomes the newer one.
"""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import inspect

from hotgigs.contracts.message import Message
from hotgigs.contracts.registry import BY_WIRE_TYPE

FILE = Path(__file__).parents[3] / "fingerprints.json"


class Changed(Exception):
    """A published version's fields are not what they were; ``str()`` says what to do."""


def fingerprint(message_class: type[Message]) -> str:
    """Of the names, types and defaults of all fields, nested ones included; docstrings do not count."""
    described = msgspec.json.encode(_described(inspect.type_info(message_class)), order="deterministic")
    return hashlib.sha256(described).hexdigest()[:16]


def recorded() -> dict[str, str]:
    """By wire type, as checked in."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, str]) if FILE.exists() else {}


def completed(lines: Mapping[str, str]) -> dict[str, str]:
    """``lines`` and those of new versions. Raises Changed where one of ``lines`` is not true any more."""
    now = {wire_type: fingerprint(message_class) for wire_type, message_class in BY_WIRE_TYPE.items()}
    for wire_type in lines:
        if wire_type not in now:
            raise Changed(
                f"{wire_type} is gone, but messages of it may still lie in queues, outboxes and dead"
                f" letters: keep its class in the registry."
            )
        if lines[wire_type] != now[wire_type]:
            raise Changed(
                f"The fields of {wire_type} have changed, but services that run now send and expect the"
                f" old ones. Take the change back, add the next version beside this one, register it, add"
                f" its sample, and run: python -m hotgigs.contracts.fingerprints --write"
            )
    return dict(sorted(now.items()))


def _described(node: object) -> object:
    match node:
        case inspect.StructType():
            return {
                "array_like": node.array_like,
                "forbid_unknown_fields": node.forbid_unknown_fields,
                "tag": [node.tag_field, node.tag],
                "fields": [_described(field) for field in node.fields],
            }
        case inspect.Type() | inspect.Field():
            parts = {name: _described(getattr(node, name)) for name in node.__struct_fields__}
            return {type(node).__name__: parts}
        case tuple() | list():
            return [_described(part) for part in node]
        case type():
            return node.__qualname__
        case str() | int() | float() | bool() | None:
            return node
        case _:
            return repr(node)


def main() -> None:
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    before = recorded()
    try:
        lines = completed(before)
    except Changed as err:
        sys.exit(str(err))
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(lines), indent=2) + b"\n")
    sys.stdout.write(f"{len(lines) - len(before)} added\n")


if __name__ == "__main__":
    main()
