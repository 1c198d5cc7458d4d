"""Two sentences of a match: what speaks for it, and what against."""

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.job_state import EducationLevel, JobPosting
from hotgigs.contracts.match_state import Cap, Nearness, Seniority, TermEvidence
from hotgigs.gateway.matching.evidence import Evidence
from hotgigs.gateway.matching.explanation import Position, explanation

TODAY = date(2026, 3, 15)
POSITIONS = [
    Position(title="Backend Engineer", company="Tech Corp", start_date="2022-03", current=True),
    Position(title="Developer", company="Acme", start_date="2020-04", end_date="2021-03"),
]


def met(*terms: str, at: int | None = None, **fields: Any) -> tuple[TermEvidence, ...]:
    return tuple(TermEvidence(term=term, experience=at, **fields) for term in terms)


def explained(
    evidence: Evidence, *, score: float = 85.0, positions: list[Position] = POSITIONS, **posting: Any
) -> str:
    asked = JobPosting(**{"title": "Engineer", "location": "Berlin"} | posting)
    return explanation(score, evidence, asked, positions, today=TODAY)


def test_it_names_the_terms_the_jobs_that_show_them_and_everything_else_that_counts() -> None:
    evidence = Evidence(
        met=(
            *met("Python", "AWS", at=0),
            *met("SQL", at=1, how="hierarchy", known_as="PostgreSQL"),
            *met("Docker"),
        ),
        missing=("Kubernetes", "GraphQL"),
        relevant_years=5.0,
        education_held="master",
        nearness="same_city",
    )
    assert explained(evidence, score=92.5, min_years=3, education_level="bachelor") == (
        "Excellent match: 4 of the 6 skills asked for (Python and AWS as Backend Engineer at Tech Corp for 4"
        " years, SQL by PostgreSQL as Developer at Acme for 1 year, Docker elsewhere in the profile); 5 years"
        " of relevant experience where 3 are asked for; seniority that fits; a master's degree where a"
        " bachelor's degree is asked for; in the same city as the job."
        " Against it: no evidence of Kubernetes and GraphQL."
    )


def test_a_weak_match_says_what_holds_its_score_down() -> None:
    evidence = Evidence(
        missing=("Rust",),
        relevant_years=0.2,
        seniority="far_below",
        nearness="abroad",
        caps=("abroad", "must_have_missing", "too_junior"),
    )
    assert explained(evidence, score=12.0, min_years=1, education_level="doctorate") == (
        "Weak match: nothing in the profile speaks for it. Against it: no evidence of Rust; less than a year"
        " of relevant experience where 1 is asked for; no degree is shown where a doctorate is asked for; the"
        " score is held down because the job is on site in another country, a must-have is without any"
        " evidence and the experience is too junior for the job."
    )


def test_where_nothing_is_missing_it_says_so() -> None:
    evidence = Evidence(met=met("Python", at=0), relevant_years=1.0, nearness="remote")
    assert explained(evidence, remote=True, location=None) == (
        "Strong match: the one skill asked for (Python as Backend Engineer at Tech Corp for 4 years); 1 year"
        " of relevant experience; seniority that fits; the job can be done from anywhere. Nothing that the"
        " job asks for is missing."
    )


@pytest.mark.parametrize(
    ("met_terms", "missing", "words"),
    [
        (("A",), (), "the one skill asked for (A in the profile)"),
        (("A", "B"), (), "both skills asked for (A and B in the profile)"),
        (("A", "B", "C"), (), "all 3 skills asked for (A, B and C in the profile)"),
        (("A",), ("B",), "one of the 2 skills asked for (A in the profile)"),
        (("A", "B"), ("C",), "2 of the 3 skills asked for (A and B in the profile)"),
    ],
)
def test_one_two_and_many_skills_are_counted_in_words(
    met_terms: tuple[str, ...], missing: tuple[str, ...], words: str
) -> None:
    assert words in explained(Evidence(met=met(*met_terms), missing=missing))


def test_what_no_job_shows_is_said_to_be_elsewhere_however_it_is_met() -> None:
    evidence = Evidence(met=(*met("Python", at=0), *met("Cloud", how="meaning"), *met("Git")))
    assert "for 4 years, Cloud in other words and Git elsewhere in the profile)" in explained(evidence)


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    text = explained(Evidence(met=met(*"ABCDEFG"), missing=tuple("HIJKLMN")))
    assert "7 of the 14 skills asked for (A, B, C, D and E in the profile)" in text
    assert "no evidence of H, I, J, K, L and 2 more; " in text


