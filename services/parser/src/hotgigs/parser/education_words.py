"""What the words of a piece of text say of it: a degree, a school, a place, or something told besides."""

import re
from functools import lru_cache
from typing import Literal

from hotgigs.parser.organisations import could_be_department, names_organisation
from hotgigs.parser.places import is_place, shaped_like_place
from hotgigs.parser.vocabulary import any_of, load
from hotgigs.places.gazetteer import places_named

Kind = Literal[
    "degree", "institution", "unit", "place", "maybe_place", "field", "honours", "detail", "unknown"
]
"""``unit`` is a part of a school, as a faculty; ``maybe_place`` has the shape of a place's name only."""

_WORDS = load("education")
_ABBREVIATIONS = [word for word in _WORDS["degrees"] if len(word) <= 3 and word.isalnum()]
_DEGREE = re.compile(
    rf"(?<![\w.])(?:{any_of(set(_WORDS['degrees']) - set(_ABBREVIATIONS))}"
    rf"|(?-i:(?=[A-Za-z]?[A-Z][A-Za-z]?[A-Z]|[A-Z]{{2}}|[A-Z]\d|\d\d)){any_of(_ABBREVIATIONS)}"
    rf"|(?-i:[A-Z])[\w-]{{2,30}}{any_of(_WORDS['degree_endings'])})(?!\w|['’]\w\w)",
    re.IGNORECASE,
)
"""Short abbreviations only with two capitals: "ma" and "be" are words as well."""
_INSTITUTION = re.compile(
    rf"(?<!\w){any_of(_WORDS['institutions'])}(?!\w)|\w{{3,30}}{any_of(_WORDS['endings'])}(?!\w)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    rf"(?<!\w)(?:{any_of(_WORDS['known'])}|[EC]\.\s?(?:[EMTB]\.){{1,2}}(?:\s?[EFMIPT]\.){{0,4}}|(?:I\.E\.)(?:S\.)?|U\.E\.|I\.E\.S)(?!\w)"
)
"""Also abbreviations such as ``E.E.F.M.``, as public schools of Brazil and South America have."""
_UNIT = re.compile(rf"(?:the\s)?{any_of(_WORDS['units'])}(?!\w)", re.IGNORECASE)
_SCHOOL_KINDS = frozenset(_WORDS["school_kinds"])
_SUBJECTS = frozenset(_WORDS["subjects"])
_FILLERS = frozenset(_WORDS["degree_fillers"])
_HONOURS = re.compile(
    r"(?:grade|note) ?[1-3ab]$"
    rf"|(?:avec\s|mit\s|con\s|com\s|passed\s|obtained\s)?{any_of(_WORDS['honours'])}(?!\w)",
    re.IGNORECASE,
)
_HONOURS_ALONE = re.compile(
    rf"(?:grade\s?:?\s|with\s|mit\s|con\s|com\s|avec\s|mention\s)?{any_of(_WORDS['honours_alone'])}"
    r"(?:\s(?:with|mit|con|com|avec)\s(?:[\w-]{3,20}\s){0,2}[\w-]{3,20}|\s?\(.{0,40}\))?[.!]?",
    re.IGNORECASE,
)
_LETTER_GRADE = re.compile(r"(?:Grade\s)?[A-E](?:\s?[+*–−-])?")
_DETAIL = re.compile(
    rf"{any_of(_WORDS['details'])}(?!\w)(?:\s?[:–-]|\s(?:in|on|of|at|for|zum|zur|über|sur|sobre|de)\b|$)",
    re.IGNORECASE,
)
_UNMARKED_DETAILS = re.compile(rf"{any_of(_WORDS['unmarked_details'])}(?!\w)", re.IGNORECASE)
"""These tell of a degree whatever follows."""
_BEFORE_SCHOOL = r"(?=(?:the\s|der\s|la\s)?(?-i:[A-ZÀ-Þ]))"
_FROM_SCHOOL = re.compile(rf"[\s,]\s?{any_of(_WORDS['from_school'])}\s?{_BEFORE_SCHOOL}", re.IGNORECASE)
_LEADING_LINK = re.compile(
    rf"{any_of(word for word in _WORDS['from_school'] if len(word) > 1)}\s{_BEFORE_SCHOOL}", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{5})\.\s(?=[A-ZÀ-Þ])")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_TRAILING_LINK = re.compile(r"(?<=\w)\s(?:in|on|from|since|im|seit|em|en|desde|au|du|dal|nel)$")
