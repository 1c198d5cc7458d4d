"""A request as the stand-in reads it, and the answer that it sends."""

import urllib.parse
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct


class Request(Struct, frozen=True):
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes = b""

    @property
    def form(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))

    def is_true(self, name: str) -> bool:
        return self.query.get(name, "false").lower() == "true"


class Answer(Struct):
    status: int
    headers: dict[str, str]
    body: bytes = b""
    fetched: str | None = None
    """The id of the file of whose content this is."""
    begins: bool = False
    ends: bool = False
    """Whether the content's first and last bytes are in the body."""


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    fields = {
        "Content-Type": "application/json; charset=UTF-8",
        "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
        "Vary": "Origin, X-Origin, Referer",
    }
    return Answer(status, fields | dict(headers or {}), msgspec.json.encode(value))


def html_answer(status: int, text: str) -> Answer:
    page = f"<!DOCTYPE html><html lang=en><title>Error {status}</title><p><b>{status}.</b> {text}"
    return Answer(status, {"Content-Type": "text/html; charset=UTF-8"}, page.encode())
