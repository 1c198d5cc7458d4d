"""Two recruiters write to one candidate at once, through two gateways: nothing is lost at either."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from e2e.api import ENDS_WITHIN_S, Api, Secrets
from e2e.authorisation.asking import CANDIDATES
from e2e.authorisation.cast import Cast, Settings, Target, the_cast
from e2e.deployment import DistributedDeployment
from msgspec import Struct

REQUESTS = 200
AT_ONCE = 40

_KINDS = ("note", "private note", "tag")


class Write(Struct, frozen=True, kw_only=True):
    """One request: the ``number``-th, at one of the gateways."""

    number: int
    author: str
    gateway: str
    kind: str

    @property
    def word(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def request(self) -> tuple[str, dict[str, Any]]:
        if self.kind == "tag":
            return "tags", {"tags": [self.word]}
        return "notes", {"title": "", "content": self.word, "is_private": self.kind == "private note"}


@pytest.fixture
def cast(distributed: DistributedDeployment, settings: Settings, secrets: Secrets) -> Iterator[Cast]:
    with the_cast(distributed, settings, secrets) as cast:
        yield cast


@pytest.fixture
def target(cast: Cast) -> Target:
    (target,) = cast.import_people("owner", 1)
    cast.share(target, cast["c--"], "c--")
    return target


@pytest.fixture
def gateways(distributed: DistributedDeployment, tmp_path: Path) -> Iterator[tuple[str, str]]:
    with distributed.beside("gateway", tmp_path) as other:
        yield distributed.url, other.url


def test_of_all_that_is_written_at_once_nothing_is_lost(
    cast: Cast, target: Target, gateways: tuple[str, str]
) -> None:
    authors = {"owner": cast["owner"], "c--": cast["c--"]}
    path = f"{CANDIDATES}/{target.candidate_id}"
    kinds = list(product(authors, gateways, _KINDS))
    writes = [
        Write(number=number, author=author, gateway=gateway, kind=kind)
        for number in range(REQUESTS)
        for author, gateway, kind in [kinds[number % len(kinds)]]
    ]

    def write(each: Write) -> httpx.Response:
        kind, body = each.request
        return authors[each.author].http.post(f"{each.gateway}{path}/{kind}", json=body)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(write, writes))

    assert {answer.status_code for answer in answers} <= {200, 201, 202}
    note_ids = [answer.json()["note_id"] for answer in answers if "note_id" in answer.json()]
    assert len(set(note_ids)) == len(note_ids) == len([each for each in writes if each.kind != "tag"])
    for reader, gateway in product(authors, gateways):
        expected = {
            each.word
            for each in writes
            if each.kind == "note" or each.author == reader  # a private note and a tag are their author's
        }
        _until_read(authors[reader], f"{gateway}{path}", expected)


def _until_read(api: Api, address: str, expected: set[str]) -> None:
    """Raises AssertionError where it is not exactly ``expected`` that is read in time."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while (words := _words(api.read(address))) != expected:
        assert time.monotonic() < deadline, (expected - words, words - expected)


def _words(detail: dict[str, Any]) -> set[str]:
    return {note["content"] for note in detail["notes"]} | set(detail["tags"])
