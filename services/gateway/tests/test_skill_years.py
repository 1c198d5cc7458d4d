"""For how long a person has worked with a skill."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.gateway.detail.skill_years import skill_years

TODAY = date(2026, 3, 15)


def job(text: str, start: str | None, end: str | None = None, *, title: str | None = None) -> Experience:
    return Experience(
        title=title,
        start_date=start,
        end_date=end,
        current=end is None,
        description=None,
        achievements=(text,),
    )


def years(skill: str, *jobs: Experience, canonical: str | None = None) -> float | None:
    (found,) = skill_years([Skill(name=skill, canonical=canonical)], jobs, TODAY)
    return found


def test_months_of_the_jobs_that_name_it_are_counted_first_and_last_whole() -> None:
    assert (
        years("Python", job("Wrote Python.", "2020-01", "2020-12"), job("Sold.", "2021-01", "2022-12")) == 1.0
    )
    assert years("Python", job("Wrote.", "2024-04", title="python developer")) == 2.0
    assert years("Python", job("Python", "2020", "2021")) == 2.0


def test_jobs_at_the_same_time_count_once() -> None:
    both = job("SQL", "2020-01", "2020-12"), job("SQL too", "2020-07", "2021-06")
    assert years("SQL", *both) == 1.5
    assert years("SQL", *reversed(both)) == 1.5


@pytest.mark.parametrize(
    ("skill", "text", "is_named"),
    [
        ("Java", "JavaScript", False),
        ("C", "C++ and C#", False),
        ("C++", "modern C++, daily", True),
        ("C", "firmware in C.", True),
        ("Go", "ready to go", False),
        ("Go", "services in Go", True),
        ("Node.js", "APIs on node.js", True),
        ("Résumé Builder", "our resume builder", True),
        ("Machine learning", "machine\nlearning", True),
        ("...", "...", False),
    ],
)
def test_a_skill_is_named_by_whole_words(skill: str, text: str, is_named: bool) -> None:
    assert (years(skill, job(text, "2020-01", "2020-12")) is not None) == is_named


def test_a_skill_is_found_by_its_usual_name_too() -> None:
    assert years("Postgres", job("PostgreSQL", "2020-01", "2020-12"), canonical="PostgreSQL") == 1.0


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, None), ("2027-01", None), ("2022-01", "2020-01"), ("soon", "later"), (None, "2020-01")],
)
def test_a_job_without_sound_dates_tells_of_no_years(start: str | None, end: str | None) -> None:
    assert years("SQL", job("SQL", start, end)) is None


@given(
    st.lists(
        st.builds(Skill, name=st.text(max_size=9), canonical=st.none() | st.text(max_size=9)), max_size=4
    ),
    st.lists(
        st.builds(
            Experience,
            title=st.none() | st.text(),
            start_date=st.none() | st.from_regex(r"\d{4}(-\d{2})?", fullmatch=True),
            end_date=st.none() | st.from_regex(r"\d{4}(-\d{2})?", fullmatch=True),
            current=st.booleans(),
            description=st.none() | st.text(),
        ),
        max_size=4,
    ),
)
def test_each_skill_has_years_or_none(skills: list[Skill], jobs: list[Experience]) -> None:
    found = skill_years(skills, jobs, TODAY)
    assert len(found) == len(skills)
    assert all(each is None or 0 < each < 2027 for each in found)


def test_what_stands_beyond_the_text_that_is_read_counts_for_nothing() -> None:
    long, later = job("Built bridges. " * 4_000 + "SQL", "2020", "2021"), job("Python", "2022", "2023")
    assert years("bridges", long, later) == 2.0
    assert years("SQL", long, later) is None
    assert years("Python", long, later) is None
    assert years("Python", later, long) == 2.0
