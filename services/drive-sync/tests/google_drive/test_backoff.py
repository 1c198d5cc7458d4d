from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.drive_sync.sources.google_drive.backoff import Backoff, asked_seconds

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_waits_double_up_to_the_longest() -> None:
    waits = [Backoff().seconds(failures, 0.0) for failures in range(1, 10)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 64, 64]


@given(st.integers(min_value=1, max_value=10**9), st.floats(min_value=0, max_value=1))
def test_jitter_is_at_most_the_first_wait(failures: int, jitter: float) -> None:
    least = Backoff().seconds(failures, 0.0)
    assert least <= Backoff().seconds(failures, jitter) <= min(least + 1, 64)


@given(st.integers(min_value=0, max_value=10**8))
def test_seconds_are_read(seconds: int) -> None:
    assert asked_seconds(f" {seconds} ", NOW) == seconds


@given(st.integers(min_value=-(10**6), max_value=10**6))
def test_dates_are_read_and_those_past_ask_for_nothing(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert asked_seconds(date, NOW) == max(0, seconds)


@pytest.mark.parametrize(
    "header", [None, "", "soon", "-1", "1e9", "9" * 5000, "Mon, 99 Nov 2026 12:00:00 GMT", "١٢"]
)
def test_what_cannot_be_read_asks_for_nothing(header: str | None) -> None:
    assert asked_seconds(header, NOW) is None


@given(st.text())
def test_no_header_is_too_strange(header: str) -> None:
    seconds = asked_seconds(header, NOW)
    assert seconds is None or seconds >= 0
