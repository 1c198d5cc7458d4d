"""Grades as resumes print them, on any scale: ``3.8/4.0``, ``CGPA: 8.4``, ``Note 1,7``, ``85 %``."""

import re

from msgspec import Struct

from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("education")
_VALUE = r"\d{1,3}(?:[.,]\d{1,3})?"
_SCALE = (
    rf"\s?(?:/|{any_of(_WORDS['out_of'])}\s)\s?\d{{1,3}}(?:[.,]\d{{1,2}})?(?:\s(?:scale|punkten?|points))?"
)
_LABEL = any_of(_WORDS["grades"])
_OF = r"(?<=\s)(?:(?:out )?of(?: a (?:maximum|possible))?(?: of)?|on a)(?=\s)"
_AROUND = r"[(\[]?\s?"
_GRADE = re.compile(
    rf"{_AROUND}(?<![\w.])(?P<label>{_LABEL})\.?(?:\s?\([^()\d]{{1,20}}\))?\s{{0,2}}(?:[:=–-]|of\s|de\s|is\s)?\s{{0,2}}"
    rf"(?P<labelled>{_VALUE})(?![\d:]|st\b|nd\b|rd\b|th\b)(?P<labelled_scale>{_SCALE})?\s?(?P<labelled_percent>%|percent\b)?\s?[)\]]?"
    rf"|{_AROUND}(?<![\w/.,])(?P<scaled>{_VALUE})\s?(?:/|{_OF})\s?(?P<scale>4|5|6|7|10|12|20|30|45|100|110|4\.3|4\.5)(?:[.,]0{{1,2}})?(?![\d/]|[.,]\d)"
    rf"(?:\s?(?:{_LABEL})(?!\w))?\s?[)\]]?"
    rf"|{_AROUND}(?<![\w/.,+-])(?P<percent>\d{{2,3}}(?:[.,]\d{{1,2}})?)\s?(?:%|percent\b)\s?(?:(?:{_LABEL})(?!\w))?\s?[)\]]?"
    rf"|{_AROUND}(?<![\w/.,])(?P<before>\d{{1,2}}[.,]\d{{1,3}})\s\(?(?:c?gpa|cgpi)(?!\w)\s?[)\]]?"
    rf"|{_AROUND}(?<![\w/.,])(?P<worded>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s{any_of(_WORDS['units_of_grades'])}(?!\w)\s?[)\]]?"
    r"|\(\s?(?P<bracketed>[1-5][.,]\d)\s?\)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\s*({_VALUE})\s?%?(?:{_SCALE})?\s*", re.IGNORECASE)
_PART_OF_CLASS = re.compile(
    r"(?:top|best|oberste|first|upper|hons|honours|class|level|meilleurs)\W{0,3}$", re.IGNORECASE
)
_TOP = re.compile(r"(?:top|best|oberste|meilleurs)\W{0,3}$", re.IGNORECASE)
_NUMBERED_CLASS = frozenset({"grade", "grades", "with", "points", "mark", "marks", "secured", "obtained"})
"""After these a small number may be something else: ``Grade 12`` is a year of school."""
_PARTIAL = re.compile(r"\b(?:major|minor|junior|senior|last)\s{0,2}$", re.IGNORECASE)


class Grade(Struct, frozen=True):
    """As printed without its scale; ``begin`` and ``finish`` are offsets in the text."""

    value: str
    begin: int
    finish: int


def find_grade(text: str) -> Grade | None:
    """The first grade of a line, one of the whole degree before one of its major alone."""
    partial = None
    for match in _GRADE.finditer(text):
        if not _is_grade(text, match):
            continue
        grade = Grade(
            match[match.lastgroup] if match.lastgroup == "bracketed" else _value(match), *match.span()
        )
        if not _PARTIAL.search(text, 0, match.start()):
            return grade
        partial = partial or grade
    return partial


def bare_grade(text: str) -> str | None:
    """The grade that is all of the text, as in a table's column of grades."""
    match = _BARE.fullmatch(text)
    return match[1] if match else None


def _value(match: re.Match[str]) -> str:
    return (
        match["labelled"]
        or match["scaled"]
        or match["percent"]
        or match["before"]
        or match["worded"]
        or match["bracketed"]
    )


def _is_grade(text: str, match: re.Match[str]) -> bool:
    if match["labelled"]:
        plain = match["labelled"].isdigit() and not match["labelled_scale"] and not match["labelled_percent"]
        if plain and match["label"].casefold() in _NUMBERED_CLASS:
            return False
        return not (plain and len(match["labelled"]) == 3 and match["label"].casefold() == "cap")
    if match["scaled"]:
        # A month and a year of two digits look the same.
        value = match["scaled"]
        return not (
            value.isdigit()
            and (value[0] == "0" or (len(value) == 2 and int(value) <= 12))
            and match["scale"] in ("10", "12", "20")
        )
    if match["percent"] and match[0][0] in "([":
        return not _TOP.search(text, 0, match.start())
    if match["percent"] or match["bracketed"]:
        return not _PART_OF_CLASS.search(text, 0, match.start())
    return True
