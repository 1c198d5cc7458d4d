"""The jobs of a resume, and how long they lasted together."""

from collections.abc import Iterable, Sequence
from datetime import date

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.bold_names import with_places_apart
from hotgigs.parser.dates import Period, months_of, whole_period
from hotgigs.parser.form_lines import JOB, in_records, with_plain_heads
from hotgigs.parser.job_header import Header, read_headers
from hotgigs.parser.jobs import Job, split_jobs
from hotgigs.parser.passages import passages
from hotgigs.parser.sections import Section
from hotgigs.parser.told_apart import told_apart, with_told

MAX_JOBS = 60


def read_experience(sections: Iterable[Section], today: date) -> tuple[tuple[Experience, ...], float]:
    """The jobs in printed order, and the years that they cover, with one decimal.

    Months in which several jobs overlap count once; a job that goes on counts until ``today``.
    """
    found: list[Experience] = []
    periods: list[Period] = []
    for section in sections:
        lines, told = told_apart(with_places_apart(in_records(with_plain_heads(section.lines, JOB), JOB)))
        jobs = split_jobs(lines)[:MAX_JOBS]
        headers = read_headers([job.header for job in jobs])
        if told:
            jobs = with_told(jobs, headers, told)
        for index, (job, header) in enumerate(zip(jobs, headers, strict=True)):
            if _is_time_at_company(jobs, headers, index):
                continue
            if header.title or header.company:
                found.append(_experience(job, header))
                periods.extend(job.periods)
    return tuple(found), years_covered(periods, today)


def _is_time_at_company(jobs: Sequence[Job], headers: Sequence[Header], index: int) -> bool:
    """Is it no job of its own, but a company above its titles, which have dates of their own?"""
    if headers[index].title or jobs[index].told or index + 1 == len(jobs):
        return False
    return headers[index + 1].inherits


def _experience(job: Job, header: Header) -> Experience:
    told, period = passages(job.told), whole_period(job.periods)
    listed = len(told) > 1 or any(line.is_list_item for line in job.told)
    return Experience(
        title=header.title,
        company=header.company,
        location=header.location,
        start_date=str(period.start) if period else None,
        end_date=str(period.end or period.start) if period and not period.current else None,
        current=period is not None and period.current,
        description=None if listed or not told else told[0],
        achievements=tuple(told) if listed else (),
    )


def years_covered(periods: Sequence[Period], today: date) -> float:
    """The union of the periods in years with one decimal; first and last month count whole."""
    months, reached = 0, -1
    for first, last in sorted(months_of(period, today) for period in periods):
        if last > reached:
            months += last - max(first, reached + 1) + 1
            reached = last
    return round(months / 12, 1)
