"""When a sync is due."""

from datetime import datetime, timedelta

from hotgigs.contracts.drive_state import SyncFrequency

INTERVALS: dict[SyncFrequency, timedelta | None] = {
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "manual": None,
}


def next_sync_at(
    frequency: SyncFrequency, *, now: datetime, last_due: datetime | None = None
) -> datetime | None:
    """A whole number of intervals after ``last_due``, later than ``now``: times that were missed are not
    caught up with, and the time of day stays. An interval after ``now`` where it was never due; None for a
    manual one."""
    interval = INTERVALS[frequency]
    if interval is None:
        return None
    if last_due is None or last_due > now:
        return now + interval
    return last_due + ((now - last_due) // interval + 1) * interval
