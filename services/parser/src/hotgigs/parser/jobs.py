"""The jobs of an experience section, each with its header lines and what is told of it.

A job is anchored by the line that prints its dates. Header lines may stand before it, after it, or
both; what is told of it follows, as list items or paragraphs. Among what is told, lines that look as
headers do and name a title are a job without dates.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec
from msgspec import Struct

from hotgigs.parser.column_heads import with_labelled_columns
from hotgigs.parser.dates import Period, find_periods, is_only_dates
from hotgigs.parser.document import Line
from hotgigs.parser.gutters import with_whole_periods
from hotgigs.parser.header_likeness import (
    company_likeness,
    describes_company,
    names_department,
    title_likeness,
)
from hotgigs.parser.header_pieces import heads_table, is_length_of_time, pieces_of, text_of
from hotgigs.parser.header_sentences import with_parted_sentences
from hotgigs.parser.listed_headers import with_listed_headers
from hotgigs.parser.organisations import organisation_at
from hotgigs.parser.passages import runs_over
from hotgigs.parser.places import is_place
from hotgigs.parser.separators import bullet_text
from hotgigs.parser.telling import has_range, heads_telling, states_terms, telling_lines, without_head
from hotgigs.parser.told_periods import told_periods
from hotgigs.parser.vocabulary import any_of, load

_MAX_HEADER_LINES = 4
_UNFINISHED = (
    "&",
    ",",
    "-",
    "–",
    "/",
    "(",
    " and",
    " und",
    " et",
    " y",
    " e",
    " of",
    " de",
    " für",
    " for",
    " di",
    " da",
    " do",
    " del",
    " della",
    " van",
    " i",
    " des",
    " du",
    " der",
    " the",
    " at",
)
_MAX_HEADER_CHARS = 110
_BEFORE_DATE = tuple("(,|·•–—-;:[")
_LIKELY = 1.5
_MAIL = re.compile(r"[\w.+-]@[\w-]+\.\w")
_MAX_CONTACT_WORDS = 14
_ACTIVITY = re.compile(
    r"[^\W\d_]{3,}(?:ung|ungen|tion|sion|ment|age|ción|sión|ción|ção|são|zione|sione|mento|tura|anie|enie|nahme|ing)"
    r"\s(?:von|eines|einer|der|des|d['’]|du|de|del|de la|dos|das|da|do|di|della|dei|van|of|the)(?!\w)",
    re.IGNORECASE,
)
"""What is done rather than who does it: ``Betreuung von …``, ``Rédaction des …``."""
_MIN_PHRASE_WORDS = 3
_MAX_PARTICLE_CHARS = 3
"""Of the words in lower case that names have: ``de la``, ``für``, ``van``."""
_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
_AND = re.compile(rf"[\s,;/&+]{{0,4}}(?:{any_of(load('dates')['words']['and'])}\s)?")
_Look = tuple[float, int]


class Job(Struct, frozen=True):
    """``header`` in printed order, the line with the dates among it; ``told`` is everything else."""

    header: tuple[Line, ...]
    periods: tuple[Period, ...]
    """Several where the job was done in several seasons; in printed order."""
    told: tuple[Line, ...]


class _Between(Struct, frozen=True):
    """The lines between the dates of one job and those of the next, each put to its place."""

    after: list[Line]
    """Header lines of the job before."""
    told: list[Line]
    tells: list[bool]
    before: list[Line]
    """Header lines of the job that follows."""


def split_jobs(lines: Sequence[Line]) -> list[Job]:
    """Jobs in printed order."""
    lines = [
        line
        for line in with_whole_periods(
            with_parted_sentences(with_labelled_columns(with_listed_headers(lines)))
        )
        if not (is_length_of_time(line.text) or heads_table(line.text) or _is_contact(line.text))
    ]
    lines = _with_whole_headers(lines)
    tells = telling_lines(lines)
    candidates = _anchors(lines, tells)
    told = told_periods(lines, candidates)
    for index in told:
        tells[index] = True
    anchors = [index for index in candidates if index not in told]
    if not anchors:
        return list(_undated(lines, tells, frozenset()))
    first = anchors[0]
    lead = min(tells[:first].count(False), _MAX_HEADER_LINES)
    looks = frozenset(_look(lines[anchor]) for anchor in anchors)
    heads = [line for line, told in zip(lines[:first], tells[:first], strict=True) if not told]
    before = heads[len(heads) - lead :]
    tells = _with_phrases(lines, tells, anchors, before)
    usual = _usual_after(lines, tells, anchors)
    jobs: list[Job] = []
    for anchor, following in zip(anchors, (*anchors[1:], len(lines)), strict=True):
        is_last = following == len(lines)
        rest, rest_tells = list(lines[anchor + 1 : following]), tells[anchor + 1 : following]
        between = _divide(rest, rest_tells, lead, usual, is_last=is_last)
        header = (*before, lines[anchor], *between.after)
        undated = list(_undated(between.told, between.tells, looks))
        own = len(between.told) if not undated else between.told.index(undated[0].header[0])
        jobs.append(Job(header, _periods(lines[anchor].text), _only_told(between.told[:own])))
        jobs.extend(undated)
        before = between.before
    return jobs


def _is_contact(text: str) -> bool:
    """A line with the person's address, as at the foot of a page."""
    return bool(_MAIL.search(text)) and text.count(" ") < _MAX_CONTACT_WORDS and bullet_text(text) is None


