from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.skills.hierarchy import links, worths_for
from hotgigs.skills.keys import key_of
from hotgigs.skills.vocabulary import all_terms, known_term

FILES = ("kinds", "near", "stand_ins")
SKILLS = [skill.canonical for skill in all_terms()]


@pytest.mark.parametrize(
    ("asked", "has", "least"),
    [
        ("SQL", "PostgreSQL", 0.9),
        ("Relational databases", "PostgreSQL", 0.9),
        ("Spring", "Spring Boot", 0.9),
        ("Java", "Spring Boot", 0.9),
        ("Python", "FastAPI", 0.9),
        ("REST APIs", "FastAPI", 0.9),
        ("K8s", "Amazon EKS", 0.9),
        ("AWS", "EKS", 0.9),
        ("IaC", "Terraform", 0.9),
        ("Kafka", "Confluent", 0.9),
        ("Web analytics", "GA4", 0.9),
        ("Digital marketing", "Google Ads", 0.9),
        ("CAD", "SolidWorks", 0.9),
        ("ERP", "NetSuite", 0.9),
        ("MEDDIC", "MEDDPICC", 0.9),
        ("Resuscitation", "ACLS", 0.9),
        ("Chartered accountancy", "CPA", 0.9),
        ("Nursing", "RN license", 0.9),
        ("Electronic health records", "Epic", 0.9),
        ("Triage", "Telephone triage", 0.9),
        ("Cuisine", "Chef de partie", 0.9),
        ("Enseignement", "Maths teaching", 0.9),
        ("Schweißen", "GTAW", 0.9),
        ("Elektroinstallation", "Residential wiring", 0.9),
        ("Warehouse operations", "Pick by voice", 0.8),
        ("Occupational health and safety", "NEBOSH", 0.9),
        ("Litigation", "Pleadings", 0.9),
        ("HRIS", "Personio", 0.9),
        ("Banking", "Mortgage underwriting", 0.9),
        ("Laboratory techniques", "qPCR", 0.9),
        ("Driving licence", "CDL Class A", 0.9),
    ],
)
def test_a_specific_skill_answers_a_general_one(asked: str, has: str, least: float) -> None:
    assert worths_for(asked)[key_of(has)] >= least


@pytest.mark.parametrize(
    ("asked", "has", "worth"),
    [
        ("Kafka", "RabbitMQ", 0.4),
        ("AWS", "GCP", 0.4),
        ("React", "Angular", 0.4),
        ("Abaqus", "Ansys", 0.6),
        ("Epic", "Cerner", 0.6),
        ("SolidWorks", "CATIA", 0.7),
    ],
)
def test_a_skill_stands_in_for_one_beside_it_in_part(asked: str, has: str, worth: float) -> None:
    assert worths_for(asked)[key_of(has)] == worth
    assert worths_for(has)[key_of(asked)] == worth


@pytest.mark.parametrize(
    ("asked", "has"), [("Spring Boot", "Java"), ("FastAPI", "Python"), ("Django", "Web development")]
)
def test_a_general_skill_says_little_of_a_specific_one(asked: str, has: str) -> None:
    assert worths_for(asked).get(key_of(has), 0.0) <= 0.2


def test_what_is_near_to_something_near_is_not_near() -> None:
    # Given one cloud stands in for another, and one managed Kubernetes for another
    assert key_of("Google Kubernetes Engine") in worths_for("Amazon Web Services")
    # Then no chain leads over both, to the databases that stand in for the other cloud's
    assert key_of("MySQL") not in worths_for("Amazon Web Services")


def test_a_chain_is_worth_the_product_of_its_links() -> None:
    has = key_of("Kafka Streams")
    over = worths_for("Message queues")[key_of("Kafka")] * worths_for("Kafka")[has]
    assert worths_for("Message queues")[has] == pytest.approx(over)


def test_a_skill_answers_itself_best() -> None:
    for asked in SKILLS:
        worths = worths_for(asked)
        assert worths[key_of(asked)] == 1.0
        assert list(worths.values()) == sorted(worths.values(), reverse=True)
        assert all(0.1 <= worth <= 1.0 for worth in worths.values())
        assert all(key_of(key) == key for key in worths)


@pytest.mark.parametrize("file", FILES)
def test_the_hierarchy_is_of_the_vocabularys_names(file: str) -> None:
    named = {name for link in links(file) for name in (link.asked, link.has)}
    unknown = {name for name in named if (known := known_term(name)) is None or known.canonical != name}
    assert unknown == set()
    assert {link for link in links(file) if link.asked == link.has or not 0.1 <= link.worth <= 1.0} == set()


def test_no_skill_is_a_kind_of_itself() -> None:
    generals: dict[str, set[str]] = defaultdict(set)
    for link in links("kinds"):
        generals[link.has].add(link.asked)
    left = dict(generals)
    while left:
        tops = [skill for skill, own in left.items() if not own & left.keys()]
        assert tops, f"a circle among {sorted(left)}"
        for skill in tops:
            del left[skill]


def test_a_line_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotgigs.skills.hierarchy.load", lambda _: {"any": "SQL [2]: PostgreSQL"})
    with pytest.raises(ValueError, match="SQL"):
        list(links("kinds"))


def test_an_unknown_term_answers_itself_alone() -> None:
    assert dict(worths_for("Underwater basket weaving")) == {"underwaterbasketweaving": 1.0}
    assert dict(worths_for("  ")) == {}


@given(st.text(max_size=300))
def test_any_text_has_worths(text: str) -> None:
    worths = worths_for(text)
    assert bool(worths) == bool(key_of(text))
    assert all(0.0 < worth <= 1.0 for worth in worths.values())
