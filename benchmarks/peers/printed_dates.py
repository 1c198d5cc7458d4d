"""Dates as English resumes print them, for peers that leave them as text."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = rf"(?:(?:{'|'.join(_MONTHS)})[a-z]*\.?\s+|\d{{1,2}}[/.])?(?:19|20)\d\d"
_NOW = r"present|current|now|today|to date"
DATE = re.compile(_DATE, re.IGNORECASE)
PERIOD = re.compile(rf"({_DATE})\s*(?:-|–|—|to|until)\s*({_DATE}|{_NOW})", re.IGNORECASE)


def period(text: str) -> dict[str, str | bool | None]:
    """``start_date``, ``end_date`` and ``current``, as the data's shape has them."""
    found = PERIOD.search(text)
    start, end = found.groups() if found else (text, "")
    return {
        "start_date": date(start),
        "end_date": date(end),
        "current": bool(re.fullmatch(_NOW, end, re.IGNORECASE)),
    }


def date(text: str) -> str | None:
    """``YYYY-MM`` or ``YYYY`` of the last date in ``text``."""
    found = DATE.findall(text)
    if not found:
        return None
    printed = found[-1].lower()
    year, month = printed[-4:], printed[:-4].strip(" ./")
    if not month:
        return str(year)
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    return f"{year}-{number:02}"


def total_years(jobs: Sequence[Mapping[str, Any]], today: datetime.date) -> float:
    """Of the jobs' months, those that overlap counted once; to one decimal."""
    now = f"{today:%Y-%m}"
    months = {
        month
        for job in jobs
        if job["start_date"] and (job["current"] or job["end_date"])
        for month in range(_month(job["start_date"]), _month(now if job["current"] else job["end_date"]) + 1)
    }
    return round(len(months) / 12, 1)


def _month(day: str) -> int:
    year, _, month = day.partition("-")
    return int(year) * 12 + int(month or 1)
