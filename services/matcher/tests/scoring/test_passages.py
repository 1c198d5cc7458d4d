import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from professions import BACKEND_ENGINEER, NEWCOMER, skills

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.resume_data import Certification, Education, Experience, Language
from hotgigs.matcher.scoring.passages import MOST_DEGREES, MOST_ITEMS, MOST_JOBS, MOST_LINES, passages_of

replace = msgspec.structs.replace


def test_jobs_are_numbered_as_the_profile_numbers_them() -> None:
    empty = Experience(company="Northwind", start_date="2010", end_date="2011")
    found = passages_of(replace(BACKEND_ENGINEER, experience=(empty, *BACKEND_ENGINEER.experience)))
    assert [job.index for job in found.jobs] == [1, 2]
    assert [job.title for job in found.jobs] == ["Backend Engineer", "Software Developer"]


def test_descriptions_are_read_sentence_by_sentence_and_each_line_once() -> None:
    worked = Experience(
        title="Cook",
        description="Ran the grill; trained two cooks.\nKept the hygiene records! Etc.",
        achievements=("Kept the hygiene records!", "", "Wrote the menu"),
    )
    (job,) = passages_of(CandidateProfile(experience=(worked,))).jobs
    assert job.lines == (
        "Ran the grill;",
        "trained two cooks.",
        "Kept the hygiene records!",
        "Wrote the menu",
    )


def test_a_line_of_names_alone_tells_nothing_of_the_work() -> None:
    worked = Experience(
        title="Developer",
        achievements=(
            "Tools: Java, Spring Boot, Kafka and PostgreSQL.",
            "Built services in Java, Spring Boot, Kafka and PostgreSQL for two banks",
        ),
    )
    (job,) = passages_of(CandidateProfile(experience=(worked,))).jobs
    assert job.lines == worked.achievements
    assert job.told == worked.achievements[1:]


def test_a_summary_stands_for_jobs_of_somebody_who_has_none() -> None:
    text = "Looked after the household accounts of a family of six for ten years."
    (job,) = passages_of(replace(NEWCOMER, title="Bookkeeper", summary=text)).jobs
    assert (job.index, job.title, job.lines, job.start, job.end) == (None, "Bookkeeper", (text,), 0, 0)


def test_what_people_say_of_themselves_is_no_evidence_beside_jobs() -> None:
    boastful = replace(
        BACKEND_ENGINEER, summary="World-class Kubernetes, AWS and SQL guru.", ai_summary="Guru."
    )
    assert passages_of(boastful) == passages_of(BACKEND_ENGINEER)


def test_skills_certificates_and_languages_are_items_in_one_order() -> None:
    profile = CandidateProfile(
        skills=skills("SQL", "Java", "SQL"),
        certifications=(Certification(name="CPA"),),
        languages=(Language(name="Dutch"),),
    )
    assert passages_of(profile).items == ("CPA", "Dutch", "Java", "SQL")


def test_somebody_without_anything_has_no_passages() -> None:
    found = passages_of(NEWCOMER)
    assert (found.title, found.jobs, found.items, found.degrees) == (None, (), (), ())


def test_a_profile_without_end_is_read_as_far_as_it_counts() -> None:
    line = "Did something worth a line of its own. "
    lines = tuple(f"{line}{number}" for number in range(500))
    profile = CandidateProfile(
        full_name="x " * 10_000,
        title=line * 10_000,
        experience=(Experience(title=line * 1_000, description=line * 100_000, achievements=lines),) * 100,
        education=(Education(degree=line * 1_000),) * 100,
        skills=skills(*lines),
    )
    found = passages_of(profile)
    assert len(found.jobs) <= MOST_JOBS
    assert sum(len(job.lines) for job in found.jobs) <= MOST_LINES
    assert len(found.items) <= MOST_ITEMS
    assert len(found.degrees) <= MOST_DEGREES
    assert all(len(each) <= 2_000 for job in found.jobs for each in (job.title, *job.lines))


@pytest.mark.parametrize("text", ["\x00", "\u202e\u200f", "🙂" * 400, "e\u0301" * 400, "ﷺ" * 100])
def test_odd_characters_raise_nothing(text: str) -> None:
    passages_of(
        CandidateProfile(full_name=text, title=text, experience=(Experience(title=text, description=text),))
    )


@given(st.lists(st.text(max_size=30), max_size=20))
def test_order_of_a_list_says_nothing(names: list[str]) -> None:
    one, other = (passages_of(CandidateProfile(skills=skills(*each))) for each in (names, reversed(names)))
    assert one == other
