"""For how many years a person has worked with a skill: in the jobs whose texts name it; pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.redaction.folding import bounded, unaccented

_PARTS = re.compile(r"[\w+#]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LONGEST = 50_000
"""How much is read of what all jobs say, in characters: every skill is looked for in all of it."""
_LONGEST_NAME = 200
_SHORT = 3
"""Names of so many letters or fewer ("Go", "R", "SAS") are found in their own case only."""


class _Names(Struct, frozen=True):
    """Words between single blanks, a blank at both ends."""

    in_any_case: tuple[str, ...]
    in_own_case: tuple[str, ...]


class _Job(Struct, frozen=True):
    """``first`` and ``last`` are months since year 0, both worked in."""

    folded: str
    as_printed: str
    first: int
    last: int


def skill_years(skills: Sequence[Skill], experience: Sequence[Experience], today: date) -> list[float | None]:
    """Of each skill, in years with one decimal; jobs at the same time count once, and first and last month
    whole. None where no job with dates names it."""
    jobs: list[_Job] = []
    left = _LONGEST
    for each in experience:
        text = "\n".join(filter(None, (each.title, each.description, *each.achievements)))
        text = bounded(text, left)
        left -= len(text)
        if (job := _job(each, text, today)) is not None:
            jobs.append(job)
    return [
        _years([job for job in jobs if _is_named(_names(skill.name, skill.canonical), job)])
        for skill in skills
    ]


def _job(job: Experience, text: str, today: date) -> _Job | None:
    now = 12 * today.year + today.month - 1
    first = _month(job.start_date, default=1)
    last = now if job.current else _month(job.end_date or job.start_date, default=12)
    if first is None or last is None or first > min(last, now):
        return None
    as_printed = _words(text)
    folded = as_printed.lower() if text.isascii() else _words(unaccented(text))
    return _Job(folded, as_printed, first, min(last, now))


def _month(printed: str | None, *, default: int) -> int | None:
    """Of ``YYYY`` or ``YYYY-MM``, in months since year 0."""
    found = _DATE.fullmatch(printed or "")
    return 12 * int(found[1]) + int(found[2] or default) - 1 if found else None


@lru_cache(maxsize=4096)
def _names(name: str, canonical: str | None) -> _Names:
    short, long = set(), set()
    for each in filter(None, (name, canonical)):
        if len(each) <= _SHORT and each.isalpha():
            short.add(_words(each))
        else:
            long.add(_words(unaccented(bounded(each, _LONGEST_NAME))))
    return _Names(tuple(long - {"  "}), tuple(short))


def _words(text: str) -> str:
    return f" {' '.join(_PARTS.findall(text))} "


def _is_named(names: _Names, job: _Job) -> bool:
    return any(name in job.folded for name in names.in_any_case) or any(
        name in job.as_printed for name in names.in_own_case
    )


def _years(jobs: Iterable[_Job]) -> float | None:
    months, reached = 0, -1
    for job in sorted(jobs, key=lambda job: (job.first, job.last)):
        months += max(job.last - max(job.first, reached + 1) + 1, 0)
        reached = max(reached, job.last)
    return round(months / 12, 1) if months else None
