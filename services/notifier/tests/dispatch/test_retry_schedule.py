"""When a delivery that failed is tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.notifier.retry_schedule import quiet_s, wait_s
from hotgigs.notifier.settings import NotifierSettings

DOCUMENTED = NotifierSettings().webhook_retry_schedule
schedules = st.lists(st.floats(0, 30 * 24 * 3600), max_size=12)
jitters = st.floats(0, 1)
asked = st.none() | st.floats(allow_nan=True, allow_infinity=True)


def test_a_delivery_is_tried_ten_times_over_three_days() -> None:
    waits = [wait_s(DOCUMENTED, failures, jitter=0.0) for failures in range(1, 11)]
    assert waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, None]


@pytest.mark.parametrize(("listed", "schedule"), [("1,2.5", (1.0, 2.5)), (" 0, 60 ,", (0.0, 60.0))])
def test_a_schedule_is_listed_with_commas(
    monkeypatch: pytest.MonkeyPatch, listed: str, schedule: tuple[float, ...]
) -> None:
    monkeypatch.setenv("HOTGIGS_WEBHOOK_RETRY_SCHEDULE", listed)
    assert NotifierSettings().webhook_retry_schedule == schedule


@pytest.mark.parametrize("listed", ["", " , ", "-1", "1,x", "2592001", "nan"])
def test_a_schedule_that_tries_nothing_again_or_never_is_refused(
    monkeypatch: pytest.MonkeyPatch, listed: str
) -> None:
    monkeypatch.setenv("HOTGIGS_WEBHOOK_RETRY_SCHEDULE", listed)
    with pytest.raises(ValueError, match="webhook_retry_schedule"):
        NotifierSettings()


@given(schedule=schedules, failures=st.integers(1, 15), jitter=jitters, retry_after_s=asked)
def test_no_wait_is_shorter_than_scheduled_and_none_follows_the_last(
    schedule: list[float], failures: int, jitter: float, retry_after_s: float | None
) -> None:
    wait = wait_s(schedule, failures, jitter=jitter, retry_after_s=retry_after_s)
    if failures > len(schedule):
        assert wait is None
    else:
        assert wait is not None
        assert schedule[failures - 1] <= wait <= max(schedule[failures - 1] * 1.1, 24 * 3600)


@given(schedule=schedules.filter(bool), failures=st.integers(1, 12), jitter=jitters, retry_after_s=asked)
def test_nothing_waits_for_so_long_that_its_webhook_counts_as_quiet(
    schedule: list[float], failures: int, jitter: float, retry_after_s: float | None
) -> None:
    wait = wait_s(schedule, failures, jitter=jitter, retry_after_s=retry_after_s)
    assert (wait or 0.0) < quiet_s(schedule)


@given(jitter=jitters, retry_after_s=st.floats(0, 24 * 3600))
def test_a_receiver_is_not_asked_again_before_it_said(jitter: float, retry_after_s: float) -> None:
    wait = wait_s([5.0], 1, jitter=jitter, retry_after_s=retry_after_s)
    assert wait is not None
    assert wait >= retry_after_s


def test_a_receiver_that_asks_for_a_year_is_asked_after_a_day() -> None:
    assert wait_s([5.0], 1, jitter=0.5, retry_after_s=365 * 24 * 3600.0) == 24 * 3600


def test_what_failed_together_is_not_all_tried_again_at_the_same_moment() -> None:
    assert len({wait_s([300.0], 1, jitter=jitter / 10) for jitter in range(10)}) == 10
