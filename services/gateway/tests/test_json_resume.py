"""Every export is valid against the schema that others will hold it against."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker, ValidationError

from hotgigs.contracts.resume_data import (
    Certification,
    Education,
    Experience,
    Language,
    ResumeData,
    Skill,
)
from hotgigs.gateway.json_resume import json_resume_of

SCHEMA = Draft7Validator(
    json.loads((Path(__file__).parent / "jsonresume" / "1.2.1.json").read_text()),
    format_checker=FormatChecker(["email"]),
)
TEXT = st.none() | st.text(min_size=1, max_size=20)
DATES = st.none() | st.sampled_from(["2019", "2021-03"])


def exported(data: ResumeData) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(json_resume_of(data)))
    return decoded


@given(
    st.builds(
        ResumeData,
        full_name=TEXT,
        email=st.none() | st.just("ada@example.org"),
        phone=TEXT,
        location=TEXT,
        summary=TEXT,
        experience=st.lists(
            st.builds(Experience, title=TEXT, company=TEXT, start_date=DATES, end_date=DATES), max_size=3
        ).map(tuple),
        education=st.lists(
            st.builds(Education, degree=TEXT, institution=TEXT, graduation_date=DATES, gpa=TEXT), max_size=3
        ).map(tuple),
        certifications=st.lists(
            st.builds(Certification, name=st.text(), issuer=TEXT, issue_date=DATES), max_size=3
        ).map(tuple),
        skills=st.lists(st.builds(Skill, name=st.text(), canonical=TEXT, proficiency=TEXT), max_size=3).map(
            tuple
        ),
        languages=st.lists(st.builds(Language, name=st.text(), proficiency=TEXT), max_size=3).map(tuple),
    )
)
def test_an_export_is_valid_whatever_was_parsed(data: ResumeData) -> None:
    SCHEMA.validate(exported(data))


def test_the_schema_that_is_tested_against_refuses_what_is_wrong() -> None:
    valid = exported(ResumeData(experience=(Experience(title="Cook", start_date="2019"),)))
    valid["work"][0]["startDate"] = "spring of 2019"
    with pytest.raises(ValidationError):
        SCHEMA.validate(valid)


def test_an_export_carries_what_was_parsed() -> None:
    data = ResumeData(
        full_name="Ada Quell",
        location="Turin, Italy",
        experience=(
            Experience(
                title="Bridge Engineer", company="Ponte SpA", start_date="2019-03", current=True,
                achievements=("Built two.",),
            ),
            Experience(title="Intern", company="Ponte SpA", start_date="2018", end_date="2018"),
        ),
        education=(Education(degree="MSc", institution="Politecnico", graduation_date="2019", gpa="29"),),
        certifications=(Certification(name="Chartered Engineer", issuer="ICE", issue_date="2020-01"),),
        skills=(Skill(name="JS", canonical="JavaScript", proficiency="expert"), Skill(name="Steel")),
        languages=(Language(name="Italian", proficiency="native"),),
    )  # fmt: skip
    assert exported(data) == {
        "basics": {
            "name": "Ada Quell", "label": "Bridge Engineer", "location": {"address": "Turin, Italy"},
        },
        "work": [
            {
                "name": "Ponte SpA", "position": "Bridge Engineer", "startDate": "2019-03",
                "highlights": ["Built two."],
            },
            {"name": "Ponte SpA", "position": "Intern", "startDate": "2018", "endDate": "2018"},
        ],
        "education": [
            {"institution": "Politecnico", "studyType": "MSc", "endDate": "2019", "score": "29"}
        ],
        "certificates": [{"name": "Chartered Engineer", "issuer": "ICE", "date": "2020-01"}],
        "skills": [{"name": "JS", "level": "expert", "keywords": ["JavaScript"]}, {"name": "Steel"}],
        "languages": [{"language": "Italian", "fluency": "native"}],
        "meta": {"version": "v1.2.1"},
    }  # fmt: skip
