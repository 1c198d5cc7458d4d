"""What somebody sends of a job, and what it means."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.gateway.jobs.posting import ContradictoryPosting, NewJob, posting_of


def posting(**fields: Any) -> Any:
    return posting_of(msgspec.convert({"title": "Nurse"} | fields, NewJob))


def test_only_a_title_is_needed() -> None:
    made = posting(title="  Nurse ")
    assert (made.title, made.description, made.required_skills, made.weights) == ("Nurse", "", (), None)


def test_texts_of_nothing_are_none() -> None:
    made = posting(company_name="  ", location="")
    assert (made.company_name, made.location) == (None, None)


def test_a_skill_is_asked_for_once_under_its_first_name() -> None:
    made = posting(
        required_skills=["Python", " node.js ", "python", "Type  Script"], preferred_skills=["PYTHON", "Go"]
    )
    assert made.required_skills == ("Python", "node.js", "Type Script")
    assert made.preferred_skills == ("Go",)


def test_weights_are_normalised_and_what_is_left_out_counts_for_nothing() -> None:
    assert posting(weights={"skill": 3, "location": 1}).weights == MatchWeights(
        skill=0.75, experience=0.0, education=0.0, location=0.25
    )


@given(st.lists(st.floats(0, 1_000_000), min_size=4, max_size=4).filter(any))
def test_weights_come_to_one(given: list[float]) -> None:
    names = ("skill", "experience", "education", "location")
    made = posting(weights=dict(zip(names, given, strict=True))).weights
    shares = [getattr(made, name) for name in names]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0


def test_more_years_are_asked_for_than_allowed() -> None:
    with pytest.raises(ContradictoryPosting, match="max_years"):
        posting(min_years=5, max_years=4)
    assert posting(min_years=5, max_years=5).max_years == 5


@pytest.mark.parametrize("weights", [{}, {"skill": 0}])
def test_at_least_one_part_counts(weights: Any) -> None:
    with pytest.raises(ContradictoryPosting, match="weights"):
        posting(weights=weights)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " "},
        {"title": "a\0b"},
        {"title": "two\nlines"},
        {"title": "x" * 201},
        {"description": "x" * 10_001},
        {"required_skills": [""]},
        {"required_skills": ["x"] * 101},
        {"min_years": -1},
        {"max_years": 81},
        {"education_level": "phd"},
        {"status": "draft"},
        {"remote": 1},
        {"weights": {"skill": -1}},
        {"weights": {"name": 1}},
        {"owner_user_id": "00000000-0000-7000-8000-000000000001"},
    ],
)
def test_what_cannot_be_asked_for_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        posting(**fields)
