"""The document of the product's API, which its clients were promised: endpoints, examples, snippets."""

import json
import re
from pathlib import Path
from typing import Any

from msgspec import Struct

PATH = Path(__file__).parents[3] / "shared" / "seed" / "resume-import-api.md"
BASE_URL = "https://api.hotgigs.ai"

_ENDPOINT = re.compile(
    r"^#### (?P<number>\d+)\. .*?^\*\*Endpoint:\*\* `(?P<method>[A-Z]+) (?P<path>\S+)`"
    r"(?P<text>.*?)(?=^#{2,4} |\Z)",
    re.DOTALL | re.MULTILINE,
)
_BLOCK = re.compile(
    r"\*\*(?P<label>[^*]+):\*\*\s*```(?P<language>\w+)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE
)


class Endpoint(Struct, frozen=True, kw_only=True):
    """``request`` and ``response`` are the JSON examples, ``curl`` is the snippet, where there are any."""

    number: int
    method: str
    path: str
    request: Any = None
    response: Any = None
    curl: str = ""


def endpoints(document: str) -> dict[int, Endpoint]:
    found = {}
    for match in _ENDPOINT.finditer(document):
        blocks = {block["label"]: block["text"] for block in _BLOCK.finditer(match["text"])}
        number = int(match["number"])
        found[number] = Endpoint(
            number=number,
            method=match["method"],
            path=match["path"],
            request=_example(blocks.get("Request Body")),
            response=_example(blocks.get("Response")),
            curl=blocks.get("Example", ""),
        )
    return found


def snippets(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.DOTALL | re.MULTILINE)


def _example(text: str | None) -> Any:
    """Where the document leaves the items of a list out, there are none."""
    return None if text is None else json.loads(text.replace("[...]", "[]"))


def differences(
    example: Any, answers: list[Any], *, may_be_null: frozenset[str] = frozenset(), at: str = ""
) -> list[str]:
    """Where ``answers`` to one question lack a field of the example, or have it in another JSON type.

    Null in the example says nothing of the type. Not every resume says everything: of several answers, or
    items of a list, one that has a field is enough, and the others have null there.
    """
    if example is None:
        return []
    told = [answer for answer in answers if answer is not None]
    if not told:
        return [] if at.rpartition(".")[2] in may_be_null else [f"{at} is null"]
    if wrong := {_kind(answer).__name__ for answer in told} - {_kind(example).__name__}:
        return [f"{at}: {', '.join(wrong)} and not {_kind(example).__name__}"]
    found: list[str] = []
    if isinstance(example, dict):
        for name, value in example.items():
            if all(name in answer for answer in told):
                parts = [answer[name] for answer in told]
                found += differences(value, parts, may_be_null=may_be_null, at=f"{at}.{name}")
            else:
                found.append(f"{at}.{name} is missing")
    if isinstance(example, list) and example:
        items = [item for answer in told for item in answer]
        found = (
            differences(example[0], items, may_be_null=may_be_null, at=f"{at}[]")
            if items
            else [f"{at}: none"]
        )
    return found


def _kind(value: Any) -> type:
    """JSON has one type of numbers."""
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)
