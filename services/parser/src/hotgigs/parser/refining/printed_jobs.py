"""Jobs as a model reads them and the document prints them.

A job is taken only where a period of its dates is printed, in a section that can tell of jobs, and its title
or company within `NEAR_LINES` of them, no further than the ranges of dates before and after. The other
one of the two may stand anywhere in the section, as a company does above several titles. The dates are
those printed. What is told of a job must be printed between the dates of its neighbours, and is taken as a
whole, unless it is less than half of what was found here.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.dates import PartialDate, Period
from hotgigs.parser.experience import MAX_JOBS
from hotgigs.parser.refining.printed_entries import Placed, agrees, found_near, put_together, value_near
from hotgigs.parser.refining.printed_text import Found, PrintedText
from hotgigs.parser.separators import bullet_text, trimmed

_KINDS = frozenset({"experience", "summary", "contact", "other", "title", "top"})
"""Volunteering, projects, studies and references are told of elsewhere and are no jobs."""
_PASSAGE_LINES = 30
_LEAST_TOLD = 0.5


class _Anchor(Struct, frozen=True):
    line: int
    period: Period


def refine_jobs(
    local: Sequence[Experience], said: Sequence[Experience], text: PrintedText
) -> tuple[Experience, ...]:
    own = {n: anchor for n, job in enumerate(local) if (anchor := _anchor(job, text))}
    told = [(anchor, job) for job in said if (anchor := _anchor(job, text))]
    anchors = {anchor.line for anchor in (*own.values(), *(anchor for anchor, _ in told))}
    told_in = _regions(anchors, text)
    headed_in = _regions(anchors | {number for number, period in text.periods if period.is_range}, text)
    checked = [
        Placed((text.whole_line(anchor.line),), job)
        for anchor, each in told
        if (job := _checked(each, anchor, text, headed_in[anchor.line], told_in[anchor.line]))
    ]
    places = {n: Placed((text.whole_line(anchor.line),), local[n]) for n, anchor in own.items()}
    return put_together(local, places, checked, _corrected)[:MAX_JOBS]


def _anchor(job: Experience, text: PrintedText) -> _Anchor | None:
    """The period that agrees with the job's dates, with both title and company near if there is one."""
    best: tuple[tuple[int, int], _Anchor] | None = None
    for number, period in text.periods:
        if text.lines[number].kind not in _KINDS or not _agrees(job, period):
            continue
        near = [found for value in (job.title, job.company) if (found := found_near(value, number, text))]
        rank = (len(near), -sum(abs(found.line - number) for found in near))
        if near and (best is None or rank > best[0]):
            best = (rank, _Anchor(number, period))
    return best[1] if best else None


def _agrees(job: Experience, period: Period) -> bool:
    if not agrees(job.start_date, period.start):
        return False
    if period.current or job.current:
        return period.current and (job.current or job.end_date is None)
    if job.end_date is None:
        return not period.is_range
    return agrees(job.end_date, period.end or period.start)


def _regions(anchors: Iterable[int], text: PrintedText) -> dict[int, range]:
    """For each of the lines, those after the one before it, up to the one after it."""
    bounds = [-1, *sorted(anchors), len(text.lines)]
    return {
        line: range(before + 1, after)
        for (before, line), (_, after) in zip(pairwise(bounds[:-1]), pairwise(bounds[1:]), strict=True)
    }


def _checked(
    job: Experience, anchor: _Anchor, text: PrintedText, headed_in: range, told_in: range
) -> Experience | None:
    line, period = anchor.line, anchor.period
    title, company = (
        found_near(job.title, line, text, headed_in),
        found_near(job.company, line, text, headed_in),
    )
    if title is None and company is None:
        return None
    title = title or _in_section(job.title, line, text)
    company = company or _in_section(job.company, line, text)
    location = value_near(job.location, line, text, headed_in)
    if location is None and company is not None:
        location = value_near(job.location, company.line, text)
    told = _told(job, text, told_in)
    return Experience(
        title=text.printed(title) if title else None,
        company=text.printed(company) if company else None,
        location=location,
        start_date=str(period.start),
        end_date=None if period.current else str(period.end or period.start),
        current=period.current,
        description=told[0] if told and not job.achievements else None,
        achievements=tuple(told) if job.achievements else (),
    )


def _in_section(value: str | None, line: int, text: PrintedText) -> Found | None:
    value = trimmed(value or "")
    return text.nearest((one for one in text.find(value) if text.same_section(one.line, line)), value, line)


def _told(job: Experience, text: PrintedText, region: range) -> list[str]:
    """All of it, as one list where there is one; nothing where a part is not printed in the region."""
    passages = [passage for passage in (job.description, *job.achievements) if passage and passage.strip()]
    printed = []
    for passage in passages:
        bare = bullet_text(passage.strip()) or passage.strip()
        found = [
            one
            for one in text.find(bare, max_lines=_PASSAGE_LINES)
            if one.line in region and one.last_line in region
        ]
        if not found:
            return []
        printed.append(text.printed(found[0]))
    return printed


def _corrected(local: Experience, said: Experience) -> Experience:
    job = msgspec.structs.replace(
        local,
        title=said.title or local.title,
        company=said.company or local.company,
        location=said.location or local.location,
        start_date=said.start_date,
        end_date=said.end_date,
        current=said.current,
    )
    if _words(said) == 0 or _words(said) < _LEAST_TOLD * _words(local):
        return job
    return msgspec.structs.replace(job, description=said.description, achievements=said.achievements)


def _words(job: Experience) -> int:
    return len(" ".join((job.description or "", *job.achievements)).split())


def period_of(job: Experience) -> Period | None:
    """The job's dates as a period; None where they are none."""
    start, end = _date(job.start_date), _date(job.end_date)
    return Period(start, end, job.current, 0, 0) if start else None


def _date(text: str | None) -> PartialDate | None:
    year, _, month = (text or "").partition("-")
    return PartialDate(int(year), int(month) if month else None) if year else None