def _anchors(lines: Sequence[Line], tells: Sequence[bool]) -> list[int]:
    """The lines with a job's dates: a range, or where there are hardly any, single dates too."""
    ranges = sum(has_range(line) for line, told in zip(lines, tells, strict=True) if not told)
    return [
        index
        for index, line in enumerate(lines)
        if not tells[index]
        and (has_range(line) or _dates_alone(line) or (ranges < 2 and find_periods(line.text)))
    ]


def _dates_alone(line: Line) -> bool:
    parts = [part for part in line.text.split("\t") if part.strip()]
    text = line.text.rstrip(" .")
    periods = find_periods(text)
    if not periods:
        return False
    mark = text[: periods[-1].begin].rstrip()[-1:]
    ends = (
        text[periods[-1].finish :].strip(" )") == ""
        and mark in _BEFORE_DATE
        and len(text) < _MAX_HEADER_CHARS
    )
    return ends or is_only_dates(parts[0]) or is_only_dates(parts[-1])


def _with_phrases(
    lines: Sequence[Line], tells: Sequence[bool], anchors: Sequence[int], heads: Sequence[Line]
) -> list[bool]:
    """Phrases below as many header lines as most jobs have tell of the job, too.

    As many lines before the next dates as ``heads`` stand before the first are left out if they look as
    one of these: they may head the next job.
    """
    looks = set(map(_look, heads))
    found = list(tells)
    rows: list[list[bool]] = []
    for anchor, following in zip(anchors, (*anchors[1:], len(lines)), strict=True):
        end = following
        while (
            end > max(anchor + 1, following - len(heads))
            and following < len(lines)
            and _look(lines[end - 1]) in looks
        ):
            end -= 1
        rows.append([tells[index] or _is_phrase(lines[index].text) for index in range(anchor + 1, end)])
    counts = Counter(row.index(True) for row in rows if True in row)
    if not counts:
        return found
    usual = counts.most_common(1)[0][0]
    for anchor, row in zip(anchors, rows, strict=True):
        for index in range(usual, len(row)):
            found[anchor + 1 + index] = row[index] or found[anchor + 1 + index]
    return found


def _is_phrase(text: str) -> bool:
    """``Mentored two interns``: words in lower case, and neither title nor company nor place."""
    words = _WORDS.findall(text)
    if _ACTIVITY.match(text) and not names_department(text) and not organisation_at(words[0]):
        return True
    if len(words) < _MIN_PHRASE_WORDS or "\t" in text or describes_company(text) or names_department(text):
        return False
    lower = sum(word[0].islower() and len(word) > _MAX_PARTICLE_CHARS for word in words)
    if not (words[-1][0].islower() or lower > 1):
        return False
    return not any(
        max(title_likeness(each), company_likeness(each)) >= _LIKELY or is_place(each)
        for each in (text_of([piece]) for piece in pieces_of([Line(text=text)]))
    )


def _usual_after(lines: Sequence[Line], tells: Sequence[bool], anchors: Sequence[int]) -> int | None:
    """How many header lines most jobs have below their dates; None where nothing is told of any."""
    counts: Counter[int] = Counter()
    for anchor, following in zip(anchors, (*anchors[1:], len(lines)), strict=True):
        below = tells[anchor + 1 : following]
        if True in below:
            counts[below.index(True)] += 1
    return counts.most_common(1)[0][0] if counts else None


