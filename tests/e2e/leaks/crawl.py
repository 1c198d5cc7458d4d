"""Everything that a user can be told: every GET route, with every id the answers name and all parameters."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any

import httpx
from e2e.api import Api
from msgspec import Struct

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NEVER_TELLS = {
    "/metrics",
    "/schema",
    "/schema/openapi.json",
    "/schema/{path}",
    "/health/live",
    "/health/ready",
}
_WORDS = ("varneth", "python", "ottoline", "mail.example", "%", "\x00")
_NUMBERS = ("0", "1", "2", "100", "-1", "x")
_TIMES = ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "yesterday")


class Told(Struct, frozen=True, kw_only=True):
    asked: str
    status: int
    headers: str
    body: str


class Crawl:
    """As ``api``'s user, who knows ``ids`` to begin with. ``document`` is the OpenAPI document. What lies
    beneath something that is not for the user is asked for with those ids alone."""

    def __init__(self, api: Api, document: Mapping[str, Any], ids: Iterable[str] = ()) -> None:
        self._api = api
        self._paths = {
            path: operations["get"]
            for path, operations in document["paths"].items()
            if "get" in operations and path not in _NEVER_TELLS
        }
        self._first_ids = frozenset(ids)
        self.ids = set(ids)
        self.told: list[Told] = []
        self._asked: set[str] = set()

    def everything(self) -> list[Told]:
        """Until nothing names an id that was not asked for."""
        known: set[str] | None = None
        while known != self.ids:
            known = set(self.ids)
            for path, operation in sorted(self._paths.items(), key=lambda item: item[0].count("{")):
                for address in self._addresses(path, known):
                    self._ask_all(address, operation)
        return self.told

    @property
    def answered(self) -> set[str]:
        """The addresses that were answered with 200."""
        return {told.asked.partition("?")[0] for told in self.told if told.status == 200}

    def _addresses(self, path: str, ids: set[str]) -> Iterator[str]:
        above, names = path.partition("}")[0] + "}", re.findall(r"{(\w+)}", path)
        if len(names) < 2 or above not in self._paths:
            yield from _addresses(path, ids)
            return
        answered = self.answered
        for id_ in sorted(ids):
            is_for_the_user = above.format(**{names[0]: id_}) in answered
            beneath = path.replace(f"{{{names[0]}}}", id_)
            yield from _addresses(beneath, ids if is_for_the_user else self._first_ids)

    def _ask_all(self, address: str, operation: Mapping[str, Any]) -> None:
        if address in self._asked:
            return
        answer = self.ask(address)
        if answer.status_code != 200:
            return
        for parameters in _parameters(operation):
            for link in self.ask(address, **parameters).links.values():
                self.ask(link["url"])

    def ask(self, address: str, **parameters: str) -> httpx.Response:
        """Also whether it is the same as just now, where that can be asked."""
        self._asked.add(address)
        answer = self._remembered(self._api.http.get(address, params=parameters or None))
        if etag := answer.headers.get("ETag"):
            headers = {"If-None-Match": etag}
            self._remembered(self._api.http.get(address, params=parameters or None, headers=headers))
        return answer

    def _remembered(self, answer: httpx.Response) -> httpx.Response:
        told = told_by(answer)
        self.told.append(told)
        self.ids |= set(_UUID.findall(told.body))
        return answer


def told_by(answer: httpx.Response) -> Told:
    return Told(
        asked=f"{answer.request.method} {answer.request.url.raw_path.decode()}".removeprefix("GET "),
        status=answer.status_code,
        headers="\n".join(
            f"{name}: {value}"
            for name, value in answer.headers.items()
            if name not in ("x-correlation-id", "date")
        ),
        body=answer.content.decode(errors="replace"),
    )


def _addresses(path: str, ids: Set[str]) -> Iterator[str]:
    names = re.findall(r"{(\w+)}", path)
    for values in product(sorted(ids), repeat=len(names)):
        yield path.format(**dict(zip(names, values, strict=True)))


def _parameters(operation: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """One at a time, each with all that it may be, and some that it may not; of lists also the first page
    of many, which names the next."""
    schemas = {
        each["name"]: each["schema"] for each in operation.get("parameters", []) if each["in"] == "query"
    }
    for name, schema in schemas.items():
        for value in _values(schema):
            yield {name: value}
            if "limit" in schemas:
                yield {"limit": "1", name: value}


def _values(schema: Mapping[str, Any]) -> list[str]:
    alternatives = [schema, *schema.get("oneOf", []), *schema.get("anyOf", [])]
    if "items" in schema:
        alternatives.append(schema["items"])
    values: list[str] = []
    for alternative in alternatives:
        values += [str(value) for value in alternative.get("enum", []) if value is not None]
        kinds = alternative.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if "boolean" in kinds:
            values += ["true", "false"]
        if "integer" in kinds or "number" in kinds:
            values += _NUMBERS
        if "string" in kinds and "enum" not in alternative:
            values += _TIMES if alternative.get("format") == "date-time" else _WORDS
    return list(dict.fromkeys(values)) or [*_WORDS, *_NUMBERS]
