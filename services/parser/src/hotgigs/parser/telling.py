"""Which lines of a section tell of a job, and which head it.

Told of by the marks of lists, by how far lines are set in, by labels such as "Duties:", and by how the
paragraph reads that they are the lines of.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from hotgigs.parser.dates import find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.form_labels import fields_of
from hotgigs.parser.organisations import ends_with_legal_form, names_organisation
from hotgigs.parser.passages import runs_over
from hotgigs.parser.roles import names_role
from hotgigs.parser.separators import bullet_text, dash_parts
from hotgigs.parser.vocabulary import load

_LONG = 110
"""Characters: a longer line tells of a job and does not head it."""
_MIN_SENTENCE_WORDS = 4
_MIN_CLAUSE_WORDS = 6
_INDENT = 2.5
"""Points by which the lines that tell of a job are set in from its header."""
_NEAR = 0.9
"""Times the font size, between the lines of one item."""
_SENTENCE_END = re.compile(r"[^\W_A-Z][)%]?[.;]$|\d[.;]$")
_ABBREVIATION_END = re.compile(r"[,\t]\s?[^\W\d_]{1,4}\.$")
_LOWER_WORD = re.compile(r"(?<!\S)[a-zß-öø-ÿ]")
_MIN_MARKED = 2
_HEADS = frozenset(load("labels")["telling"]["heads"])
_TERMS = frozenset(load("labels")["telling"]["terms"])
_TELLING_LABELS = _HEADS | _TERMS | frozenset(load("labels")["telling"]["lines"])
_HEADER_LABELS = frozenset(
    label for field in ("title", "company", "location", "dates") for label in load("labels")["job"][field]
)


def telling_lines(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it tells of a job."""
    marked = [line.is_list_item or bullet_text(line.text) is not None for line in lines]
    is_marked = sum(marked) >= _MIN_MARKED
    indent = None if is_marked else _indent_of_telling(lines)
    found: list[bool] = []
    for begin, end in _paragraphs(lines, marked, _hangs(lines, marked)):
        first = lines[begin]
        if marked[begin] or heads_telling(first.text) or _is_labelled(first.text):
            told = True
        elif _label(first.text) in _HEADER_LABELS and len(first.text) < _LONG:
            told = False
        elif indent is not None and first.x0 >= indent:
            told = first.text[-1] in ".,;" or not is_only_dates(first.text)
        else:
            told = _reads_as_told(lines[begin:end], by_shape=not is_marked and indent is None)
        found.extend([told] * (end - begin))
    return found


def heads_telling(text: str) -> bool:
    """Is it but a label over what is told of a job?"""
    return text.rstrip(" :.-–").casefold() in _HEADS or fields_of(text)[:1] == ("duties",)


def states_terms(text: str) -> bool:
    """Is it a line such as ``Salary: 61,400 USD`` or ``Reason for leaving: end of contract``?"""
    return _label(text) in _TERMS


def without_head(text: str) -> str:
    """What is told, without the label over it that stands on the same line."""
    if _label(text) not in _HEADS:
        return text
    return text.partition(":")[2].strip() or text


def _is_labelled(text: str) -> bool:
    return _label(text) in _TELLING_LABELS


def _label(text: str) -> str | None:
    """In small letters; None where there is none."""
    label, mark, _ = text.partition(":")
    return label.strip().casefold() if mark else None


def has_range(line: Line) -> bool:
    """Does the line print a period, from when until when?"""
    return any(period.is_range for period in find_periods(line.text))


def _hangs(lines: Sequence[Line], marked: Sequence[bool]) -> bool:
    """Do the items of lists go on where their text begins, and not below their marks?"""
    return not any(
        is_marked and not follows and line.text[0].islower() and line.x0 <= item.x0 + 1
        for item, line, is_marked, follows in zip(lines, lines[1:], marked, marked[1:], strict=False)
    )


