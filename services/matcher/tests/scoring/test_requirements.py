import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.job_state import JobPosting
from hotgigs.matcher.scoring.requirements import (
    MOST_SENTENCES,
    MOST_TERMS,
    Requirements,
    requirements_of,
    skills_in,
)

HOSTILE = [
    "a" * 50_000,
    "not " * 20_000,
    "\n" * 50_000,
    ". " * 30_000,
    "would be " * 9_000,
    "C++ & C# / " * 5_000,
]


def asked(description: str = "", **fields: object) -> Requirements:
    return requirements_of(JobPosting(title="Any", description=description, **fields))  # type: ignore[arg-type]


def test_named_terms_are_kept_as_printed_and_in_order() -> None:
    found = asked(required_skills=("Kafka", "SQL", "CPA or CIA"), preferred_skills=("AWS",))
    assert found.required == ("Kafka", "SQL", "CPA or CIA")
    assert found.preferred == ("AWS",)


def test_two_spellings_of_a_skill_are_one_term() -> None:
    found = asked(
        required_skills=("K8s", "Kubernetes", "SQL", "sql"), preferred_skills=("kubernetes", "Helm")
    )
    assert found.required == ("K8s", "SQL")
    assert found.preferred == ("Helm",)


def test_terms_without_letters_are_none() -> None:
    assert asked(required_skills=("", "   ", "--", "\x00", "🙂")).required == ()


def test_where_no_skill_is_required_the_description_names_them() -> None:
    found = asked("We write Python with Django. Experience with Kubernetes is needed. Docker is a plus.")
    assert found.required == ("Python", "Django", "Kubernetes")
    assert found.preferred == ("Docker",)


def test_a_description_adds_nothing_to_named_terms() -> None:
    assert asked("We write Python.", required_skills=("Java",)).required == ("Java",)


def test_what_is_preferred_by_name_is_not_required_by_the_description() -> None:
    found = asked("We write Python with Django.", preferred_skills=("Django",))
    assert found.required == ("Python",)
    assert found.preferred == ("Django",)


def test_what_is_ruled_out_is_not_asked_for() -> None:
    found = asked("We write Python here. This is not a job for people who only know PHP.")
    assert found.required == ("Python",)
    assert found.sentences == ("We write Python here.",)


def test_a_description_that_only_rules_out_is_still_about_something() -> None:
    assert asked("You should not be afraid of heights.").sentences == (
        "You should not be afraid of heights.",
    )


def test_words_of_every_day_are_doubtful_skills() -> None:
    assert dict(skills_in("You will be turning and milling parts on a lathe."))["Turning"]
    assert not dict(skills_in("We use Terraform."))["Terraform"]


def test_empty_descriptions_ask_for_nothing() -> None:
    assert asked("") == asked(" \n\t ") == Requirements(required=(), preferred=(), sentences=())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_bounded(text: str) -> None:
    found = asked(text, required_skills=(text, *map(str, range(200))), preferred_skills=(text,))
    assert len(found.required) + len(found.preferred) <= MOST_TERMS
    assert len(found.sentences) <= MOST_SENTENCES
    assert all(len(term) <= 120 for term in found.required)
    requirements_of(JobPosting(title=text, description=text))


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=6))
def test_every_term_is_there_once(description: str, named: list[str]) -> None:
    found = asked(description, required_skills=tuple(named), preferred_skills=tuple(named))
    terms = (*found.required, *found.preferred)
    assert len(set(terms)) == len(terms)
    assert found.doubtful <= set(terms)
