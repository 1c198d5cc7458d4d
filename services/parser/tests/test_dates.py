from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.parser.dates import (
    PartialDate,
    Period,
    breaks_period,
    find_periods,
    is_only_dates,
    months_of,
)
from hotgigs.parser.vocabulary import load

TODAY = date(2026, 11, 22)


def read(text: str) -> list[tuple[str, str | None, bool]]:
    return [(str(p.start), str(p.end) if p.end else None, p.current) for p in find_periods(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Jul 2021 – Jun 2023",
        "July 2021 to June 2023",
        "07/2021 - 06/2023",
        "07.2021–06.2023",
        "2021-07 — 2023-06",
        "JUL 2021 → JUN 2023",
        "Jul '21 – Jun '23",
        "July, 2021 until June, 2023",
        "juillet 2021 – juin 2023",
        "julio de 2021 a junio de 2023",
        "julho/2021 - junho/2023",
        "Juli 2021 bis Juni 2023",
        "01.07.2021 – 30.06.2023",
        "07/21 - 06/23",
    ],
)
def test_a_range_is_read_in_any_common_style(text: str) -> None:
    assert read(text) == [("2021-07", "2023-06", False)]


@pytest.mark.parametrize(
    "text",
    [
        "04/2020 – Present",
        "April 2020 to date",
        "Apr 2020 - Till date",
        "seit 04/2020",
        "since April 2020",
        "depuis avril 2020",
        "desde abril de 2020",
        "04.2020 - heute",
        "abril 2020 – actualidad",
        "avril 2020 – aujourd'hui",
        "April 2020 –",
    ],
)
def test_what_goes_on_is_current_and_has_no_end(text: str) -> None:
    assert read(text) == [("2020-04", None, True)]


def test_a_bare_year_has_no_month() -> None:
    assert read("2014 - 2017") == [("2014", "2017", False)]


def test_a_year_may_be_printed_once_for_both_months() -> None:
    assert read("Jan – Apr 2016") == [("2016-01", "2016-04", False)]


def test_a_second_year_may_have_two_digits() -> None:
    assert read("2019–21") == [("2019", "2021", False)]


def test_a_season_is_its_months() -> None:
    assert read("Summer 2022") == [("2022-06", "2022-08", False)]


