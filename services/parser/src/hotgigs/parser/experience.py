"""The jobs of a resume, and how long they lasted together."""

from collections.abc import Iterable, Sequence
from datetime import date

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.dates import Period, months_of
from hotgigs.parser.job_header import Header, read_headers
from hotgigs.parser.jobs import Job, split_jobs
from hotgigs.parser.passages import passages
from hotgigs.parser.sections import Section

MAX_JOBS = 60


def read_experience(sections: Iterable[Section], today: date) -> tuple[tuple[Experience, ...], float]:
    """The jobs in printed order, and the years that they cover, with one decimal.

    Months in which several jobs overlap count once; a job that goes on counts until ``today``.
    """
    found: list[Experience] = []
    periods: list[Period] = []
    for section in sections:
        jobs = split_jobs(section.lines)[:MAX_JOBS]
        for job, header in zip(jobs, read_headers([job.header for job in jobs]), strict=True):
            if header.title or header.company:
                found.append(_experience(job, header))
                periods.append(job.period)
    return tuple(found), years_covered(periods, today)


def _experience(job: Job, header: Header) -> Experience:
    told = passages(job.told)
    listed = len(told) > 1 or any(line.is_list_item for line in job.told)
    return Experience(
        title=header.title,
        company=header.company,
        location=header.location,
        start_date=str(job.period.start),
        end_date=None if job.period.current else str(job.period.end or job.period.start),
        current=job.period.current,
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
