from collections.abc import Iterator
from datetime import datetime

import pytest
from msgspec import Struct

from hotgigs.contracts import fingerprints
from hotgigs.contracts.fingerprints import Changed, completed, fingerprint, recorded
from hotgigs.contracts.message import Event


def test_no_published_version_has_changed_and_new_ones_are_recorded() -> None:
    assert completed(recorded()) == recorded(), (
        "a new version is not recorded yet: python -m hotgigs.contracts.fingerprints --write"
    )


def test_a_changed_version_is_refused_with_what_to_do() -> None:
    lines = recorded()
    wire_type = next(iter(lines))
    with pytest.raises(Changed, match=f"{wire_type} have changed.*next version.*--write"):
        completed(lines | {wire_type: "0" * 16})


def test_a_version_that_disappears_is_refused() -> None:
    with pytest.raises(Changed, match=r"hotgigs\.parser\.gone\.v1 is gone"):
        completed(recorded() | {"hotgigs.parser.gone.v1": "0" * 16})


def test_writing_adds_only_what_is_new(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("contracts") / "fingerprints.json"
    monkeypatch.setattr(fingerprints, "FILE", file)
    monkeypatch.setattr("sys.argv", ["fingerprints", "--write"])
    fingerprints.main()
    complete = file.read_text()
    assert complete == (fingerprints.Path(fingerprints.__file__).parents[3] / "fingerprints.json").read_text()
    wire_type, digest = next(iter(recorded().items()))
    file.write_text(complete.replace(digest, "0" * 16))
    with pytest.raises(SystemExit, match=wire_type):
        fingerprints.main()
    assert "0" * 16 in file.read_text()


class Nested(Struct, frozen=True):
    a: int = 1


class Base(Event, frozen=True, kw_only=True):
    name: str
    when: datetime | None = None
    parts: tuple[Nested, ...] = ()


def changes() -> Iterator[type[Event]]:
    class NestedDefault(Struct, frozen=True):
        a: int = 2

    class NestedAdded(Struct, frozen=True):
        a: int = 1
        b: int = 1

    class Renamed(Event, frozen=True, kw_only=True):
        title: str
        when: datetime | None = None
        parts: tuple[Nested, ...] = ()

    class Retyped(Event, frozen=True, kw_only=True):
        name: int
        when: datetime | None = None
        parts: tuple[Nested, ...] = ()

    class Required(Event, frozen=True, kw_only=True):
        name: str
        when: datetime | None
        parts: tuple[Nested, ...] = ()

    class Optional(Event, frozen=True, kw_only=True):
        name: str = ""
        when: datetime | None = None
        parts: tuple[Nested, ...] = ()

    class Added(Event, frozen=True, kw_only=True):
        name: str
        when: datetime | None = None
        parts: tuple[Nested, ...] = ()
        more: str | None = None

    class NestedDefaultChanged(Event, frozen=True, kw_only=True):
        name: str
        when: datetime | None = None
        parts: tuple[NestedDefault, ...] = ()

    class NestedFieldAdded(Event, frozen=True, kw_only=True):
        name: str
        when: datetime | None = None
        parts: tuple[NestedAdded, ...] = ()

    yield from (
        Renamed, Retyped, Required, Optional, Added, NestedDefaultChanged, NestedFieldAdded,
    )  # fmt: skip


@pytest.mark.parametrize("changed", list(changes()), ids=lambda changed: changed.__name__)
def test_any_change_of_fields_changes_the_fingerprint(changed: type[Event]) -> None:
    assert fingerprint(changed) != fingerprint(Base)


def test_a_docstring_does_not_change_the_fingerprint() -> None:
    class Documented(Event, frozen=True, kw_only=True):
        """Says more."""

        name: str
        when: datetime | None = None
        parts: tuple[Nested, ...] = ()

    assert fingerprint(Documented) == fingerprint(Base)
