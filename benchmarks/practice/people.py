"""The invented people: what the TOML files of a part may say, typed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct


class Job(Struct, forbid_unknown_fields=True):
    """``start`` and ``end`` are YYYY-MM; no end: still there. ``about`` describes the employer; ``dates`` is
    what is printed in place of start and end."""

    title: str
    company: str
    start: str
    end: str | None = None
    place: str | None = None
    about: str | None = None
    dates: str | None = None
    bullets: list[str] = []


class Study(Struct, forbid_unknown_fields=True):
    """``grade`` is what is printed, ``gpa`` the number in it."""

    degree: str
    school: str
    end: str | None = None
    start: str | None = None
    place: str | None = None
    grade: str | None = None
    gpa: str | None = None
    expected: bool = False
    notes: list[str] = []


class Certificate(Struct, forbid_unknown_fields=True):
    name: str
    issuer: str | None = None
    issued: str | None = None
    expires: str | None = None


class Section(Struct, forbid_unknown_fields=True):
    """What is printed and is in no field of the truth: hobbies, referees, publications."""

    heading: str
    lines: list[str]


class Person(Struct, forbid_unknown_fields=True):
    """``phones``: printed forms of ``phone`` (E.164); ``languages``: pairs of language and level;
    ``skills``: lists by their group's label."""

    name: str
    headline: str | None
    email: str
    phone: str
    phones: list[str]
    lang: str
    domain: str
    jobs: list[Job]
    skills: dict[str, list[str]]
    place: str | None = None
    address: str | None = None
    links: list[str] = []
    summary: str | None = None
    education: list[Study] = []
    certificates: list[Certificate] = []
    languages: list[tuple[str, str]] = []
    other: list[Section] = []
    documents: list[dict[str, Any]] = []


def people(folder: Path) -> Iterator[tuple[str, Person]]:
    """File stem and person, by stem. Raises msgspec.ValidationError naming what is wrong in a file."""
    for path in sorted(folder.glob("*.toml")):
        try:
            yield path.stem, msgspec.convert(tomllib.loads(path.read_text("utf-8")), Person)
        except (msgspec.ValidationError, tomllib.TOMLDecodeError) as wrong:
            raise ValueError(f"{path.name}: {wrong}") from wrong
