import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.matcher.scoring.seniority import asked_step, held_step, leads_people, seniority_of, step_of


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("Junior Developer", 1),
        ("Jr. Developer", 1),
        ("Werkstudent Softwareentwicklung", 0),
        ("Praktikantin im Vertrieb", 0),
        ("Stagiaire en comptabilité", 0),
        ("Senior Backend Engineer", 3),
        ("SENIOR BACKEND ENGINEER", 3),
        ("Engineering Team Lead", 4),
        ("Deputy Head of Nursing", 4),
        ("Assistant Manager", 4),
        ("Head of Nursing", 6),
        ("Leiter der Abteilung Einkauf", 6),
        ("Warehouse Manager", 5),
        ("VP Engineering", 7),
        ("Chief Financial Officer", 7),
        ("Backend Engineer", None),
        ("Staff Nurse", None),
        ("Product Manager", None),
        ("Account Executive", None),
        ("IT Support Specialist", None),
        ("Marketing Coordinator", None),
        ("Student Services Adviser", None),
        ("Scrum Master", None),
        ("Special Educational Needs Coordinator", 4),
        ("Assistant Headteacher", 4),
        ("Headteacher", 6),
        ("Verkaufsleiterin Süd", 5),
        ("Executive Chef", None),
        ("HR Business Partner", None),
        ("Internal Auditor", None),
        ("Leading-edge Research Fellow", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_a_title_tells_the_step(title: str, step: float | None) -> None:
    assert step_of(title) == step


@pytest.mark.parametrize(
    "text",
    [
        "Led a team of six developers.",
        "Supervised 12 technicians on two shifts",
        "Line-managed four people",
        "Was in charge of the night crew",
        "Eight direct reports",
        "Leitete ein Team von acht Entwicklern",
        "Encadrement d'une équipe de cinq personnes",
        "Managed our apprentices",
    ],
)
def test_leading_people_is_told(text: str) -> None:
    assert leads_people(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Led the migration to Kafka",
        "Managed the budget of the department",
        "Worked in a small team",
        "Nurse in a team of twelve",
        "Part of a team of six",
        "Led the people side of the merger",
        "Mentored two graduates",
        "Headed north",
        "Lead generation for two people's shop",
    ],
)
def test_leading_something_else_is_not_leading_people(text: str) -> None:
    assert not leads_people(text)


def test_a_plain_title_is_read_by_the_years() -> None:
    steps = [held_step("Plumber", years=years, leads=False) for years in (0, 1, 4, 10)]
    assert steps == sorted(steps)
    assert held_step(None, years=4, leads=False) == held_step("Plumber", years=4, leads=False)


def test_a_title_far_beyond_the_years_counts_less() -> None:
    assert held_step("Chief Executive Officer", years=1, leads=True) < held_step("CEO", years=20, leads=True)
    assert held_step("Director", years=0, leads=False) <= 2


def test_a_manager_of_nobody_stands_below_one_of_people() -> None:
    without, with_people = (held_step("Stores Manager", years=12, leads=leads) for leads in (False, True))
    assert without < with_people
    assert held_step("Electrician", years=12, leads=True) > held_step("Electrician", years=12, leads=False)


def test_a_job_with_a_plain_title_is_read_by_the_years_it_asks_for() -> None:
    def asked(least: float | None, most: float | None = None) -> float:
        return asked_step("Plumber", min_years=least, max_years=most, leads=False)

    assert asked(0, 2) < asked(None) <= asked(2) < asked(4) < asked(9)
    assert asked_step("Senior Plumber", min_years=0, max_years=1, leads=False) == 3


@given(st.floats(-8, 8), st.floats(-8, 8))
def test_seniority_rises_with_the_gap(one: float, other: float) -> None:
    order = ["far_below", "below", "fitting", "above", "far_above"]
    low, high = sorted((one, other))
    assert order.index(seniority_of(low)) <= order.index(seniority_of(high))


def test_the_next_step_up_is_not_far_below() -> None:
    assert seniority_of(0) == "fitting"
    assert seniority_of(-1) == "below"
    assert seniority_of(-2) == "below"
    assert seniority_of(-2.5) == "far_below"


@given(st.text(max_size=300), st.floats(0, 60), st.booleans())
def test_every_title_has_a_place(title: str, years: float, leads: bool) -> None:
    assert 0 <= held_step(title, years=years, leads=leads) <= 7
    assert 0 <= asked_step(title, min_years=years, max_years=years / 2, leads=leads) <= 7


@pytest.mark.parametrize("unit", ["lead of ", "manage the a a ", "team of the ", "a", "senior ", " \t"])
def test_hostile_texts_are_read_to_the_end(unit: str) -> None:
    assert leads_people(unit * 100_000) == leads_people(unit * 1_000)
    assert step_of(unit * 100_000) == step_of(unit * 1_000)
