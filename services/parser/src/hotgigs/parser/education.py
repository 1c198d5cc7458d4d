"""Degrees: what was studied where, until when, and how well."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from hotgigs.contracts.resume_data import Education
from hotgigs.parser.dates import Period
from hotgigs.parser.education_entries import entries_of
from hotgigs.parser.education_parts import Part, could_be_place_part, subject_and_school, whole_degree
from hotgigs.parser.education_rows import Row, read_rows
from hotgigs.parser.education_words import is_bare_degree, kind_of
from hotgigs.parser.form_lines import STUDY, in_rows, with_plain_heads
from hotgigs.parser.places import country_of, split_place
from hotgigs.parser.sections import Section

MAX_DEGREES = 30
_MAX_NAME_CHARS = 160


def read_education(sections: Iterable[Section]) -> tuple[Education, ...]:
    """In printed order; a degree without its institution, or the other way round, is kept."""
    found = [entry for section in sections for entry in _section(section)]
    return tuple(found)[:MAX_DEGREES]


def _section(section: Section) -> Iterator[Education]:
    """A school that is printed once above several degrees is that of each of them."""
    rows = read_rows(in_rows(with_plain_heads(section.lines, STUDY), STUDY))
    school_first = _begins_with_school(rows)
    above: Education | None = None
    for entry_rows in entries_of(rows):
        entry = _entry(entry_rows, school_first=school_first)
        if entry is None:
            continue
        if above is not None and entry.institution is None and school_first:
            entry = msgspec.structs.replace(
                entry, institution=above.institution, location=entry.location or above.location
            )
        yield entry
        above = entry


def _begins_with_school(rows: Sequence[Row]) -> bool:
    names = (part.kind for row in rows for part in row.parts)
    return next((kind == "institution" for kind in names if kind in ("degree", "institution")), False)


def _entry(rows: Sequence[Row], *, school_first: bool) -> Education | None:
    parts = [part for row in rows for part in row.parts]
    if not school_first:
        parts = _with_kind_of_school(parts)
    degree, institution, places, unused = _named(parts)
    if not degree and not institution:
        return None
    location = ", ".join(places) or next((part.value for part in unused if part.kind == "place"), None)
    if location is None and institution:
        location = next((part.value for part in unused if could_be_place_part(part)), None)
    return Education(
        degree=degree[:_MAX_NAME_CHARS] if degree else None,
        institution=institution[:_MAX_NAME_CHARS] if institution else None,
        location=location,
        graduation_date=_graduation(parts),
        gpa=next((part.value for part in parts if part.kind == "grade"), None),
    )


def _with_kind_of_school(parts: list[Part]) -> list[Part]:
    """A kind of school that stands where other entries have a degree is what was completed there."""
    names = [part for part in parts if part.kind in ("degree", "institution", "unit", "unknown")]
    if len(names) < 2 or any(part.kind == "degree" for part in names) or names[0].kind != "institution":
        return parts
    if (
        names[0].more
        or names[1].kind == "unit"
        or (names[1].kind == "unknown" and could_be_place_part(names[1]) and "," not in names[1].value)
    ):
        return parts
    return [msgspec.structs.replace(part, kind="degree") if part is names[0] else part for part in parts]


def _named(parts: Sequence[Part]) -> tuple[str | None, str | None, tuple[str, ...], list[Part]]:
    """Degree, institution, the pieces of its place, and the parts that are none of these."""
    degree = _first(parts, "degree")
    school = _first(parts, "institution") or _first(parts, "unit")
    loose = [part for part in parts if part.kind in ("unknown", "field", "place")]
    subject = _first(parts, "field")
    value: str | None = None
    institution, places = (school.value, school.more) if school else (None, ())
    if degree and school:
        value = whole_degree(degree)
        place = _place_behind(degree)
        if place and not places and not any(could_be_place_part(part) for part in loose):
            value, places = degree.value, (place,)
    elif degree:
        unknown = _first(parts, "unknown")
        if unknown:
            value = whole_degree(degree)
            institution, place = split_place(unknown.value)
            places = (place,) if place else ()
            loose.remove(unknown)
        else:
            value, institution, places = subject_and_school(degree)
            if institution is None and degree.more:
                value = whole_degree(degree)
            if institution is None and (named := _place_with_name(parts)):
                institution, places = named.value.partition(",")[0], (named.value.partition(",")[2].strip(),)
                loose.remove(named)
    elif school:
        other = subject or _first(parts, "unknown")
        if other and not (other is not subject and could_be_place_part(other) and not places):
            value = other.value
            loose.remove(other)
    else:
        institution, places = _school_alone(parts)
        return None, institution, places, [part for part in loose if part.value != institution]
    if value and degree and subject and is_bare_degree(value):
        value = f"{value}, {subject.value}"
    return value, institution, places, loose


def _place_with_name(parts: Sequence[Part]) -> Part | None:
    """A place whose first piece is that of no place that we know: ``Schreinerei Hofer, Salzburg``."""
    place = _first(parts, "place")
    if place is None or "," not in place.value or country_of(place.value.partition(",")[0]):
        return None
    return place


def _school_alone(parts: Sequence[Part]) -> tuple[str | None, tuple[str, ...]]:
    unknown = _first(parts, "unknown")
    if unknown is None or not any(part.kind == "date" for part in parts):
        return None, ()
    name, place = split_place(unknown.value)
    return name, (place,) if place else ()


def _place_behind(degree: Part) -> str | None:
    """The place that may stand behind a degree that names its subject."""
    if len(degree.more) != 1 or is_bare_degree(degree.value):
        return None
    last = degree.more[0]
    return last if kind_of(last) == "maybe_place" and "(" not in last and len(last.split()) < 3 else None


def _first(parts: Sequence[Part], kind: str) -> Part | None:
    return next((part for part in parts if part.kind == kind), None)


def _graduation(parts: Sequence[Part]) -> str | None:
    """The end of the studies; None of those that go on and do not say until when."""
    dates = [(part.period, part.completed) for part in parts if part.period]
    ends = [period for period, completed in dates if completed] + [period for period, _ in dates]
    return next((str(_end(period)) for period in ends if not period.current), None)


def _end(period: Period) -> object:
    return period.end or period.start
