from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Experience
from hotgigs.matcher.scoring.periods import ONGOING, month_of, months_of, this_month

JANUARY_2020 = 2020 * 12


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("2020-01", JANUARY_2020),
        ("2020-12", JANUARY_2020 + 11),
        ("2020", JANUARY_2020 + 6),
        ("2020-13", JANUARY_2020 + 6),
        ("2020-00", JANUARY_2020 + 6),
        ("2020-", JANUARY_2020 + 6),
        (None, None),
        ("", None),
        ("present", None),
        ("20-01", None),
        ("20200101", None),
        ("٢٠٢٠-٠١", None),
        ("-2020", None),
        ("2020\x00", None),
    ],
)
def test_a_printed_month_or_year_is_read(printed: str | None, month: int | None) -> None:
    assert month_of(printed, month=7) == month


@pytest.mark.parametrize(
    ("start", "end", "current", "months"),
    [
        ("2020-01", "2020-12", False, (JANUARY_2020, JANUARY_2020 + 12)),
        ("2020-05", "2020-05", False, (JANUARY_2020 + 4, JANUARY_2020 + 5)),
        ("2020", "2021", False, (JANUARY_2020 + 6, JANUARY_2020 + 19)),
        ("2020-01", None, True, (JANUARY_2020, ONGOING)),
        ("2020-01", None, False, (JANUARY_2020, ONGOING)),
        ("2020-01", "2022-01", True, (JANUARY_2020, ONGOING)),
        (None, None, True, (0, 0)),
        (None, None, False, (0, 0)),
        (None, "2020-12", False, (JANUARY_2020, JANUARY_2020 + 12)),
        ("2022-01", "2020-01", False, (JANUARY_2020 + 24, JANUARY_2020 + 25)),
        ("1900-01", "2020-01", False, (1900 * 12, 1955 * 12)),
    ],
)
def test_a_job_lasts_from_its_first_month_through_its_last(
    start: str | None, end: str | None, current: bool, months: tuple[int, int]
) -> None:
    assert months_of(Experience(start_date=start, end_date=end, current=current)) == months


@given(st.text(max_size=12) | st.none(), st.text(max_size=12) | st.none(), st.booleans())
def test_whatever_is_printed_a_job_never_ends_before_it_starts(
    start: str | None, end: str | None, current: bool
) -> None:
    first, after = months_of(Experience(start_date=start, end_date=end, current=current))
    assert after == ONGOING or 0 <= after - first <= 55 * 12


def test_this_month_is_counted_as_printed_ones_are() -> None:
    assert this_month(date(2026, 11, 20)) == month_of("2026-11", month=1)
