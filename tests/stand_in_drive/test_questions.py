from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.stand_in_drive import queries, selection
from support.stand_in_drive.errors import Refused
from support.stand_in_drive.items import Item

ASKED = queries.Asked("owner@example.com", "root", lambda item: item.is_trashed)


def item(name: str) -> Item:
    now = datetime.now(UTC)
    return Item(item_id="1", name=name, mime_type="application/pdf", created=now, modified=now)


@given(st.text(), st.text())
def test_an_escaped_name_matches_itself_alone(name: str, other: str) -> None:
    written = name.replace("\\", "\\\\").replace("'", "\\'")
    query = queries.parse(f"name = '{written}'")

    assert query.matches(item(name), ASKED)
    assert query.matches(item(other), ASKED) == (other.casefold() == name.casefold())


PARTS = [
    "'a'",
    "in",
    "parents",
    "and",
    "or",
    "not",
    "(",
    ")",
    "name",
    "=",
    "!=",
    "contains",
    "trashed",
    "true",
]


@given(st.lists(st.sampled_from([*PARTS, "'b\\'", "'"])).map(" ".join))
def test_any_question_is_answered_or_refused(question: str) -> None:
    with suppress(Refused):
        queries.parse(question).matches(item("a"), ASKED)


@given(st.text(alphabet="fileskndnametc(),/* ", max_size=40))
def test_any_fields_are_read_or_refused(fields: str) -> None:
    with suppress(Refused):
        assert selection.parse(fields, "FileList")


def test_a_part_asked_for_twice_is_given_once_and_widest() -> None:
    answer: dict[str, Any] = {"files": [{"id": "1", "name": "a", "owners": [{"me": True}]}]}

    assert selection.selected(answer, "files/id,files(name)", "FileList") == {
        "files": [{"id": "1", "name": "a"}]
    }
    assert selection.selected(answer, "files(id),files", "FileList") == answer
    assert selection.selected(answer, "*", "FileList") == answer
