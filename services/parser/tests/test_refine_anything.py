"""Whatever a language model says, what comes of it is printed in the document."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Certification, Education, Experience, Language, ResumeData, Skill
from hotgigs.parser.document import Document, Line
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.refining.refine import refine

TODAY = date(2026, 11, 22)
RESUME = """\
Mirela Stanescu
mirela.stanescu@mail.example | +49 171 1234567
Berlin, Germany
Experience
Lead Engineer, Northwind Robotics, 2021 - 2024
- Built 1.5 million motion plans a day.
Software Developer, Harbour Freight Systems, 06/2014 - 12/2017
- Kept cranes moving.
Education
M.Sc. Computer Science, Hochschule Elbtal, 2014
Grade: 1,3
Skills
Python, C++, SQL Server, SQL
Certifications
Certified Safety Engineer - TÜV Elbe, 2019
References
Dr. Petra Langhoff
petra.langhoff@referee.example"""
DOCUMENT = Document(lines=tuple(Line(text=line) for line in RESUME.splitlines()))
LOCAL = understand(DOCUMENT, TODAY)
ON_PAPER = "".join(RESUME.split())
WRITTEN_OTHERWISE = {"2014-06", "2017-12", "+491711234567"}
OUR_OWN = {skill.category for skill in LOCAL.skills}


NAMES = st.sampled_from([*RESUME.split(), *RESUME.splitlines()]) | st.text("abcXYZ .,@+-12é\n", max_size=20)
WORDS = st.lists(NAMES, min_size=1, max_size=4).map(" ".join)
DATES = st.sampled_from(["2014", "2018", "2021", "2021-03", "2014-06", "2017-12", "x", "2029-13"])


def entries(kind: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.builds(kind, **fields), max_size=3).map(tuple)


MAYBE = st.none() | WORDS
ANSWERS = st.builds(
    ResumeData,
    full_name=MAYBE,
    email=MAYBE,
    phone=MAYBE,
    location=MAYBE,
    summary=MAYBE,
    experience=entries(
        Experience,
        title=MAYBE,
        company=MAYBE,
        location=MAYBE,
        start_date=st.none() | DATES,
        end_date=st.none() | DATES,
        current=st.booleans(),
        description=MAYBE,
        achievements=st.lists(WORDS, max_size=2).map(tuple),
    ),
    education=entries(
        Education,
        degree=MAYBE,
        institution=MAYBE,
        location=MAYBE,
        graduation_date=st.none() | DATES,
        gpa=MAYBE,
    ),
    skills=entries(Skill, name=WORDS, category=MAYBE, proficiency=MAYBE),
    certifications=entries(
        Certification, name=WORDS, issuer=MAYBE, issue_date=st.none() | DATES, expiry_date=st.none() | DATES
    ),
    languages=entries(Language, name=WORDS, proficiency=MAYBE),
    total_experience_years=st.floats(0, 99),
    top_skills=entries(str),
    ai_summary=MAYBE,
)


@settings(max_examples=300, deadline=None)
@given(said=ANSWERS, local=st.sampled_from([ResumeData(), LOCAL]))
def test_every_value_is_printed_or_was_found_here(said: ResumeData, local: ResumeData) -> None:
    refined = refine(local, said, DOCUMENT, TODAY)
    known = {*strings(msgspec.to_builtins(local)), *WRITTEN_OTHERWISE, *OUR_OWN}
    odd = [value for value in strings(msgspec.to_builtins(refined)) if value not in known]
    assert [value for value in odd if "".join(value.split()) not in ON_PAPER] == []
    assert refined.email != "petra.langhoff@referee.example"
    assert (refined.ai_summary, refined.top_skills) == (local.ai_summary, local.top_skills)


@given(said=ANSWERS)
def test_no_entry_that_was_found_here_is_lost(said: ResumeData) -> None:
    refined = refine(LOCAL, said, DOCUMENT, TODAY)
    for name in ("experience", "education", "certifications", "languages"):
        assert len(getattr(refined, name)) >= len(getattr(LOCAL, name))
    assert all(getattr(refined, name) for name in ("full_name", "email", "phone", "location"))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


@settings(max_examples=50, deadline=None)
@given(
    lines=st.lists(
        st.text("aB1. -\t\n@", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=10
    ),
    said=ANSWERS,
)
def test_no_document_and_no_answer_raises(lines: list[str], said: ResumeData) -> None:
    document = Document(lines=tuple(Line(text=line) for line in lines))
    refine(understand(document, TODAY), said, document, TODAY)
