"""The ``fields`` parameter: which parts of an answer are wanted, checked against Google's own schema."""

import functools
import importlib.resources
import json
import re
from typing import Any

from support.stand_in_drive.errors import bad_field

Selection = dict[str, Any]
"""Names to what is wanted of each; an empty one is all of it."""

_TOKEN = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*|[*(),/])\s*")


@functools.cache
def _schemas() -> dict[str, Any]:
    documents = importlib.resources.files("googleapiclient.discovery_cache") / "documents"
    schemas: dict[str, Any] = json.loads((documents / "drive.v3.json").read_text())["schemas"]
    return schemas


@functools.lru_cache(maxsize=256)
def parse(text: str, schema: str) -> Selection:
    """Raises Refused, for a field that the schema of the answer does not have also."""
    tokens = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise bad_field(text)
        tokens.append(found[1])
        position = found.end()
    selection, rest = _listed(tokens, text)
    if rest or not selection:
        raise bad_field(text)
    _check(selection, _schemas()[schema])
    return selection


def _listed(tokens: list[str], text: str) -> tuple[Selection, list[str]]:
    selection: Selection = {}
    while True:
        name, tokens = _path(tokens, text)
        _merge(selection, name)
        if not tokens or tokens[0] != ",":
            return selection, tokens
        tokens = tokens[1:]


def _path(tokens: list[str], text: str) -> tuple[Selection, list[str]]:
    if not tokens or tokens[0] in "(),/":
        raise bad_field(text)
    name, tokens = tokens[0], tokens[1:]
    if tokens and tokens[0] == "/":
        inner, tokens = _path(tokens[1:], text)
        return {name: inner}, tokens
    if tokens and tokens[0] == "(":
        inner, tokens = _listed(tokens[1:], text)
        if not tokens or tokens[0] != ")":
            raise bad_field(text)
        return {name: inner}, tokens[1:]
    return {name: {}}, tokens


def _merge(into: Selection, more: Selection) -> None:
    for name, inner in more.items():
        if name not in into:
            into[name] = inner
        elif not into[name] or not inner:
            into[name] = {}
        else:
            _merge(into[name], inner)


def _check(selection: Selection, schema: dict[str, Any]) -> None:
    if "$ref" in schema:
        schema = _schemas()[schema["$ref"]]
    if schema.get("type") == "array":
        return _check(selection, schema["items"])
    properties = schema.get("properties")
    if properties is None:
        if "additionalProperties" not in schema:
            raise bad_field(next(iter(selection)))
        return None
    for name, inner in selection.items():
        if name == "*":
            continue
        if name not in properties:
            raise bad_field(name)
        if inner:
            _check(inner, properties[name])
    return None


def selected(answer: dict[str, Any], fields: str, schema: str) -> dict[str, Any]:
    """What is wanted of an answer. Raises Refused."""
    wanted: dict[str, Any] = select(answer, parse(fields, schema))
    return wanted


def select(value: Any, selection: Selection) -> Any:
    if not selection or "*" in selection:
        return value
    if isinstance(value, list):
        return [select(each, selection) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: select(value[name], inner) if inner else value[name]
        for name, inner in selection.items()
        if name in value
    }