def _divide(lines: list[Line], tells: list[bool], lead: int, usual: int | None, *, is_last: bool) -> _Between:
    """``lead`` is how many header lines stand before the first job's dates."""
    if True not in tells:
        own = len(lines) if is_last else max(0, len(lines) - lead)
        while own < len(lines) - 1 and is_place(lines[own].text):
            own += 1
        if lead and usual is not None and not is_last:
            own = max(0, min(usual, len(lines) - 1))
        after = min(own, _MAX_HEADER_LINES)
        return _Between(lines[:after], lines[after:own], tells[after:own], lines[own:])
    after = min(tells.index(True), _MAX_HEADER_LINES if usual is None else usual + 1, _MAX_HEADER_LINES)
    end_of_told = len(tells) - tells[::-1].index(True)
    before = max(end_of_told, len(lines) - _MAX_HEADER_LINES)
    weight = max((line.weight for line, told in zip(lines, tells, strict=True) if told), default=0)
    if is_last or not (lead or any(line.weight > weight or _heads_job(line) for line in lines[before:])):
        before = len(lines)
    return _Between(lines[:after], lines[after:before], tells[after:before], lines[before:])


def _heads_job(line: Line) -> bool:
    """Do its words name a title or a company?"""
    texts = [text_of([piece]) for piece in pieces_of([line])]
    return any(max(title_likeness(text), company_likeness(text)) >= _LIKELY for text in texts)


def _undated(lines: Sequence[Line], tells: Sequence[bool], looks: frozenset[_Look]) -> Iterator[Job]:
    """The jobs among what is told of another; ``looks`` are those that the headers with dates have."""
    told_looks = {_look(line) for line, told in zip(lines, tells, strict=True) if told}
    found = [
        (run[0], run[-1] + 1)
        for told, group in groupby(range(len(lines)), tells.__getitem__)
        if not told and (run := list(group))
        if (run[0] or not looks) and _heads_undated([lines[index] for index in run], looks, told_looks)
    ]
    for (begin, end), (following, _) in pairwise((*found, (len(lines), 0))):
        yield Job(tuple(lines[begin:end]), (), _only_told(lines[end:following]))


def _heads_undated(header: Sequence[Line], looks: frozenset[_Look], told_looks: set[_Look]) -> bool:
    """Do the lines name a title, look as headers do and not as what is told, or name a company too?"""
    if len(header) > _MAX_HEADER_LINES or (looks and _look(header[0]) not in looks):
        return False
    if any(line.text.endswith(":") for line in header):
        return False
    texts = [text_of([piece]) for piece in pieces_of(header)]
    if len(texts) < 2 or not any(title_likeness(text) >= _LIKELY for text in texts):
        return False
    return _look(header[0]) not in told_looks or any(company_likeness(text) >= _LIKELY for text in texts)


def _look(line: Line) -> _Look:
    return line.font_size, line.weight


def _only_told(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Without labels over what is told, and the terms of the job."""
    found = (line for line in lines if not heads_telling(line.text) and not states_terms(line.text))
    return tuple(msgspec.structs.replace(line, text=without_head(line.text)) for line in found)


def _periods(text: str) -> tuple[Period, ...]:
    """The first range, or else the first date, and those that but marks and an ``and`` part from it."""
    found = find_periods(text)
    first = next((index for index, period in enumerate(found) if period.is_range), 0)
    end = first + 1
    while end < len(found) and _AND.fullmatch(text, found[end - 1].finish, found[end].begin):
        end += 1
    return tuple(found[first:end])


def _with_whole_headers(lines: Sequence[Line]) -> list[Line]:
    """A header line that did not fit on one line of the page is put together again."""
    margin = max((line.x1 for line in lines), default=0.0)
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _is_cut_off(before, line, margin):
            found[-1] = msgspec.structs.replace(before, text=f"{before.text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _is_cut_off(before: Line, line: Line, margin: float) -> bool:
    if not line.page or before.font_size != line.font_size or line.page != before.page:
        return False
    if bullet_text(before.text) is not None or bullet_text(line.text) is not None or _ends_with_range(before):
        return False
    if line.text[0].islower() and len(before.text) < _MAX_HEADER_CHARS and before.weight == line.weight:
        is_dated = has_range(before) or has_range(line)
        return not is_dated and before.text[-1] not in ".;:" and runs_over(before, line, margin)
    if before.text.endswith(_UNFINISHED) or (line.text[0] == "(" and not has_range(line)):
        return len(before.text) < 120 and line.x0 < before.x0 + 3 and runs_over(before, line, margin)
    has_mark = "|" in before.text and not has_range(before)
    return has_mark and before.weight == line.weight and runs_over(before, line, margin)


def _ends_with_range(line: Line) -> bool:
    """Is there nothing but marks after its dates, or are they in a column at the side?"""
    ranges = [period for period in find_periods(line.text) if period.is_range]
    return bool(ranges) and ("\t" in line.text or not line.text[ranges[-1].finish :].strip(" .)]"))