def _paragraphs(lines: Sequence[Line], marked: Sequence[bool], hangs: bool) -> Iterator[tuple[int, int]]:
    """Begin and end of the lines that make one paragraph or list item."""
    margin = max((line.x1 for line in lines), default=0.0)
    begin = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and not marked[index]:
            before, line = lines[index - 1], lines[index]
            is_below_mark = (
                marked[begin] and hangs and line.x0 <= lines[begin].x0 + 1 and line.page == lines[begin].page
            )
            if not (is_below_mark and line.text[0].isupper()) and _goes_on(
                before, line, margin, marked[begin], marked[index - 1]
            ):
                continue
        yield begin, index
        begin = index


def _goes_on(before: Line, line: Line, margin: float, in_item: bool, after_mark: bool) -> bool:
    if not line.page or line.weight != before.weight or has_range(line):
        return False
    if in_item:
        is_near = line.page == before.page and abs(line.y0 - before.y1) <= _NEAR * line.font_size
        is_set_in = after_mark and is_near and line.x0 > before.x0 + _INDENT
        return is_set_in or _runs_on(before, line, margin)
    if "\t" in before.text or before.italic != line.italic or abs(line.font_size - before.font_size) > 0.3:
        return False
    if line.page == before.page and abs(line.x0 - before.x0) > _INDENT:
        return False
    is_long = len(before.text) > _LONG / 2 and not has_range(before)
    return line.text[0].islower() or (is_long and _runs_on(before, line, margin))


def _runs_on(before: Line, line: Line, margin: float) -> bool:
    """Does the sentence of one line go on in the next, as far as their ends show?"""
    if line.text[0].islower():
        return True
    return before.text[-1] not in ".;" and runs_over(before, line, margin)


def _reads_as_told(paragraph: Sequence[Line], *, by_shape: bool) -> bool:
    text = " ".join(line.text for line in paragraph)
    if (paragraph[0].weight >= 700 and len(paragraph) < 3) or _dates_a_job(paragraph[0]):
        return False
    spaces = text.count(" ")
    if len(text) > _LONG or (text[0].islower() and (paragraph[0].page or spaces >= _MIN_SENTENCE_WORDS)):
        return True
    if spaces < _MIN_SENTENCE_WORDS - 1 or "\t" in text or _ABBREVIATION_END.search(text):
        return False
    if _SENTENCE_END.search(text) or (spaces >= _MIN_CLAUSE_WORDS and text[-1] == "."):
        return not ends_with_legal_form(text)
    lower = len(_LOWER_WORD.findall(text))
    if not by_shape or 2 * lower <= spaces:
        return False
    is_clause = spaces >= _MIN_CLAUSE_WORDS - 1 and 4 * lower >= 3 * (spaces + 1)
    return is_clause or not (names_role(text) or any(map(names_organisation, dash_parts(text))))


def _dates_a_job(line: Line) -> bool:
    """Does the line print a period that is not in the middle of a sentence?"""
    periods = [period for period in find_periods(line.text) if period.is_range]
    if not periods:
        return False
    text, period = line.text, periods[0]
    rest = len(text.rstrip(" .)]")) - period.finish
    return len(text) <= _LONG or period.begin < 3 or rest <= 1 or "\t" in text


def _has_dates_beside(line: Line) -> bool:
    """Is its text set in as far as what tells of a job, behind dates in a narrow column?"""
    dates, mark, _ = line.text.partition("\t")
    return bool(mark) and is_only_dates(dates)


def _indent_of_telling(lines: Sequence[Line]) -> float | None:
    """The left edge (points) from which on lines tell of a job; None where nothing is set in."""
    chars: Counter[int] = Counter()
    for line in lines:
        if line.page:
            chars[round(line.x0)] += len(line.text)
    if len(chars) < 2:
        return None
    edge = chars.most_common(1)[0][0]
    if any(line.x0 >= edge - _INDENT and has_range(line) for line in lines):
        return None
    heads = [line for line in lines if line.x0 < edge - _INDENT]
    if 2 * sum(map(_has_dates_beside, heads)) > len(heads):
        return None
    return edge - _INDENT / 2 if len(heads) > 1 or any(find_periods(line.text) for line in heads) else None
