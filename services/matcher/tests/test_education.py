import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.job_state import EducationLevel
from hotgigs.contracts.resume_data import Education
from hotgigs.matcher.scoring import degrees
from hotgigs.matcher.scoring.education import (
    LEVELS,
    education_score,
    education_scores,
    highest_level,
    level_of,
)

SPELLINGS = tomllib.loads(Path(__file__).with_name("degree_spellings.toml").read_text("utf-8"))
PRINTED = [(degree, level) for level, printed in SPELLINGS.items() for degree in printed]

levels = st.sampled_from(LEVELS)
shares = st.floats(0, 1)
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from([degree for degree, _ in PRINTED]), max_size=6).map(" ".join),
)


@pytest.mark.parametrize(("printed", "level"), PRINTED)
def test_a_degree_is_read_in_any_spelling(printed: str, level: str) -> None:
    assert (level_of(printed) or "none") == level


@pytest.mark.parametrize(
    ("printed", "level"),
    [(degree, level) for degree, level in PRINTED if level != "none" and len(degree) > 4],
)
def test_the_case_of_a_long_name_says_nothing(printed: str, level: str) -> None:
    assert (level_of(printed.upper()) or "none") == level


@pytest.mark.parametrize(
    ("degrees", "highest"),
    [
        ([], "none"),
        ([None], "none"),
        (["High School", "B.S.", "M.S."], "master"),
        (["M.S.", "B.S.", "Certificate in Yoga"], "master"),
        (["Ph.D. (in progress)"], "master"),
        (["PhD candidate", "B.Sc."], "master"),
        (["Bachelor of Arts (expected 2027)"], "high_school"),
        (["Bachelor of Arts (not completed)", "HND"], "associate"),
        (["Abitur (abgebrochen)"], "none"),
    ],
)
def test_the_highest_that_is_held_counts(degrees: list[str | None], highest: EducationLevel) -> None:
    assert highest_level([Education(degree=degree) for degree in degrees]) == highest


def test_a_degree_of_a_date_to_come_is_studied_for() -> None:
    studied = [Education(degree="MSc Physics", graduation_date="2027-06")]
    assert highest_level(studied, today=date(2026, 11, 23)) == "bachelor"
    assert highest_level(studied, today=date(2027, 7, 1)) == "master"
    assert highest_level(studied) == "master"


@pytest.mark.parametrize(
    ("required", "held", "score"),
    [
        ("none", "none", 100.0),
        ("none", "doctorate", 100.0),
        ("bachelor", "bachelor", 100.0),
        ("bachelor", "doctorate", 100.0),
        ("bachelor", "associate", 65.0),
        ("bachelor", "high_school", 35.0),
        ("bachelor", "none", 15.0),
        ("doctorate", "none", 0.0),
        ("doctorate", "master", 65.0),
    ],
)
def test_what_is_below_the_level_asked_for_scores_less_with_each_step(
    required: EducationLevel, held: EducationLevel, score: float
) -> None:
    assert education_score(required, held, has_field=1.0) == pytest.approx(score)


def test_the_field_counts_a_little_where_a_degree_is_asked_for() -> None:
    assert education_score("bachelor", "bachelor", has_field=0.0) == pytest.approx(85.0)
    assert education_score("high_school", "bachelor", has_field=0.0) == 100.0
    assert education_score("none", "none", has_field=0.0) == 100.0


@given(required=levels, held=levels, more=levels, has_field=shares, nearer=shares)
def test_more_education_never_scores_less(
    required: EducationLevel, held: EducationLevel, more: EducationLevel, has_field: float, nearer: float
) -> None:
    held, more = sorted((held, more), key=LEVELS.index)
    has_field, nearer = sorted((has_field, nearer))
    least = education_score(required, held, has_field=has_field)
    assert 0.0 <= least <= education_score(required, more, has_field=has_field) <= 100.0
    assert least <= education_score(required, held, has_field=nearer)
    assert education_score("none", held, has_field=has_field) == 100.0


@given(st.lists(st.tuples(levels, shares), max_size=20), levels)
def test_many_at_once_score_as_each_alone(
    held: list[tuple[EducationLevel, float]], required: EducationLevel
) -> None:
    scores = education_scores(
        np.array(LEVELS.index(required)),
        np.array([LEVELS.index(level) for level, _ in held], np.int8),
        np.array([has_field for _, has_field in held], np.float64),
    )
    assert scores.tolist() == [education_score(required, level, has_field=field) for level, field in held]


@given(texts)
def test_any_text_is_read(text: str) -> None:
    assert level_of(text) in (*LEVELS[1:], None)
    read = degrees.read_degree(text)
    assert read is None or LEVELS.index(read.proves) <= LEVELS.index(read.level)


@given(st.lists(texts, max_size=5), texts)
def test_one_degree_more_never_lowers_the_level(held: list[str], more: str) -> None:
    before = highest_level([Education(degree=degree) for degree in held])
    after = highest_level([Education(degree=degree) for degree in (*held, more)])
    assert LEVELS.index(after) >= LEVELS.index(before)


def test_only_the_begin_of_a_hostile_text_is_read() -> None:
    assert level_of("B." * 100_000) is None
    assert level_of("of " * 1_000 + "Ph.D.") is None


def test_each_phrase_is_written_as_it_is_compared_and_once() -> None:
    lists = {name: words for name, words in degrees._data().items() if isinstance(words, list)}
    lists["unheld"] = degrees._data()["unheld"]["words"]
    named = [phrase for name in (*LEVELS[1:], "none", "diplom") for phrase in lists[name]]
    assert sorted(set(named)) == sorted(named)
    for phrase in (phrase.removesuffix("*") for words in lists.values() for phrase in words):
        assert " ".join(degrees._words(phrase)[0]) == phrase
