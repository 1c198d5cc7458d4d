"""When a receiver wants to be tried again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.notifier.retry_after import MOST_S, wait_s

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@given(seconds=st.integers(min_value=0))
def test_seconds_are_taken_up_to_the_most(seconds: int) -> None:
    assert wait_s(str(seconds), NOW) == min(seconds, MOST_S)


@given(wait=st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)))
def test_a_date_is_waited_for_up_to_the_most_and_one_that_has_been_is_not(wait: timedelta) -> None:
    at = (NOW + wait).replace(microsecond=0)

    assert wait_s(format_datetime(at, usegmt=True), NOW) == min(max((at - NOW).total_seconds(), 0), MOST_S)


@pytest.mark.parametrize(
    "value", ["Fri, 02 Jan 2026 03:05:05 GMT", "Friday, 02-Jan-26 03:05:05 GMT", "Fri Jan  2 03:05:05 2026"]
)
def test_all_three_forms_of_a_date_are_read(value: str) -> None:
    assert wait_s(value, NOW) == 60


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        " ",
        "soon",
        "-1",
        "1.5",
        "+5",
        "１２",
        "0x10",
        "1e3",
        "2026-01-02T03:05:05Z",
        "Fri, 99 Foo",
        "1,2",
    ],
)
def test_what_says_nothing_is_nothing(value: str | None) -> None:
    assert wait_s(value, NOW) is None


@given(value=st.text())
def test_whatever_it_says_the_wait_is_within_bounds(value: str) -> None:
    wait = wait_s(value, NOW)

    assert wait is None or 0 <= wait <= MOST_S
