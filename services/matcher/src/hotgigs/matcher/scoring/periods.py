"""When somebody did something, in months since the year 0."""

from datetime import date

from hotgigs.contracts.resume_data import Experience

ONGOING = -1
_LONGEST_JOB_MONTHS = 55 * 12


def month_of(printed: str | None, *, month: int) -> int | None:
    """Of ``YYYY-MM``, or of ``YYYY`` with ``month`` (1 to 12) for what is not printed; None for anything
    else."""
    if not printed:
        return None
    year, _, printed_month = printed.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    if printed_month.isascii() and printed_month.isdigit() and 1 <= int(printed_month) <= 12:
        month = int(printed_month)
    return int(year) * 12 + month - 1


def months_of(job: Experience) -> tuple[int, int]:
    """The first month and the month after the last, `ONGOING` for one that is current; equal where nothing
    is printed."""
    start = month_of(job.start_date, month=7)
    end = month_of(job.end_date, month=7)
    if job.current or (end is None and start is not None):
        return (start, ONGOING) if start is not None else (0, 0)
    if start is None or end is None:
        return (end - 11, end + 1) if end is not None else (0, 0)
    return start, min(max(end + 1, start + 1), start + _LONGEST_JOB_MONTHS)


def this_month(today: date) -> int:
    return today.year * 12 + today.month - 1
