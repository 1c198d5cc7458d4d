"""Who the candidate is and how to reach them; what stands among the references is other people's."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from hotgigs.parser.document import Document, Line
from hotgigs.parser.form_lines import PERSON, with_plain_labels, with_whole_name
from hotgigs.parser.names import find_name
from hotgigs.parser.phones import best_number, find_numbers
from hotgigs.parser.places import city_line, country_of, has_postcode, is_place
from hotgigs.parser.roles import names_role
from hotgigs.parser.sections import Section
from hotgigs.parser.separators import comma_parts, dash_parts, parts
from hotgigs.parser.vocabulary import any_of, load

_LABELS = load("labels")["contact"]
_EMAIL = re.compile(
    r"(?<![\w.+-])(?:[\w.+-]{1,64}[-_]\n|(?:(?<![^\n])|(?<=: ))[\w.+-]{1,64}\.\n)?[\w.+-]{1,64}"
    r"@\n?[\w-]{1,63}(?:\.\n?[\w-]{1,63}){1,4}(?:\n[a-z]{1,3}(?=\n|$))?"
)
"""A mail address, also one that a narrow column breaks."""
_AT = re.compile(r" ?[\[({<] ?(?:at|ät|arroba|a) ?[\])}>] ?|(?<=[\w.+-]) ?@ (?=[\w-])", re.IGNORECASE)
_DOT = re.compile(r" ?[\[({<] ?(?:dot|punkt|point|punto|ponto) ?[\])}>] ?", re.IGNORECASE)
_BROKEN = re.compile(r"(?<=[\w.+-])\n(?=@[\w-]+\.)|(?<=\w@)([\w-]{1,63})\n(?=[\w-]{0,63}\.[a-z]{2})")
"""Before the at sign, or inside the domain, which has no top level before the break."""
_LINK = re.compile(
    r"https?://|www\.|\w\.(?:com|org|net|io|dev|me|de|fr|es|br|co|uk|eu|example)\b|/in/", re.IGNORECASE
)
_LABEL = re.compile(
    rf"^(?:(?:{any_of(_LABELS['location'])})\s*:\s*|(?:{any_of(_LABELS['lives'])})\s+(?=\S))", re.IGNORECASE
)
_ANY_LABEL = re.compile(
    rf"^(?:{any_of([label for labels in _LABELS.values() for label in labels])})\.?\s*[:.]\s*", re.IGNORECASE
)
_LABEL_TEXTS = frozenset(label for labels in _LABELS.values() for label in labels)
_LINKED = re.compile(rf"\S{{0,200}}(?:{_LINK.pattern})\S{{0,200}}", re.IGNORECASE)
_SLASH = re.compile(r"(?<![\d\s])\s{1,4}/\s{1,4}|\s{1,4}/\s{1,4}(?![\d\s])")
_MAX_NUMBERS = 12
_MAX_REACHING_CHARS = 80
_FIRST_LINES = 10
_LARGER, _MOST = 1.2, 0.8
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
    own = with_plain_labels(with_whole_name(_own_lines(document, sections)), PERSON)
    others = [
        line for section in sections if section.kind not in _OTHER_PEOPLE | _OWN for line in section.lines
    ]
    email = _email(own) or _email(others)
    body = [line for line in document.lines if line.story == "body"]
    full_name = (
        find_name(own, email) or find_name(body[:_FIRST_LINES], email) or find_name(_set_largest(body), email)
    )
    beside = _beside_mail(others, email)
    location = (
        _location(own, full_name) or _location(_labelled(others), full_name) or _location(beside, full_name)
    )
    countries = _countries(location, email, places)
    return Contact(
        full_name, email, _phone(own, countries) or _phone([*beside, *others], countries), location
    )


def printed_emails(lines: Sequence[Line]) -> frozenset[str]:
    """The mail addresses that stand in one line each."""
    return frozenset(match[0] for line in lines if "@" in line.text for match in _EMAIL.finditer(line.text))


def _own_lines(document: Document, sections: Sequence[Section]) -> list[Line]:
    margins = [line for line in document.lines if line.story in ("header", "footer")]
    headers = [line for line in margins if line.story == "header"]
    footers = [line for line in margins if line.story == "footer"]
    own = [line for section in sections if section.kind in _OWN for line in section.lines]
    return [*headers, *own, *footers]


def _set_largest(lines: Sequence[Line]) -> list[Line]:
    """Those of the first page that are set clearly larger than the largest of most."""
    sizes = sorted(line.font_size for line in lines)
    least = _LARGER * sizes[round(_MOST * (len(sizes) - 1))] if sizes else 0.0
    return [line for line in lines if line.page <= 1 and line.font_size > least]


def _labelled(lines: Sequence[Line]) -> list[Line]:
    """Those that say themselves that they are an address, wherever they stand."""

    is_label = [
        _label_text(line.text.partition("\t")[0]) in _LABELS["location"] or bool(_LABEL.match(line.text))
        for line in lines
    ]
    alone = [False, *(_label_text(line.text) in _LABELS["location"] for line in lines)]
    return [line for line, own, above in zip(lines, is_label, alone, strict=False) if own or above]


def _beside_mail(lines: Sequence[Line], email: str | None) -> list[Line]:
    """Those that tell how to reach the candidate at the foot of a page or of a column: the line with the
    mail address, and above and below it those that say nothing but a place, a number or a link."""
    at = next((index for index, line in enumerate(lines) if email and email in line.text), None)
    if at is None:
        return []
    begin, end = at, at + 1
    while begin and _reaches(lines[begin - 1]):
        begin -= 1
    while end < len(lines) and _reaches(lines[end]):
        end += 1
    return list(lines[begin:end])


def _reaches(line: Line) -> bool:
    text = _without_links(line.text)
    return len(line.text) <= _MAX_REACHING_CHARS and (
        text != line.text or is_place(text) or has_postcode(text)
    )


def _without_links(text: str) -> str:
    """The text without mail addresses, links and telephone numbers."""
    text = _LINKED.sub(" ", _EMAIL.sub(" ", text))
    for number in find_numbers(text):
        text = text.replace(number, " ")
    return text


def _email(lines: Sequence[Line]) -> str | None:
    text = "\n".join(part for line in lines for part in line.text.split("\t"))
    match = _EMAIL.search(text) or _EMAIL.search(_mended(text))
    return match[0].replace("\n", "").strip(".") if match else None


def _mended(text: str) -> str:
    """Mail addresses that are broken in other places, or written so that machines do not find them."""
    return _BROKEN.sub(r"\1", _DOT.sub(".", _AT.sub("@", text)))


def _phone(lines: Sequence[Line], countries: Sequence[str]) -> str | None:
    numbers = [
        number
        for line in lines
        for part in _parts(_LINKED.sub(" ", _EMAIL.sub(" ", line.text)))
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
        if place is None or (full_name and place.casefold() in full_name.casefold()):
            continue
        score = 4 * labelled + 3 * (country_of(place) is not None) + 2 * has_postcode(text) + ("," in place)
        if score and (best is None or score > best[0]):
            best = (score, place)
    return best[1] if best else None


def _tells_role(text: str) -> bool:
    """As `names_role`, of what is neither a street with its number nor a region such as MD."""
    return any(
        names_role(piece)
        for piece in comma_parts(text)
        if not any(map(str.isdigit, piece)) and country_of(piece) is None
    )


def _label_text(cell: str) -> str:
    return cell.strip(" :.").casefold()


def _location_candidates(lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """What may be a place, and whether it is labelled as one."""
    after_label = False
    for line in lines:
        cells = [cell for cell in line.text.split("\t") if _label_text(cell)] or [""]
        if (key := _label_text(cells[0])) in _LABEL_TEXTS:
            if key in _LABELS["location"]:
                after_label = len(cells) == 1
            for label, value in pairwise(cells):
                if _label_text(label) in _LABELS["location"] and value.strip(" :"):
                    yield value.strip(" :"), True
            continue
        text = _without_links(line.text) if "@" in line.text else line.text
        for whole in _parts(text):
            dashed = dash_parts(whole)
            several_fields = any(_ANY_LABEL.match(f"{part}:") for part in dashed[1:])
            for part in dashed if several_fields else dict.fromkeys((whole, *dashed)):
                labelled = _LABEL.match(part)
                text = part[labelled.end() :] if labelled else part
                if (not labelled and _ANY_LABEL.match(part)) or text.casefold() in _LABEL_TEXTS:
                    continue
                if "@" not in text and not _LINK.search(text) and not _tells_role(text):
                    yield text, bool(labelled) or after_label
        after_label = False