@pytest.mark.parametrize(
    "text", ["+1 614 555 0187", "40,000 covers", "p99 fell from 38 s to 4 s", "8.4/10", ""]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert read(text) == []


def test_a_word_beside_a_date_is_seen() -> None:
    assert is_only_dates("(2014 – 2017)")
    assert not is_only_dates("Oracle 2014")


def test_a_period_broken_over_two_lines_is_recognised() -> None:
    assert breaks_period("Sous Chef | Lyon | September", "2020 to April 2023")
    assert breaks_period("January 2019 –", "December 2020")
    assert not breaks_period("January 2019 – May 2019", "2020 Acme")


def test_a_bare_year_counts_whole_and_the_present_is_today() -> None:
    start, end = months_of(Period(PartialDate(2022), None, True, 0, 0), TODAY)
    assert end - start + 1 == 4 * 12 + 11


MONTH_NAMES = [(int(number), name) for number, names in load("dates")["months"].items() for name in names]
YEARS = st.integers(1950, 2059)


@given(
    st.sampled_from(MONTH_NAMES),
    YEARS,
    st.sampled_from(["{m} {y}", "{M} {y}", "{m}. {y}", "{m}, {y}", "{m}/{y}"]),
)
def test_every_month_name_is_read_back(month: tuple[int, str], year: int, style: str) -> None:
    number, name = month
    text = style.format(m=name, M=name.title(), y=year)
    assert read(text) == [(f"{year}-{number:02d}", None, False)]


@given(YEARS, st.integers(1, 12), YEARS, st.integers(1, 12), st.sampled_from([" – ", "-", " to ", " bis "]))
def test_a_numeric_range_is_read_back(y1: int, m1: int, y2: int, m2: int, to: str) -> None:
    assert read(f"{m1:02d}/{y1}{to}{m2:02d}/{y2}") == [(f"{y1}-{m1:02d}", f"{y2}-{m2:02d}", False)]


@given(st.text(max_size=300))
def test_any_text_gives_periods_inside_it_in_order(text: str) -> None:
    reached = 0
    for period in find_periods(text):
        assert reached <= period.begin < period.finish <= len(text)
        assert period.start.month is None or 1 <= period.start.month <= 12
        reached = period.finish


@given(st.lists(st.tuples(st.integers(1960, 2060), st.integers(1, 12)), min_size=2, max_size=2))
def test_no_period_lasts_beyond_today(dates: list[tuple[int, int]]) -> None:
    first, second = (PartialDate(year, month) for year, month in dates)
    assert months_of(Period(first, second, False, 0, 0), TODAY)[1] <= 12 * 2026 + 10


@pytest.mark.parametrize(
    "text",
    [
        "dal 07/2021 ad oggi",
        "luglio 2021 – in corso",
        "juli 2021 - heden",
        "07/2021 – alla data attuale",
        "07.2021 - obecnie",
        "sinds juli 2021",
        "Jul 2021 onwards",
        "07/2021 – a la actualidad",
        "desde julho de 2021",
        "Juli 2021 – derzeit",
        "July 2021 – on board",
    ],
)
def test_what_goes_on_is_told_in_many_languages(text: str) -> None:
    assert read(text) == [("2021-07", None, True)]


@pytest.mark.parametrize(
    "text", ["luglio 2019 - giugno 2021", "juli 2019 tot juni 2021", "juil. 2019 jusqu'en juin 2021"]
)
def test_months_have_names_in_italian_and_dutch_too(text: str) -> None:
    assert read(text) == [("2019-07", "2021-06", False)]


def test_a_number_before_a_tab_is_no_day_of_the_month() -> None:
    period = find_periods("Teacher, Grade 7\tAug 2017 – May 2025")[0]
    assert "Teacher, Grade 7\tAug 2017 – May 2025"[period.begin :] == "Aug 2017 – May 2025"


@pytest.mark.parametrize(
    "text",
    [
        "03.19 – 05.20",
        "3/19-5/20",
        "Mar 19 – May 20",
        "Mar-19 to May-20",
        "01.03.19 – 31.05.20",
        "03/01/2019 - 05/31/2020",
        "od marca 2019 do maja 2020",
        "03.2019 r. – 05.2020 r.",
        "marts 2019 – maj 2020",
        "březen 2019 – květen 2020",
        "2019年3月 – 2020年5月",
    ],
)
def test_short_years_and_more_languages_are_read(text: str) -> None:
    assert read(text) == [("2019-03", "2020-05", False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Summer 2014/15", ("2014-12", "2015-02")),
        ("Winter 2014/2015", ("2014-12", "2015-02")),
        ("WS 2014/15", ("2014-10", "2015-03")),
        ("Summers 2014-2016", ("2014-06", "2016-08")),
        ("H1 2019 – H2 2020", ("2019-01", "2020-12")),
        ("Q1'19 – Q2'20", ("2019-01", "2020-06")),
        ("9.–12.2019", ("2019-09", "2019-12")),
    ],
)
def test_parts_of_years_are_their_months(text: str, expected: tuple[str, str]) -> None:
    assert read(text) == [(*expected, False)]


@pytest.mark.parametrize(
    "text",
    [
        "de 2019 à 2020",
        "von 2019 bis 2020",
        "between 2019 and 2020",
        "entre 2019 et 2020",
        "Mitte 2019 – Ende 2020",
        "early 2019 to mid-2020",
        "ca. 2019 – 2020",
    ],
)
def test_words_that_belong_to_a_period_are_part_of_it(text: str) -> None:
    (period,) = find_periods(text)
    assert (period.begin, period.finish) == (0, len(text))
    assert (str(period.start), str(period.end)) == ("2019", "2020")


@pytest.mark.parametrize("text", ["open 10.30 – 12.45 and 14/15", "grade 9.35/10", "3.5 - 4.5 GPA", "May 19"])
def test_numbers_with_two_digits_are_dates_in_a_range_of_them_only(text: str) -> None:
    assert read(text) == []


def test_the_edition_of_a_standard_is_no_date() -> None:
    assert read("Internal Auditor ISO 15189:2022") == []
    assert read("ISO 9001:2015 Lead Auditor, 2019") == [("2019", None, False)]
