"""Dates and periods as resumes print them, in many languages.

A month that is not printed stays unknown: it is guessed nowhere but in `months_of`, which counts a
bare year whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
_ABOUT = (
    rf"(?:(?<![^\s(]){any_of(_WORDS['words']['about'])}(?:[ -]|(?<=~))\s?(?:de\s|del\s|des\s|di\s|do\s)?)?"
)
_MONTH_AND_YEAR = (
    rf"(?:{_DAY}[ ](?:de[ ])?)?(?<!rio[ ]de[ ])(?P<month>{_MONTH_NAME})(?:\s{_DAY},)?"
    rf"[^\S\t]?(?:,\s?|(?:de|del|of)\s|[-/]\s?)?(?:(?P<month_year>{_YEAR})(?!\d)|['’](?P<short_year>\d\d)\b)"
)
_NUMBERED_PART = r"(?:(?:Q|T)(?P<quarter>[1-4])|(?P<quarter_before>[1-4])[QT]|[HS](?P<half>[12]))"
_ISO_DATE = (
    rf"(?P<iso_year>{_YEAR})(?:[-/.](?P<iso_month>0[1-9]|1[0-2])(?:[-/.](?:0[1-9]|[12]\d|3[01]))?(?!\d)"
    r"|年\s?(?P<cjk_month>1[0-2]|0?[1-9])月)"
)
_SEASON_AND_YEAR = (
    rf"(?P<season>{any_of(_SEASONS)})(?P<seasons>s?)\s(?:(?:of|de|semester|term)\s)?(?P<season_year>{_YEAR})"
    rf"(?:/(?P<season_end>{_YEAR}|\d\d))?(?!\d)"
)
_FORMS = "|".join(
    (
        _ISO_DATE,
        rf"(?P<us_month>0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?P<us_year>{_YEAR})(?!\d)",
        rf"(?:(?P<day>0?[1-9]|[12]\d|3[01])[./-])?(?P<number>0?[1-9]|1[0-2])\s?[./-]\s?(?P<number_year>{_YEAR})(?!\d)",
        _MONTH_AND_YEAR,
        _SEASON_AND_YEAR,
        rf"{_NUMBERED_PART}[\s/]?(?:(?P<part_year>{_YEAR})|['’](?P<part_short_year>\d\d))(?!\d)",
        r"(?P<slash_month>0[1-9]|1[0-2])/(?P<slash_year>\d\d)(?![\d/])",
        rf"(?<!\d:)(?P<year>{_YEAR})(?!\d)",
    )
)
_DATE = rf"{_ABOUT}(?:{_FORMS})(?:\s(?:r\.|roku\b))?"
_DASH = r"\s{0,3}(?:[-=]{1,2}>|-{1,2}|[‐-―−→~»]>?|…|\.{2,3}|/)\s{0,3}"
_PRESENT = rf"\(?(?:{any_of(_WORDS['words']['present'])})(?!\w)\)?"
_TO = rf"(?:{_DASH}(?:{any_of(_WORDS['words']['to'])}\s)?|\s{{1,3}}{any_of(_WORDS['words']['to'])}\s{{1,3}})"
_LONE_MONTH = (
    rf"(?P<lone_month>{_MONTH_NAME})(?={_TO}{_MONTH_NAME}\s?,?\s?{_YEAR})"
    rf"|(?P<lone_number>0?[1-9]|1[0-2])\.?(?=\s?[-–]\s?(?:0?[1-9]|1[0-2])[./]{_YEAR})"
)
_BRIEF_YEAR = r"(?:9\d|[0-2]\d)(?![\d/]|[.,]\d|,?\s(?:19|20)\d\d)"
_BRIEF_DATE = (
    rf"(?:(?P<brief_month>{_MONTH_NAME})[\s/-]?['’]?"
    r"|(?:(?:0?[1-9]|[12]\d|3[01])\.)?(?P<brief_number>0[1-9]|1[0-2])\."
    r"|(?P<brief_slash>0?[1-9]|1[0-2])/)"
    rf"(?P<brief_year>{_BRIEF_YEAR})"
)
"""Month and two digits of the year: nothing but a range of two of them is one."""
_BRIEF = re.sub(r"\?P<\w+>", "?:", _BRIEF_DATE)
_SHORT_END = r"(?P<short_end>\d\d)(?![\d/.:%-])"
_OPEN_END = r"\s?[-‐-―−→]\s{0,3}(?:$|…|\.\.\.|\?|(?=[)\]\t|•·,;]))"

_ONE_DATE = re.compile(
    rf"(?<![\w/])(?:{_DATE}|{_LONE_MONTH}|{_BRIEF_DATE}(?={_TO}(?:{_BRIEF}|{_PRESENT})))", re.IGNORECASE
)
_END_DATE = re.compile(rf"(?:{_DATE})", re.IGNORECASE)
_BRIEF_END = re.compile(_BRIEF_DATE, re.IGNORECASE)
_TO_PATTERN = re.compile(_TO, re.IGNORECASE)
_AND_PATTERN = re.compile(rf"\s{any_of(_WORDS['words']['and'])}\s(?:il\s|o\s)?", re.IGNORECASE)
_PRESENT_PATTERN = re.compile(_PRESENT, re.IGNORECASE)
_LEADING_MONTH = re.compile(_MONTH_NAME, re.IGNORECASE)
_TO_PRESENT = re.compile(rf"\s{{1,3}}{_PRESENT}", re.IGNORECASE)
_SHORT_END_PATTERN = re.compile(_SHORT_END)
_OPEN_END_PATTERN = re.compile(_OPEN_END)
_SINCE = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['words']['since'])})\s{{1,2}}$", re.IGNORECASE)
_FROM = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['words']['from'])})\s{{1,2}}$", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['words']['between'])})\s(?:il\s|o\s)?$", re.IGNORECASE)
_YEAR_PATTERN = re.compile(r"(?:19[4-9]|20[0-6])\d|['’./\s-]\s?\d\d(?!\d)")
"""Where it is not found there is no date."""
_UNFINISHED = re.compile(
    rf"(?:[-‐-―−→]|(?<!\w)(?:{_MONTH_NAME}|{any_of(_WORDS['words']['to'])}))\s?$", re.IGNORECASE
)
_MAX_PERIOD_CHARS = 40
_MAX_WORDS_CHARS = 24
"""Before a date, in which the words are looked for that belong to it."""
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
    before = max(earliest, match.start() - _MAX_WORDS_CHARS)
    since = _SINCE.search(text, before, match.start())
    begin = since.start() if since else match.start()
    between = _BETWEEN.search(text, before, match.start())
    to = _TO_PATTERN.match(text, match.end()) or (_AND_PATTERN.match(text, match.end()) if between else None)
    if match["brief_year"]:
        return _brief_period(text, match, begin, to)
    if (end := _END_DATE.match(text, to.end()) if to else None) is not None:
        start, finish = _ends(match, end)
        words = between or _FROM.search(text, before, begin)
        return Period(start, finish, False, words.start() if words else begin, end.end())
    if match["lone_month"] or match["lone_number"]:
        return None
    start, last = _months_and_year(match)
    if (current_end := _end_of_current(text, match, to)) is not None:
        words = _FROM.search(text, before, begin)
        return Period(start, None, True, words.start() if words else begin, current_end)
    short = _SHORT_END_PATTERN.match(text, to.end()) if to and match["year"] else None
    if short:
        century = start.year // 100 * 100
        return Period(start, PartialDate(century + int(short[0])), False, begin, short.end())
    return Period(start, last if last != start else None, since is not None, begin, match.end())


def _ends(match: re.Match[str], end: re.Match[str]) -> tuple[PartialDate, PartialDate]:
    finish = _months_and_year(end)[1]
    if match["lone_month"]:
        return PartialDate(finish.year, _month(match["lone_month"])), finish
    if match["lone_number"]:
        return PartialDate(finish.year, int(match["lone_number"])), finish
    if end["us_month"] and match["day"] and int(match["day"]) <= 12:
        return PartialDate(int(match["number_year"]), int(match["day"])), finish
    start = _months_and_year(match)[0]
    if match["seasons"] and finish.month is None:
        finish = PartialDate(finish.year, _SEASONS[match["season"].lower()][1])
    return start, finish


def _brief_period(text: str, match: re.Match[str], begin: int, to: re.Match[str] | None) -> Period | None:
    """``Mar 19 – May 20`` or ``3/19 – today``; None where it ends before it begins."""
    start = _brief(match)
    end = _BRIEF_END.match(text, to.end()) if to else None
    if end is not None:
        finish = _brief(end)
        return Period(start, finish, False, begin, end.end()) if start <= finish else None
    current_end = _end_of_current(text, match, to)
    return None if current_end is None else Period(start, None, True, begin, current_end)


def _brief(match: re.Match[str]) -> PartialDate:
    year = int(match["brief_year"])
    number = match["brief_number"] or match["brief_slash"]
    return PartialDate(
        year + (1900 if year >= 60 else 2000), int(number) if number else _month(match["brief_month"])
    )


def _end_of_current(text: str, match: re.Match[str], to: re.Match[str] | None) -> int | None:
    """Where the words or the open dash end which say that a period goes on."""
    present = (_PRESENT_PATTERN.match(text, to.end()) if to else None) or _TO_PRESENT.match(text, match.end())
    open_end = present or _OPEN_END_PATTERN.match(text, match.end())
    return open_end.end() if open_end else None


def _months_and_year(match: re.Match[str]) -> tuple[PartialDate, PartialDate]:
    """First and last month of a date; they differ for a season, a half year or a quarter only."""
    groups = match.groupdict()
    if groups["season"]:
        return _season(groups)
    if groups["part_year"] or groups["part_short_year"]:
        year = int(groups["part_year"]) if groups["part_year"] else _full_year(groups["part_short_year"])
        months = 6 if groups["half"] else 3
        last = months * int(groups["half"] or groups["quarter"] or groups["quarter_before"])
        return PartialDate(year, last - months + 1), PartialDate(year, last)
    if groups["year"]:
        one = PartialDate(int(groups["year"]))
    elif groups["iso_year"]:
        one = PartialDate(int(groups["iso_year"]), int(groups["iso_month"] or groups["cjk_month"]))
    elif groups["us_month"]:
        one = PartialDate(int(groups["us_year"]), int(groups["us_month"]))
    elif groups["number"]:
        one = PartialDate(int(groups["number_year"]), int(groups["number"]))
    elif groups["slash_month"]:
        one = PartialDate(_full_year(groups["slash_year"]), int(groups["slash_month"]))
    else:
        year = int(groups["month_year"]) if groups["month_year"] else _full_year(groups["short_year"])
        one = PartialDate(year, _month(groups["month"]))
    return one, one


def _season(groups: Mapping[str, str]) -> tuple[PartialDate, PartialDate]:
    """A season that is dated by two years runs over New Year, in the south in summer."""
    first, last = _SEASONS[groups["season"].lower()]
    year = int(groups["season_year"])
    if not groups["season_end"]:
        return PartialDate(year, first), PartialDate(year, last)
    end = (
        int(groups["season_end"])
        if len(groups["season_end"]) == 4
        else year // 100 * 100 + int(groups["season_end"])
    )
    if end == year + 1 and not groups["seasons"]:
        return PartialDate(year, first if first > 6 else 12), PartialDate(end, last if last < 4 else 2)
    return PartialDate(year, first), PartialDate(max(year, end), last)


def _full_year(two_digits: str) -> int:
    return int(two_digits) + (1900 if int(two_digits) >= 60 else 2000)


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def whole_period(periods: Sequence[Period]) -> Period | None:
    """From the begin of the first to the end of the last."""
    if not periods:
        return None
    first, last = min(periods, key=_start), max(periods, key=_end)
    start, end = first.start, last.end or last.start
    current = any(period.current for period in periods)
    return Period(
        start, None if current or end == start else end, current, periods[0].begin, periods[-1].finish
    )


def _start(period: Period) -> tuple[int, int]:
    return period.start.year, period.start.month or 0


def _end(period: Period) -> tuple[int, int]:
    end = period.end or period.start
    return end.year, end.month or 12


def months_of(period: Period, today: date) -> tuple[int, int]:
    """First and last month, both included, counted from year 0; what goes on lasts until ``today``."""
    now = 12 * today.year + today.month - 1
    first = 12 * period.start.year + (period.start.month or 1) - 1
    if period.current:
        return first, now
    end = period.end or period.start
    return first, min(12 * end.year + (end.month or 12) - 1, now)
