"""Dates and periods as resumes print them, in English, German, French, Spanish and Portuguese.

A month that is not printed stays unknown: it is guessed nowhere but in `months_of`, which counts a
bare year whole.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from hotgigs.parser.vocabulary import any_of, load

_WORDS = load("dates")
_MONTHS = {name: int(number) for number, names in _WORDS["months"].items() for name in names}
_SEASONS: dict[str, list[int]] = _WORDS["seasons"]

_MONTH_NAME = any_of(_MONTHS) + r"\b\.?"
_YEAR = r"(?:19[4-9]\d|20[0-6]\d)"
_DAY = r"\d{1,2}(?:\.|st|nd|rd|th|er)?"
_MONTH_AND_YEAR = (
    rf"(?:{_DAY}[ ](?:de[ ])?)?(?P<month>{_MONTH_NAME})(?:\s{_DAY},)?"
    rf"\s?(?:,\s?|de\s|del\s|[-/]\s?)?(?:(?P<month_year>{_YEAR})(?!\d)|['’](?P<short_year>\d\d)\b)"
)
_DATE = "|".join(
    (
        rf"(?P<iso_year>{_YEAR})[-/.](?P<iso_month>0[1-9]|1[0-2])(?:[-/.](?:0[1-9]|[12]\d|3[01]))?(?!\d)",
        rf"(?:(?:0?[1-9]|[12]\d|3[01])[./-])?(?P<number>0?[1-9]|1[0-2])\s?[./-]\s?(?P<number_year>{_YEAR})(?!\d)",
        _MONTH_AND_YEAR,
        rf"(?P<season>{any_of(_SEASONS)})\s(?:(?:of|de|semester|term)\s)?(?P<season_year>{_YEAR})(?!\d)",
        rf"Q(?P<quarter>[1-4])[\s/]?(?P<quarter_year>{_YEAR})(?!\d)",
        r"(?P<slash_month>0[1-9]|1[0-2])/(?P<slash_year>\d\d)(?![\d/])",
        rf"(?P<year>{_YEAR})(?!\d)",
    )
)
_DASH = r"\s{0,3}(?:-{1,2}|[‐-―−→>~]|/)\s{0,3}"
_PRESENT = rf"(?:{any_of(_WORDS['words']['present'])})(?!\w)"
_TO = rf"(?:{_DASH}(?:{any_of(_WORDS['words']['to'])}\s)?|\s{{1,3}}{any_of(_WORDS['words']['to'])}\s{{1,3}})"
_LONE_MONTH = rf"(?P<lone_month>{_MONTH_NAME})(?={_TO}{_MONTH_NAME}\s?,?\s?{_YEAR})"
_SHORT_END = r"(?P<short_end>\d\d)(?![\d/.:%-])"
_OPEN_END = r"\s?[-‐-―−→]\s{0,3}(?=$|[)\]\t|•·,;])"

_ONE_DATE = re.compile(rf"(?<![\w/])(?:{_DATE}|{_LONE_MONTH})", re.IGNORECASE)
_END_DATE = re.compile(rf"(?:{_DATE})", re.IGNORECASE)
_TO_PATTERN = re.compile(_TO, re.IGNORECASE)
_PRESENT_PATTERN = re.compile(_PRESENT, re.IGNORECASE)
_LEADING_MONTH = re.compile(_MONTH_NAME, re.IGNORECASE)
_TO_PRESENT = re.compile(rf"\s{{1,3}}{_PRESENT}", re.IGNORECASE)
_SHORT_END_PATTERN = re.compile(_SHORT_END)
_OPEN_END_PATTERN = re.compile(_OPEN_END)
_SINCE = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['words']['since'])})\s{{1,2}}$", re.IGNORECASE)
_YEAR_PATTERN = re.compile(r"(?:19[4-9]|20[0-6])\d|['’/]\s?\d\d")
"""Where it is not found there is no date."""
_UNFINISHED = re.compile(
    rf"(?:[-‐-―−→]|(?<!\w)(?:{_MONTH_NAME}|{any_of(_WORDS['words']['to'])}))\s?$", re.IGNORECASE
)
_MAX_PERIOD_CHARS = 40
_REST = re.compile(r"[^\W\d_]")


class PartialDate(Struct, frozen=True, order=True):
    """A date as far as it is printed; ``month`` is None where only the year is."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        """``YYYY-MM``, or ``YYYY`` without a month."""
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"


class Period(Struct, frozen=True):
    """What one date or range of dates says; ``begin`` and ``finish`` are offsets in the text.

    A single date has no ``end``; ``current`` is true for what goes on, as in "2019 to date".
    """

    start: PartialDate
    end: PartialDate | None
    current: bool
    begin: int
    finish: int

    @property
    def is_range(self) -> bool:
        return self.current or self.end is not None


def find_periods(text: str) -> list[Period]:
    """All dates and ranges of one line, from left to right."""
    return list(_found_periods(text))


@lru_cache(maxsize=2048)
def _found_periods(text: str) -> tuple[Period, ...]:
    return tuple(_periods(text)) if _YEAR_PATTERN.search(text) else ()


def begins_with_date(text: str) -> bool:
    """Is the first word a date, or one of those that say that a period goes on?"""
    return bool(_ONE_DATE.match(text) or _PRESENT_PATTERN.match(text) or _LEADING_MONTH.match(text))


def is_only_dates(text: str) -> bool:
    """Is there a date, and besides dates no word?"""
    return without_periods(text) is not None


def without_periods(text: str) -> str | None:
    """None unless the text is dates and punctuation only; then what is left of it."""
    periods = find_periods(text)
    if not periods:
        return None
    rest = cut(text, periods)
    return None if _REST.search(rest) else rest


def breaks_period(upper: str, lower: str) -> bool:
    """Does a date or period begin on the upper line and end on the lower one?"""
    tail, head = upper[-_MAX_PERIOD_CHARS:], lower[:_MAX_PERIOD_CHARS]
    if not _YEAR_PATTERN.search(f"{tail} {head}"):
        return False
    if not tail or not (_UNFINISHED.search(tail) or head[0] in "-–—"):
        return False
    return any(period.begin < len(tail) < period.finish - 1 for period in find_periods(f"{tail} {head}"))


def cut(text: str, periods: list[Period]) -> str:
    """The text without its periods."""
    kept, last = [], 0
    for period in periods:
        kept.append(text[last : period.begin])
        last = period.finish
    kept.append(text[last:])
    return " ".join(kept)


def _periods(text: str) -> Iterator[Period]:
    position = 0
    while match := _ONE_DATE.search(text, position):
        period = _period_from(text, match, position)
        position = max(period.finish, match.end()) if period else match.end()
        if period:
            yield period


def _period_from(text: str, match: re.Match[str], earliest: int) -> Period | None:
    """The period that the first date found begins; None for a month whose year does not follow."""
    since = _SINCE.search(text, earliest, match.start())
    begin = since.start() if since else match.start()
    to = _TO_PATTERN.match(text, match.end())
    end = _END_DATE.match(text, to.end()) if to else None
    if end is not None:
        finish = _months_and_year(end)[1]
        lone = match["lone_month"]
        start = PartialDate(finish.year, _month(lone)) if lone else _months_and_year(match)[0]
        return Period(start, finish, False, begin, end.end())
    if match["lone_month"]:
        return None
    start, last = _months_and_year(match)
    if (current_end := _end_of_current(text, match, to)) is not None:
        return Period(start, None, True, begin, current_end)
    short = _SHORT_END_PATTERN.match(text, to.end()) if to and match["year"] else None
    if short:
        century = start.year // 100 * 100
        return Period(start, PartialDate(century + int(short[0])), False, begin, short.end())
    return Period(start, last if last != start else None, since is not None, begin, match.end())


def _end_of_current(text: str, match: re.Match[str], to: re.Match[str] | None) -> int | None:
    """Where the words or the open dash end which say that a period goes on."""
    present = (_PRESENT_PATTERN.match(text, to.end()) if to else None) or _TO_PRESENT.match(text, match.end())
    open_end = present or _OPEN_END_PATTERN.match(text, match.end())
    return open_end.end() if open_end else None


def _months_and_year(match: re.Match[str]) -> tuple[PartialDate, PartialDate]:
    """First and last month of a date; they differ for a season or a quarter only."""
    groups = match.groupdict()
    if groups["season"]:
        first, last = _SEASONS[groups["season"].lower()]
        return PartialDate(int(groups["season_year"]), first), PartialDate(int(groups["season_year"]), last)
    if groups["quarter"]:
        year, quarter = int(groups["quarter_year"]), int(groups["quarter"])
        return PartialDate(year, 3 * quarter - 2), PartialDate(year, 3 * quarter)
    if groups["year"]:
        one = PartialDate(int(groups["year"]))
    elif groups["iso_year"]:
        one = PartialDate(int(groups["iso_year"]), int(groups["iso_month"]))
    elif groups["number"]:
        one = PartialDate(int(groups["number_year"]), int(groups["number"]))
    elif groups["slash_month"]:
        one = PartialDate(_full_year(groups["slash_year"]), int(groups["slash_month"]))
    else:
        year = int(groups["month_year"]) if groups["month_year"] else _full_year(groups["short_year"])
        one = PartialDate(year, _month(groups["month"]))
    return one, one


def _full_year(two_digits: str) -> int:
    return int(two_digits) + (1900 if int(two_digits) >= 60 else 2000)


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def months_of(period: Period, today: date) -> tuple[int, int]:
    """First and last month, both included, counted from year 0; what goes on lasts until ``today``."""
    now = 12 * today.year + today.month - 1
    first = 12 * period.start.year + (period.start.month or 1) - 1
    if period.current:
        return first, now
    end = period.end or period.start
    return first, min(12 * end.year + (end.month or 12) - 1, now)