_BOOTCAMP = re.compile(r"\bboot ?camp\b", re.IGNORECASE)
"""A course if it says of what, else the school."""
_MAX_NAME_CHARS = 90
_MAX_LOOSE_CHARS = 40
"""Longer text that does not begin as a name does tells something."""


@lru_cache(maxsize=2048)
def kind_of(piece: str) -> Kind:
    """The kind of one piece, which no comma or stronger mark parts any more."""
    if _DETAIL.match(piece) or _UNMARKED_DETAILS.match(piece):
        return "detail"
    if _HONOURS.match(piece) or _HONOURS_ALONE.fullmatch(piece) or _LETTER_GRADE.fullmatch(piece):
        return "honours"
    return _degree_or_school(piece) or _by_shape(piece)


def _degree_or_school(piece: str) -> Kind | None:
    degree, school = _DEGREE.search(piece), school_in(piece)
    if school and not (
        degree and degree.start() <= school.start() and not _tells_kind(piece, degree, school)
    ):
        if _BOOTCAMP.search(piece) and _names_subject(piece):
            return "degree"
        return "unit" if _UNIT.match(piece) else "institution"
    return "degree" if degree else None


def _tells_kind(piece: str, degree: re.Match[str], school: re.Match[str]) -> bool:
    """Does a word such as Degree in ``Ashoka Degree College`` only say what kind of school it is?"""
    if degree[0].casefold() not in _SCHOOL_KINDS:
        return False
    return degree.end() > school.start() or piece[degree.end() : school.start()].isspace()


def _by_shape(piece: str) -> Kind:
    if is_place(piece):
        return "place"
    if not (piece[0].isupper() or piece[0].isdigit()) or piece[-1] == "." or len(piece) > _MAX_NAME_CHARS:
        return "detail" if len(piece) > _MAX_LOOSE_CHARS else "unknown"
    if _names_subject(piece):
        return "field"
    if names_organisation(piece) and not could_be_department(piece):
        return "institution"
    return "maybe_place" if shaped_like_place(piece) else "unknown"


def _names_subject(piece: str) -> bool:
    return any(word in _SUBJECTS for word in _WORD.findall(piece.casefold()))


def school_in(piece: str) -> re.Match[str] | None:
    """The first word of a school in it, or a school known by its name."""
    return _INSTITUTION.search(piece) or _KNOWN.search(piece)


def is_town_as_well(school: str) -> bool:
    """Is it a school's name such as Stanford, which says no word of a school?"""
    return (
        bool(places_named(school))
        and not school.isupper()
        and bool(_KNOWN.fullmatch(school))
        and not _INSTITUTION.search(school)
    )


def is_bare_degree(degree: str) -> bool:
    """Does it say no subject, as ``B.S.`` or ``Bachelor of Science``?"""
    words = _DEGREE.sub(" ", degree).replace("(", " ").replace(")", " ").split()
    return all(word.casefold().strip(".,") in _FILLERS for word in words)


def degree_and_school(piece: str) -> tuple[str, str] | None:
    """Both halves of ``MSc Physics from the University of Ghent``; None where it is one thing."""
    degree = _DEGREE.search(piece)
    if degree is None or not school_in(piece):
        return None
    for end in _SENTENCE_END.finditer(piece, degree.end()):
        if school_in(piece[end.end() :]):
            return piece[: end.start()], piece[end.end() :]
    for link in _FROM_SCHOOL.finditer(piece, degree.end()):
        rest = piece[link.end() :]
        school = school_in(rest)
        if school and not _UNIT.match(rest) and school.start() < _MAX_LOOSE_CHARS:
            return piece[: link.start()], rest.removeprefix("the ")
    return None


def without_link(piece: str) -> str:
    """Without the word that ties a school to its degree or its date, as ``at``."""
    piece = _TRAILING_LINK.sub("", piece)
    link = _LEADING_LINK.match(piece)
    return piece[link.end() :] if link and school_in(piece) else piece
