"""A language model's answer changes what was read only by what the document prints."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from hotgigs.contracts.resume_data import Certification, ResumeData, Skill
from hotgigs.parser.document import Document
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.refining.refine import refine

TODAY = date(2026, 11, 22)

RESUME = """
Mirela Stanescu
mirela.stanescu@mail.example | +49 171 1234567
Berlin, Germany
# Experience
Northwind Robotics, Berlin, Germany
Lead Engineer, March 2021 - Present
- Built 1.5 million motion plans a day.
- Led a team of six.
Staff Engineer, 2018 - 2021
- Wrote the path planner in C++.
Harbour Freight Systems
Software Developer
06/2014 - 12/2017
- Kept cranes moving.
# Education
M.Sc. Computer Science, Hochschule Elbtal, 2014
Grade: 1,3
B.Sc. Physics, Universität Nordfels, 2011
# Skills
Python, C++, SQL Server, SQL
Go
# Certifications
Certified Safety Engineer - TÜV Elbe, 2019
# Volunteering
Coach, Riverside Rowing, 2016 - 2018
# References
Dr. Petra Langhoff
petra.langhoff@referee.example
+49 171 7654321
"""

Printed = Callable[[str], Document]


@pytest.fixture
def document(printed: Printed) -> Document:
    return printed(RESUME)


@pytest.fixture
def local(document: Document) -> ResumeData:
    return understand(document, TODAY)


def refined(local: ResumeData, document: Document, **said: Any) -> ResumeData:
    return refine(local, msgspec.convert(said, ResumeData), document, TODAY)


def test_the_sample_is_read_as_these_tests_take_it_to_be(local: ResumeData) -> None:
    assert local.full_name == "Mirela Stanescu"
    assert [(job.start_date, job.end_date) for job in local.experience] == [
        ("2021-03", None),
        ("2018", "2021"),
        ("2014-06", "2017-12"),
    ]
    assert [skill.name for skill in local.skills] == ["Python", "C++", "SQL Server", "SQL", "Go"]
    assert len(local.education) == 2
    assert len(local.certifications) == 1


def unrated(data: ResumeData) -> ResumeData:
    """Without what follows from how long skills were in use, which is told when all is put together."""
    skills = tuple(msgspec.structs.replace(skill, proficiency=None) for skill in data.skills)
    return msgspec.structs.replace(data, skills=skills)


def test_an_answer_of_nothing_changes_nothing(local: ResumeData, document: Document) -> None:
    assert refined(local, document) is local


def test_the_local_result_said_again_changes_nothing(local: ResumeData, document: Document) -> None:
    assert refine(local, local, document, TODAY) is local


def test_from_nothing_everything_that_is_printed_is_taken(local: ResumeData, document: Document) -> None:
    again = refine(ResumeData(), local, document, TODAY)
    values = msgspec.structs.replace(local, top_skills=(), ai_summary=None, evidence=msgspec.UNSET)
    assert unrated(again) == unrated(values)


def test_what_is_not_printed_is_refused(local: ResumeData, document: Document) -> None:
    assert (
        refined(
            local,
            document,
            full_name="Mirela Ionescu",
            email="mirela@gmail.example",
            phone="+49 30 555000111",
            location="Hamburg, Germany",
            summary="Ranked best of all candidates.",
            experience=[
                {"title": "Chief Executive", "company": "Initech", "start_date": "2021-03", "current": True}
            ],
            education=[{"degree": "Ph.D. Computer Science", "institution": "ETH", "graduation_date": "2014"}],
            skills=[{"name": "Rust"}, {"name": "Kubernetes"}],
            certifications=[{"name": "Certified Genius", "issuer": "TÜV Elbe"}],
            total_experience_years=40,
            top_skills=["Rust"],
            ai_summary="The best candidate there is.",
        )
        is local
    )


# Contact


def test_a_wrong_name_is_corrected_in_its_usual_capitals(printed: Printed) -> None:
    document = printed("ELBTAL CAMPUS\nMIRELA STANESCU\nmirela@mail.example")
    local = ResumeData(full_name="Elbtal Campus")
    assert refined(local, document, full_name="Mirela Stanescu").full_name == "Mirela Stanescu"


@pytest.mark.parametrize(
    "said",
    [
        {"email": "petra.langhoff@referee.example"},
        {"phone": "+491717654321"},
        {"full_name": "Petra Langhoff"},
    ],
)
def test_a_referee_is_not_the_candidate(local: ResumeData, document: Document, said: dict[str, str]) -> None:
    assert refined(local, document, **said) is local
    (field,) = said
    nothing = msgspec.structs.replace(local, **{field: None})
    assert refined(nothing, document, **said) is nothing


def test_a_mail_of_the_contact_is_not_given_up_for_one_told_of_elsewhere(printed: Printed) -> None:
    document = printed(
        "Ann Lee\nann.lee@mail.example\n# Experience\nClerk, Acme, 2019 - 2020\n- Answered desk@acme.example."
    )
    local = understand(document, TODAY)
    assert refined(local, document, email="desk@acme.example").email == "ann.lee@mail.example"
    nothing = msgspec.structs.replace(local, email=None)
    assert refined(nothing, document, email="ann.lee@mail.example").email == "ann.lee@mail.example"


@pytest.mark.parametrize(
    "part", ["nn.lee@mail.example", "ann.lee@mail.exam", "ann.lee@mail", "lee@mail.example"]
)
def test_a_part_of_a_mail_address_is_none(printed: Printed, part: str) -> None:
    document = printed("Ann Lee\nann.lee@mail.example")
    assert refined(ResumeData(), document, email=part).email is None


def test_a_mail_that_a_line_breaks_is_found(printed: Printed) -> None:
    document = printed("Ann Lee\nann.lee@mail.\nexample")
    assert refined(ResumeData(), document, email="ann.lee@mail.example").email == "ann.lee@mail.example"


def test_the_country_of_a_phone_number_is_the_document_s(printed: Printed) -> None:
    document = printed("Ann Lee\nBerlin, Germany\nTel. 0171 1234567")
    local = ResumeData(location="Berlin, Germany")
    assert refined(local, document, phone="+441711234567").phone == "+491711234567"


# Jobs


def test_a_job_is_corrected_at_its_dates(local: ResumeData, document: Document) -> None:
    wrong = msgspec.structs.replace(local.experience[2], title="Harbour Freight Systems", company=None)
    damaged = msgspec.structs.replace(local, experience=(*local.experience[:2], wrong))
    said = {
        "title": "Software developer",
        "company": "harbour freight systems",
        "start_date": "2014",
        "end_date": "2017",
    }
    assert refined(damaged, document, experience=[said]) == local


def test_a_lost_job_is_put_in_its_place_and_counted(local: ResumeData, document: Document) -> None:
    lost = msgspec.structs.replace(
        local, experience=(local.experience[0], local.experience[2]), total_experience_years=1.0
    )
    again = refine(lost, local, document, TODAY)
    assert again.experience == local.experience
    assert again.total_experience_years == local.total_experience_years


def test_a_company_above_several_titles_is_taken_for_each(local: ResumeData, document: Document) -> None:
    without = msgspec.structs.replace(local.experience[1], company=None, location=None)
    damaged = msgspec.structs.replace(local, experience=(local.experience[0], without, local.experience[2]))
    said = {
        "title": "Staff Engineer",
        "company": "Northwind Robotics",
        "start_date": "2018",
        "end_date": "2021",
    }
    assert refined(damaged, document, experience=[said]).experience[1].company == "Northwind Robotics"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "dates not printed",
            {"title": "Software Developer", "start_date": "2010-01", "end_date": "2017-12"},
        ),
        (
            "an end that is printed as open",
            {"title": "Lead Engineer", "start_date": "2021-03", "end_date": "2021"},
        ),
        (
            "going on, where an end is printed",
            {"title": "Staff Engineer", "start_date": "2018", "current": True},
        ),
        ("no dates", {"title": "Software Developer", "company": "Harbour Freight Systems"}),
        ("another job's title", {"title": "Lead Engineer", "start_date": "2014-06", "end_date": "2017-12"}),
        (
            "the title of the job before",
            {"title": "Staff Engineer", "start_date": "2014-06", "end_date": "2017-12"},
        ),
        (
            "words of another section",
            {"title": "Hochschule Elbtal", "start_date": "2014-06", "end_date": "2017-12"},
        ),
        (
            "another end",
            {"title": "Software Developer", "start_date": "2014-06", "end_date": "2016-12"},
        ),
        (
            "volunteering",
            {"title": "Coach", "company": "Riverside Rowing", "start_date": "2016", "end_date": "2018"},
        ),
        ("a date that is none", {"title": "Lead Engineer", "start_date": "9" * 5000, "end_date": "soon"}),
    ],
)
def test_a_job_is_refused_that_is_printed_so_nowhere(
    local: ResumeData, document: Document, fault: str, said: dict[str, Any]
) -> None:
    assert refined(local, document, experience=[said]) is local
    assert refined(ResumeData(), document, experience=[said]).experience == ()


def test_what_one_job_tells_is_not_told_of_another(local: ResumeData, document: Document) -> None:
    said = msgspec.to_builtins(local.experience[2]) | {
        "achievements": ["Built 1.5 million motion plans a day.", "Kept cranes moving."]
    }
    assert refined(local, document, experience=[said]) is local


def test_figures_are_taken_as_printed(local: ResumeData, document: Document) -> None:
    said = msgspec.to_builtins(local.experience[0]) | {
        "achievements": ["Built 15 million motion plans a day!", "Led a team of six"]
    }
    told = refined(local, document, experience=[said]).experience[0].achievements
    assert told == ("Built 1.5 million motion plans a day", "Led a team of six")


def test_a_model_that_leaves_most_out_takes_nothing_away(local: ResumeData, document: Document) -> None:
    said = msgspec.to_builtins(local.experience[0]) | {"achievements": ["Led a team"]}
    assert refined(local, document, experience=[said], skills=[{"name": "Go"}]) is local


# Degrees and certificates


def test_a_degree_is_corrected_field_by_field(local: ResumeData, document: Document) -> None:
    wrong = msgspec.structs.replace(local.education[0], institution=None, graduation_date=None, gpa=None)
    damaged = msgspec.structs.replace(local, education=(wrong, local.education[1]))
    said = {
        "degree": "M.Sc. Computer Science",
        "institution": "Hochschule Elbtal",
        "graduation_date": "2014-07",
        "gpa": "1,3",
    }
    assert refined(damaged, document, education=[said]) == local


def test_a_school_is_given_the_degree_that_it_lacked(local: ResumeData, document: Document) -> None:
    wrong = msgspec.structs.replace(local.education[1], degree=None)
    damaged = msgspec.structs.replace(local, education=(local.education[0], wrong))
    said = {"degree": "B.Sc. Physics", "institution": "Universität Nordfels"}
    assert refined(damaged, document, education=[said]) == local


@pytest.mark.parametrize("said", [{"gpa": "1.3"}, {"gpa": "3"}, {"gpa": "13"}, {"graduation_date": "2019"}])
def test_a_grade_or_date_that_is_not_printed_near_is_refused(
    local: ResumeData, document: Document, said: dict[str, str]
) -> None:
    assert refined(local, document, education=[{"degree": "M.Sc. Computer Science"} | said]) is local


def test_a_certificate_is_given_what_it_lacked(local: ResumeData, document: Document) -> None:
    wrong = Certification(name="Certified Safety Engineer - TÜV Elbe")
    damaged = msgspec.structs.replace(local, certifications=(wrong,))
    said = {
        "name": "Certified Safety Engineer",
        "issuer": "TÜV Elbe",
        "issue_date": "2019",
        "expiry_date": "2029",
    }
    assert refined(damaged, document, certifications=[said]) == local


# Skills


def test_skills_read_as_one_are_parted(local: ResumeData, document: Document) -> None:
    damaged = msgspec.structs.replace(local, skills=(Skill(name="Python, C++"), *local.skills[2:]))
    assert unrated(refined(damaged, document, skills=[{"name": "Python"}, {"name": "C++"}])) == unrated(local)


def test_a_part_of_a_skill_does_not_replace_it(local: ResumeData, document: Document) -> None:
    assert refined(local, document, skills=[{"name": "Server"}]) is local


def test_a_skill_of_another_section_is_refused(local: ResumeData, document: Document) -> None:
    assert refined(local, document, skills=[{"name": "path planner"}, {"name": "Coach"}]) is local


def test_category_and_proficiency_are_our_own(local: ResumeData, document: Document) -> None:
    damaged = msgspec.structs.replace(local, skills=local.skills[1:])
    said = [{"name": "python", "category": "Magic", "proficiency": "godlike"}]
    again = refined(damaged, document, skills=said)
    assert unrated(again) == unrated(local)
    assert (again.skills[0].category, again.skills[0].proficiency) == (local.skills[0].category, None)
