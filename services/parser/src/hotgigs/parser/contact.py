"""Who the candidate is and how to reach them; what stands among the references is other people's."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from hotgigs.parser.document import Document, Line
from hotgigs.parser.names import find_name
from hotgigs.parser.phones import best_number, find_numbers
from hotgigs.parser.places import city_line, country_of, has_postcode
from hotgigs.parser.roles import names_role
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import dash_parts, parts, trimmed
from hotgigs.parser.vocabulary import any_of, load

_LABELS = load("labels")["contact"]
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:[-._]\n[\w.+-]{1,64})?"
    r"@\n?[\w-]{1,63}(?:\.\n?[\w-]{1,63}){1,4}(?:\n[a-z]{1,3}(?=\n|$))?"
)
"""A mail address, also one that a narrow column breaks."""
_LINK = re.compile(
    r"https?://|www\.|\w\.(?:com|org|net|io|dev|me|de|fr|es|br|co|uk|eu|example)\b|/in/", re.IGNORECASE
)
_LABEL_IN_CELL = re.compile(r"\s{0,3}:\s{0,3}\t\s{0,3}")
_LABEL = re.compile(rf"^(?:{any_of(_LABELS['location'])})\s*:\s*", re.IGNORECASE)
_ANY_LABEL = re.compile(
    rf"^(?:{any_of([label for labels in _LABELS.values() for label in labels])})\.?\s*[:.]\s*", re.IGNORECASE
)
_SLASH = re.compile(r"(?<![\d\s])\s{1,4}/\s{1,4}|\s{1,4}/\s{1,4}(?![\d\s])")
_MAX_NUMBERS = 12
_OTHER_PEOPLE = frozenset({"references"})
_OWN = frozenset({"top", "contact", "personal", "title"})
_TLD = re.compile(r"\.([a-z]{2})$")
_COUNTRY_OF_DOMAIN = {"uk": "GB"}
"""Where a top-level domain is not its country's ISO code."""


class Contact(Struct, frozen=True):
    full_name: str | None = None
    email: str | None = None
    phone: str | None = None
    location: str | None = None


def read_contact(document: Document, sections: Sequence[Section], places: Sequence[str]) -> Contact:
    """``places`` are those of jobs and schools, latest first: they tell the country of a phone number."""
    own = _own_lines(document, sections)
    others = [
        line for section in sections if section.kind not in _OTHER_PEOPLE | _OWN for line in section.lines
    ]
    full_name = find_name(own) or find_name([line for line in document.lines if line.story == "body"][:10])
    location = _location(own, full_name)
    email = _email(own) or _email(others)
    countries = _countries(location, email, places)
    return Contact(full_name, email, _phone(own, countries) or _phone(others, countries), location)


def _own_lines(document: Document, sections: Sequence[Section]) -> list[Line]:
    margins = [line for line in document.lines if line.story in ("header", "footer") and line.page <= 1]
    headers = [line for line in margins if line.story == "header"]
    footers = [line for line in margins if line.story == "footer"]
    own = [line for section in sections if section.kind in _OWN for line in section.lines]
    return [*headers, *own, *footers]


def _email(lines: Sequence[Line]) -> str | None:
    match = _EMAIL.search("\n".join(part for line in lines for part in line.text.split("\t")))
    return match[0].replace("\n", "").strip(".") if match else None


def _phone(lines: Sequence[Line], countries: Sequence[str]) -> str | None:
    numbers = [
        number
        for line in lines
        for part in _parts(line.text)
        if "@" not in part and not _LINK.search(part)
        for number in find_numbers(part)
    ]
    return best_number(numbers[:_MAX_NUMBERS], countries)


def _parts(text: str) -> list[str]:
    return [piece for part in parts(text) for piece in _SLASH.split(part)]


def _countries(location: str | None, email: str | None, places: Sequence[str]) -> list[str]:
    """Where the number may be from, likeliest first."""
    found = [country_of(place) for place in (location, *places) if place]
    tld = _TLD.search(email or "")
    if tld:
        found.append(_COUNTRY_OF_DOMAIN.get(tld[1], tld[1].upper()))
    return list(dict.fromkeys(country for country in found if country))


def _location(lines: Sequence[Line], full_name: str | None) -> str | None:
    """The best of what may be a place: labelled first, then with a country or region, then two pieces."""
    best: tuple[int, str] | None = None
    for text, labelled in _location_candidates(lines):
        place = city_line(text)
        if place is None or (full_name and place.casefold() == full_name.casefold()):
            continue
        score = 4 * labelled + 3 * (country_of(place) is not None) + 2 * has_postcode(text) + ("," in place)
        if score and (best is None or score > best[0]):
            best = (score, place)
    return best[1] if best else None


def _location_candidates(lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    after_label = False
    for line in lines:
        text = _LABEL_IN_CELL.sub(": ", line.text)
        if trimmed(text).casefold() in _LABELS["location"]:
            after_label = True
            continue
        for part in (part for whole in _parts(text) for part in dict.fromkeys((whole, *dash_parts(whole)))):
            label = _LABEL.match(part)
            value = part[label.end() :] if label else part
            if not label and _ANY_LABEL.match(part):
                continue
            if "@" in value or _LINK.search(value) or names_role(value):
                continue
            yield value, bool(label) or after_label
        after_label = False
