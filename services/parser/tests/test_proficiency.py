from datetime import date

import pytest

from hotgigs.contracts.resume_data import Experience
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.proficiency import rate_skills
from hotgigs.parser.skills import PrintedSkill

TODAY = date(2026, 11, 22)


def job(start: str, end: str | None, *told: str, title: str = "Engineer") -> Experience:
    return Experience(title=title, start_date=start, end_date=end, current=end is None, achievements=told)


def rated(name: str, *jobs: Experience):
    (skill,), reasons = rate_skills([PrintedSkill(name)], jobs, TODAY)
    return skill.proficiency, reasons.get("/skills/0/proficiency")


@pytest.mark.parametrize(
    ("end", "level"),
    [("2025-12", "expert"), ("2022-12", "advanced"), ("2020-12", "intermediate"), ("2020-06", None)],
)
def test_years_in_use_make_the_level(end, level) -> None:
    assert rated("Kotlin", job("2020-01", end, "Wrote Kotlin services"))[0] == level


def test_years_that_overlap_count_once_and_the_reason_names_years_and_jobs() -> None:
    jobs = (
        job("2018-01", "2020-06", "Ran Kubernetes clusters"),
        job("2019-01", "2020-12", "Moved everything to k8s"),
        job("2010-01", "2017-12", "Fixed printers"),
    )
    assert rated("Kubernetes", *jobs) == ("advanced", "In use for 3 years, in 2 jobs.")


def test_a_job_that_goes_on_counts_until_today() -> None:
    used = rated("SAP", job("2025-12", None, "Booked in SAP"))
    assert used == ("intermediate", "In use for 1 year, in 1 job.")


def test_a_title_is_a_mention() -> None:
    assert rated("Java", job("2016-01", "2023-12", title="Java Developer"))[0] == "expert"


@pytest.mark.parametrize(
    ("skill", "told"),
    [
        ("R", "Led R&D for the plant"),
        ("C", "Reported to C-level managers"),
        ("Go", "Owned the Go-to-market plan and let go of two suppliers"),
        ("Java", "Built it in JavaScript"),
        ("Excel", "Helped the team excel"),
        ("Excel", "Excel at nothing in particular"),
        ("Access", "Gave access to records"),
        ("CAN", "All can read it"),
    ],
)
def test_words_that_look_like_a_skill_are_no_mention(skill, told) -> None:
    assert rated(skill, job("2010-01", "2020-12", told)) == (None, None)


@pytest.mark.parametrize(
    ("skill", "told"),
    [
        ("R", "Modelled demand in R and Python"),
        ("C", "Firmware (C/C++) for pumps"),
        ("Go", "Rewrote the API in Go"),
        ("MS Excel", "Built budgets in Excel"),
        ("JavaScript", "Modern JS front end"),
        ("Node.js", "Services in Node.js"),
        ("Python (pandas)", "Cleaned data with python"),
        ("Buchhaltung", "Verantwortlich für die Buchhaltung"),
        ("Kizomba teaching", "Taught Kizomba; teaching, Kizomba teaching"),
    ],
)
def test_whole_words_of_any_alias_are_a_mention(skill, told) -> None:
    assert rated(skill, job("2010-01", "2020-12", told))[0] == "expert"


def test_what_the_resume_states_goes_before_years(printed) -> None:
    document = printed("""
        # Experience
        Engineer | Acme GmbH | 2010 – 2020
        • Wrote Kotlin and Perl every day.
        # Skills
        Kotlin (Grundkenntnisse), Advanced Excel, Perl, Fax
        Git\t●●●○○
    """)
    resume = understand(document, TODAY)
    assert [(skill.name, skill.proficiency) for skill in resume.skills] == [
        ("Kotlin", "beginner"),
        ("Advanced Excel", "advanced"),
        ("Perl", "expert"),
        ("Fax", None),
        ("Git", "intermediate"),
    ]
    reasons = {
        pointer: evidence.reason
        for pointer, evidence in resume.evidence.items()
        if pointer.endswith("/proficiency") and pointer.startswith("/skills/")
    }
    assert reasons == {
        "/skills/0/proficiency": "Stated: Grundkenntnisse.",
        "/skills/1/proficiency": "Stated: Advanced.",
        "/skills/2/proficiency": "In use for 11 years, in 1 job.",
        "/skills/4/proficiency": "Stated: ⬤⬤⬤○○.",
    }


def test_a_known_skill_has_its_canonical_name_and_category(printed) -> None:
    skill = understand(printed("# Skills\nk8s"), TODAY).skills[0]
    assert (skill.name, skill.canonical, skill.category) == ("k8s", "Kubernetes", "Cloud and infrastructure")
