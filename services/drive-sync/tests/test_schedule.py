"""When a sync is due, for every clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotgigs.drive_sync.schedule import INTERVALS, next_sync_at

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
scheduled = st.sampled_from([name for name, interval in INTERVALS.items() if interval is not None])
spans = st.timedeltas(timedelta(microseconds=-1), timedelta(days=4000))


def test_the_first_time_is_an_interval_from_now() -> None:
    assert next_sync_at("daily", now=NOW) == NOW + timedelta(days=1)
    assert next_sync_at("weekly", now=NOW) == NOW + timedelta(days=7)


def test_a_manual_one_is_never_due() -> None:
    assert next_sync_at("manual", now=NOW) is None
    assert next_sync_at("manual", now=NOW, last_due=NOW) is None


@given(scheduled, spans)
def test_times_that_were_missed_are_not_caught_up_with(frequency: str, late: timedelta) -> None:
    interval = INTERVALS[frequency]  # type: ignore[index]
    assert interval is not None
    last_due = NOW - late
    due = next_sync_at(frequency, now=NOW, last_due=last_due)  # type: ignore[arg-type]
    assert due is not None
    assert NOW < due <= NOW + interval
    assert late < timedelta(0) or (due - last_due) % interval == timedelta(0)
