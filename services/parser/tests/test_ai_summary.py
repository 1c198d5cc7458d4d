import re
from datetime import date

import msgspec
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Education, Experience, ResumeData, Skill
from hotgigs.embeddings import DIMENSIONS, Embedder
from hotgigs.parser.ai_summary import summarise
from hotgigs.parser.domains import domain_texts

TODAY = date(2026, 11, 22)
MODEL = Embedder()


def summary(**fields):
    return summarise(ResumeData(**fields), TODAY, MODEL.embed)


def job(title, company=None, *achievements, **fields):
    return Experience(title=title, company=company, achievements=achievements, **fields)


def test_role_years_field_skills_degree_and_a_strength_make_three_sentences() -> None:
    bullets = (
        "Led the monthly close for three entities, in 5 days instead of 9.",
        "Joined the works council.",
    )
    assert summary(
        experience=(job("Senior Accountant", "Northgate Ltd.", *bullets, current=True),),
        total_experience_years=12.5,
        skills=(Skill(name="Month-end close"), Skill(name="IFRS"), Skill(name="SAP")),
        top_skills=("Month-end close", "IFRS", "SAP"),
        education=(
            Education(degree="BSc Accounting", institution="Aston University", graduation_date="2013"),
        ),
    ) == (
        "Senior Accountant with 12.5 years of experience, now at Northgate Ltd. "
        "Field of work: accounting and audit; skills include Month-end close, IFRS and SAP;"
        " education: BSc Accounting from Aston University. "
        "At Northgate Ltd.: “Led the monthly close for three entities, in 5 days instead of 9.”"
    )


def test_no_years_are_told_where_none_were_parsed() -> None:
    assert summary(experience=(job("Manager", "Kew", end_date="2020"),)) == "Manager, most recently at Kew."


def test_one_year_is_singular() -> None:
    told = summary(experience=(job("Manager"),), total_experience_years=1.0)
    assert told == "Manager, 1 year of experience in all."


def test_years_in_another_trade_are_not_those_of_the_new_one() -> None:
    jobs = (
        job("Apprentice Developer", "Acme", current=True),
        job("Teacher of Physics", "A school", end_date="2025"),
    )
    told = summary(experience=jobs, total_experience_years=9.0)
    assert told.startswith("Apprentice Developer, now at Acme, 9 years of experience in all.")


def test_a_student_has_a_degree_to_come_and_no_field_of_work() -> None:
    degree = Education(
        degree="BSc Computer Science", institution="Aston University", graduation_date="2027-05"
    )
    told = summary(education=(degree,), skills=(Skill(name="Python"),), top_skills=("Python",))
    assert told == (
        "Skills include Python; education: BSc Computer Science from Aston University, expected in 2027."
    )


def test_nothing_parsed_is_nothing_told_and_nothing_embedded() -> None:
    assert summarise(ResumeData(full_name="Ann Lee", summary="Keen."), TODAY, lambda texts: 1 / 0) is None


def test_the_quotation_is_what_the_role_is_about() -> None:
    bullets = (
        "Organised 12 summer parties for the office",
        "Nursed 12 ventilated patients in intensive care",
    )
    told = summary(experience=(job("ICU Nurse", "A hospital", *bullets, current=True),))
    assert told.endswith("“Nursed 12 ventilated patients in intensive care.”")


def test_the_company_of_the_quotation_is_named() -> None:
    jobs = (
        job("Nurse", "Second Hospital", current=True),
        job("Nurse", "First Hospital", "Cared for 12 patients on the ward", end_date="2019"),
    )
    assert summary(experience=jobs).endswith("At First Hospital: “Cared for 12 patients on the ward.”")


def test_what_is_far_too_long_for_a_name_is_not_repeated() -> None:
    assert summary(experience=(job("Nurse " * 50, "A hospital", current=True),)) == "Now at A hospital."


_TEMPLATES = (
    "with years year of experience now at most recently in all field of work skills include and"
    " education from expected in the resume's words"
)
_words = re.compile(r"[^\W_]+").findall
_text = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30)
_name = st.none() | _text | st.sampled_from(["Nurse", "Senior Nurse", "Dr. X & Co.", "M.Sc. Y", "Ph.D."])
_date = st.none() | st.sampled_from(["2001", "2019-04", "2026-11", "2026-12", "2031"])
_resumes = st.builds(
    ResumeData,
    full_name=_name,
    email=_name,
    phone=_name,
    location=_name,
    summary=_name,
    experience=st.lists(
        st.builds(
            Experience,
            title=_name,
            company=_name,
            location=_name,
            start_date=_date,
            end_date=_date,
            current=st.booleans(),
            description=_name,
            achievements=st.lists(_text | st.just("Sold 40 machines; won 3 prizes"), max_size=3).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    education=st.lists(
        st.builds(Education, degree=_name, institution=_name, graduation_date=_date), max_size=2
    ).map(tuple),
    skills=st.lists(st.builds(Skill, name=_text), max_size=4).map(tuple),
    total_experience_years=st.integers(0, 600).map(lambda months: round(months / 12, 1)),
)


def _any_vectors(texts):
    """Unit vectors that depend on nothing but the texts, and favour any domain and passage."""
    seeds = [[*text.encode(), 1] for text in texts]
    vectors = np.stack([np.random.default_rng(seed).normal(size=DIMENSIONS) for seed in seeds])
    vectors += 3 * np.eye(1, DIMENSIONS)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(_resumes, st.sampled_from([None, *domain_texts()]))
def test_no_word_or_number_is_told_that_the_resume_does_not_carry(resume, domain) -> None:
    resume = msgspec.structs.replace(resume, top_skills=tuple(skill.name for skill in resume.skills))
    with _favouring(domain):
        told = summarise(resume, TODAY, _any_vectors)
        assert told == summarise(resume, TODAY, _any_vectors)
    seen = (resume.experience, resume.education, resume.skills, f"{resume.total_experience_years:g}")
    allowed = {word.casefold() for word in _words(f"{_strings(seen)} {_TEMPLATES} {domain}")}
    assert {word.casefold() for word in _words(told or "")} <= allowed


def _favouring(domain):
    from unittest.mock import patch

    return patch("hotgigs.parser.ai_summary.domain_of", lambda vector: domain)


def _strings(parsed):
    return " ".join(_leaves(msgspec.to_builtins(parsed)))


def _leaves(value):
    match value:
        case str():
            yield value
        case dict():
            yield from _leaves(list(value.values()))
        case list() | tuple():
            for one in value:
                yield from _leaves(one)
