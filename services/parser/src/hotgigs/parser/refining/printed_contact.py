"""Who the candidate is and how to reach them, as a model reads it and the document prints it.

What stands among the references is nobody's here. What the local rules found where candidates print
their own (page header, top, contact) is not given up for something that is printed elsewhere.
"""

import re
from collections.abc import Sequence
from operator import itemgetter

import msgspec

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.document import Line
from hotgigs.parser.names import find_name
from hotgigs.parser.phones import best_number, find_numbers
from hotgigs.parser.places import country_of
from hotgigs.parser.refining.printed_text import MARGIN, PrintedText
from hotgigs.parser.separators import trimmed
from hotgigs.parser.summaries import MAX_CHARS

_OWN = frozenset({MARGIN, "top", "contact", "personal", "title"})
_OTHER_PEOPLE = "references"
_OWN_RANK, _ELSEWHERE, _NOWHERE = 0, 1, 2
_MAX_MAIL_CHARS = 254
_MIN_DIGITS = 8
_SUMMARY_LINES = 60


def refine_contact(local: ResumeData, said: ResumeData, text: PrintedText) -> ResumeData:
    return msgspec.structs.replace(
        local,
        full_name=_better(_names(said.full_name, text), _names(local.full_name, text)) or local.full_name,
        email=_better(_mails(said.email, text), _mails(local.email, text)) or local.email,
        phone=_better(
            _numbers(said.phone, text, _countries(local)), _numbers(local.phone, text, _countries(local))
        )
        or local.phone,
        location=_better(_places(said.location, text), _places(local.location, text)) or local.location,
        summary=_summary(said.summary, text) or local.summary,
    )


_Ranked = list[tuple[int, str]]
"""Where a value is printed (`_rank`), and how."""


def _better(said: _Ranked, local: _Ranked) -> str | None:
    """What was said, unless it is printed in a worse place than what was found here."""
    rank, value = min(said, key=itemgetter(0), default=(_NOWHERE, ""))
    found_here = min((rank for rank, _ in local), default=_ELSEWHERE)
    return value if rank < _NOWHERE and rank <= found_here else None


def _rank(kind: str) -> int:
    return _NOWHERE if kind == _OTHER_PEOPLE else _OWN_RANK if kind in _OWN else _ELSEWHERE


def _names(name: str | None, text: PrintedText) -> _Ranked:
    ranked = []
    for found in text.find(trimmed(name or "")):
        as_name = find_name([Line(text=text.printed(found))])
        if as_name:
            ranked.append((_rank(text.lines[found.line].kind), as_name))
    return ranked


def _places(place: str | None, text: PrintedText) -> _Ranked:
    found = text.find(trimmed(place or ""))
    return [(_rank(text.lines[one.line].kind), text.printed(one)) for one in found]


def _mails(mail: str | None, text: PrintedText) -> _Ranked:
    """Letter by letter, also where a line breaks it."""
    mail = (mail or "").strip()
    if "@" not in mail or any(map(str.isspace, mail)) or len(mail) > _MAX_MAIL_CHARS:
        return []
    letters = r"\n?".join(map(re.escape, mail))
    pattern = re.compile(rf"(?<![\w.+-]){letters}(?![\w-]|\n?\.\w)", re.IGNORECASE)
    return [
        (_rank(kind), match[0].replace("\n", ""))
        for kind, section in text.sections
        for match in pattern.finditer(section.replace("\t", "\n"))
    ]


def _numbers(phone: str | None, text: PrintedText, countries: Sequence[str]) -> _Ranked:
    """The figures decide; the country is the document's own, not what the model makes of it."""
    wanted = _digits(phone or "")
    if len(wanted) < _MIN_DIGITS:
        return []
    return [
        (_rank(line.kind), number)
        for line in text.lines
        for printed in find_numbers(line.text)
        if _same_number(_digits(printed), wanted)
        if (number := best_number([printed], countries))
    ]


def _same_number(printed: str, wanted: str) -> bool:
    """One may lack the other's country code."""
    shorter, longer = sorted((printed.lstrip("0"), wanted.lstrip("0")), key=len)
    return len(shorter) >= _MIN_DIGITS and longer.endswith(shorter) and len(longer) - len(shorter) <= 3


def _digits(text: str) -> str:
    return "".join(char for char in text.replace("(0)", "") if char.isdigit())


def _countries(local: ResumeData) -> list[str]:
    places = (
        local.location,
        *(job.location for job in local.experience),
        *(entry.location for entry in local.education),
    )
    return list(dict.fromkeys(country for place in places if place and (country := country_of(place))))


def _summary(summary: str | None, text: PrintedText) -> str | None:
    for found in text.find((summary or "").strip()[:MAX_CHARS], max_lines=_SUMMARY_LINES):
        if text.lines[found.line].kind != _OTHER_PEOPLE:
            return text.printed(found)
    return None
