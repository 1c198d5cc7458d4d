from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Experience, Skill
from hotgigs.parser.top_skills import TOP, rank_skills
from hotgigs.skills.vocabulary import canonical_name

TODAY = date(2026, 11, 22)


def ranked(names, *jobs, summary=None):
    skills = [Skill(name=name) if isinstance(name, str) else name for name in names]
    return list(rank_skills(skills, jobs, summary, TODAY))


def told(*achievements, title=None, start="2020-01", end=None):
    return Experience(
        title=title,
        company="Acme",
        start_date=start,
        end_date=end,
        current=end is None,
        achievements=achievements,
    )


def test_skills_without_evidence_keep_the_order_of_the_list() -> None:
    assert ranked(["Perl", "Ada", "Lua", "Sales", "Git", "SQL"]) == ["Perl", "Ada", "Lua", "Sales", "Git"]


def test_a_skill_that_work_shows_comes_before_one_that_is_only_listed() -> None:
    assert ranked(["Ada", "Kafka"], told("Moved billing to Kafka."))[0] == "Kafka"


def test_the_title_of_the_current_job_says_more_than_what_was_done_in_it() -> None:
    job = told("Moved billing to Kafka.", title="Java Developer")
    assert ranked(["Kafka", "Java"], job) == ["Java", "Kafka"]


def test_recent_use_counts_more_than_use_long_ago() -> None:
    old, new = told("Wrote Perl.", start="2008", end="2010"), told("Wrote Ruby.", start="2022", end="2024")
    assert ranked(["Perl", "Ruby"], old, new) == ["Ruby", "Perl"]


def test_years_in_use_count() -> None:
    short, long = (
        told("Used Ruby.", start="2023-01", end="2024-01"),
        told("Used Perl.", start="2012-01", end="2023-01"),
    )
    assert ranked(["Ruby", "Perl"], short, long)[0] == "Perl"


def test_the_summary_and_a_stated_level_are_evidence() -> None:
    skills = ["Ada", Skill(name="Lua", proficiency="advanced"), "Perl"]
    assert ranked(skills, summary="Ten years of writing Perl and more.") == ["Perl", "Lua", "Ada"]


@pytest.mark.parametrize(
    ("skill", "text"),
    [
        ("R", "Reported risk to the R&D board"),
        ("C", "Sold to C-level buyers in C++ and C# shops"),
        ("Go", "Wrote the go-to-market plan, ready to go live"),
        ("Excel", "Helped others to excel"),
        ("Java", "Wrote JavaScript"),
        ("SQL", "Tuned MySQL"),
        ("Access", "Reviewed access rights"),
    ],
)
def test_a_skill_is_not_found_inside_of_words_nor_in_ordinary_ones(skill, text) -> None:
    assert ranked(["Ada", skill], told(text)) == ["Ada", skill]


@pytest.mark.parametrize(
    ("skill", "text"),
    [
        ("R", "Modelled churn in R."),
        ("C", "Wrote drivers in C, tested daily"),
        ("C++", "Ported it to C++."),
        (".NET", "Built on .NET and Azure"),
        ("Go", "Rewrote the gateway in Go"),
        ("Node.js", "Served by Node.js, behind nginx"),
        ("Java", "Leitete ein Java-Team"),
        ("Month-end close", "Led the month end close"),
        ("CI/CD", "Set up CI/CD"),
        ("Python (pandas)", "Wrote Python daily"),
        ("Kubernetes", "Ran 14 k8s clusters"),
        ("JS", "Wrote JavaScript"),
    ],
)
def test_a_skill_is_found_as_a_whole_word_and_by_its_aliases(skill, text) -> None:
    assert ranked(["Ada", skill], told(text)) == [skill, "Ada"]


def test_aliases_count_as_one_skill_under_the_name_printed_first() -> None:
    assert ranked(["Ada", "Postgres", "PostgreSQL", "K8s"], told("Ran PostgreSQL")) == [
        "Postgres",
        "Ada",
        "K8s",
    ]


@given(
    st.lists(st.text(max_size=12).map(lambda name: Skill(name=name)), max_size=20),
    st.lists(st.builds(Experience, title=st.text(), description=st.text()), max_size=4),
)
def test_the_five_are_skills_of_the_list_each_once(skills, jobs) -> None:
    found = rank_skills(skills, jobs, None, TODAY)
    assert set(found) <= {skill.name for skill in skills}
    assert len(found) == min(TOP, len({canonical_name(skill.name) for skill in skills}))
    assert len({canonical_name(name) for name in found}) == len(found)