@pytest.mark.parametrize(
    ("how", "known_as", "words"),
    [
        ("exact", "python", "(Python in"),
        ("alias", "CPython", "(Python as CPython in"),
        ("hierarchy", "Django", "(Python by Django in"),
        ("meaning", "Scripting", "(Python by the related Scripting in"),
        ("meaning", None, "(Python in other words in"),
    ],
)
def test_it_says_how_a_term_is_met(how: Any, known_as: str | None, words: str) -> None:
    assert words in explained(Evidence(met=met("Python", how=how, known_as=known_as)))


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position(title="Nurse"), "(A as Nurse)"),
        (Position(company="Acme"), "(A at Acme)"),
        (Position(title="Nurse", start_date="2025", end_date="2025"), "(A as Nurse for 1 year)"),
        (Position(title="Nurse", start_date="2026-02", current=True), "(A as Nurse for less than a year)"),
        (Position(title="Nurse", start_date="2020-01", end_date="2024-06"), "(A as Nurse for 4.5 years)"),
        (Position(title="Nurse", start_date="2020-01"), "(A as Nurse)"),
        (Position(title="Nurse", start_date="2030-01", current=True), "(A as Nurse)"),
        (Position(), "(A in the profile)"),
        (Position(title="x" * 200), f"(A as {'x' * 79}…)"),
        (Position(title="Ward\n nurse"), "(A as Ward nurse)"),
    ],
)
def test_a_job_is_named_as_far_as_it_is_known(position: Position, words: str) -> None:
    assert words in explained(Evidence(met=met("A", at=0)), positions=[position])


def test_a_job_that_the_reader_does_not_see_is_not_named() -> None:
    assert "(A in the profile)" in explained(Evidence(met=met("A", at=0)), positions=[])


@pytest.mark.parametrize(
    ("held", "asked", "words"),
    [
        ("bachelor", "bachelor", "; a bachelor's degree, as asked for."),
        ("doctorate", "bachelor", "a doctorate where a bachelor's degree is asked for"),
        ("associate", "bachelor", "Against it: an associate degree where a bachelor's degree is asked for."),
        ("none", "high_school", "Against it: no degree is shown where a high school diploma is asked for."),
    ],
)
def test_the_degree_is_held_against_what_is_asked_for(held: Any, asked: Any, words: str) -> None:
    evidence = Evidence(met=met("A"), education_held=held, relevant_years=3)
    assert words in explained(evidence, education_level=asked, location=None)


def test_no_word_of_a_degree_that_nobody_asked_for() -> None:
    assert "degree" not in explained(Evidence(met=met("A"), education_held="master"))


@pytest.mark.parametrize(
    ("nearness", "words"),
    [
        ("commutable", "; within commuting distance of the job."),
        ("same_region", "; in the same region as the job."),
        ("same_country", "Against it: in another part of the country."),
        ("abroad", "Against it: in another country."),
        ("unknown", "Against it: no location to compare with the job's."),
    ],
)
def test_the_distance_speaks_for_or_against(nearness: Any, words: str) -> None:
    evidence = Evidence(met=met("A"), relevant_years=3, nearness=nearness)
    assert words in explained(evidence)
    if words.startswith("Against"):
        assert "country" not in explained(evidence, remote=True)
        assert "Nothing that the job asks for is missing." in explained(evidence, remote=True)


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (100, "Excellent"),
        (90, "Excellent"),
        (89.9, "Strong"),
        (80, "Strong"),
        (60, "Good"),
        (40, "Partial"),
        (39.9, "Weak"),
        (0, "Weak"),
    ],
)
def test_it_begins_with_how_good_the_match_is(score: float, word: str) -> None:
    assert explained(Evidence(), score=score).startswith(f"{word} match: ")


# Without what a sentence must not have of its own.
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="N()")
terms = st.text(letters, min_size=1, max_size=300)
evidences = st.builds(
    Evidence,
    met=st.lists(
        st.builds(
            TermEvidence,
            term=terms,
            how=st.sampled_from(["exact", "alias", "hierarchy", "meaning"]),
            known_as=st.none() | terms,
            experience=st.none() | st.integers(-1, 4),
        ),
        max_size=8,
    ).map(tuple),
    missing=st.lists(terms, max_size=8).map(tuple),
    relevant_years=st.floats(0, 60),
    seniority=st.sampled_from(get_args(Seniority)),
    education_held=st.sampled_from(get_args(EducationLevel)),
    nearness=st.sampled_from(get_args(Nearness)),
    caps=st.lists(st.sampled_from(get_args(Cap)), unique=True).map(tuple),
)


@given(
    evidence=evidences,
    score=st.floats(0, 100),
    min_years=st.none() | st.floats(0, 80),
    level=st.sampled_from(get_args(EducationLevel)),
    is_remote=st.booleans(),
)
def test_whatever_is_known_it_is_two_sound_sentences(
    evidence: Evidence, score: float, min_years: float | None, level: Any, is_remote: bool
) -> None:
    text = explained(
        evidence, score=score, min_years=min_years, education_level=level, remote=is_remote, location=None
    )
    speaks_for, _, rest = text.partition(" match: ")
    assert speaks_for in {"Excellent", "Strong", "Good", "Partial", "Weak"}
    assert rest.count(". Against it: ") + rest.count(". Nothing that the job asks for is missing.") >= 1
    assert text.endswith(".")
    assert "None" not in text.replace("none", "")
    assert "  " not in text
    assert "()" not in text
