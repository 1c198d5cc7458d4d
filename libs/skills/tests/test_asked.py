import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.skills.asked import asked_terms
from hotgigs.skills.keys import key_of


@pytest.mark.parametrize(
    ("term", "all_of"),
    [
        ("Kubernetes", [["Kubernetes"]]),
        ("CPA or CIA", [["CPA", "CIA"]]),
        ("AWS, GCP or Azure", [["AWS", "GCP", "Azure"]]),
        ("React/Vue", [["React", "Vue"]]),
        ("ISO 9001 / ISO 14001", [["ISO 9001", "ISO 14001"]]),
        ("Retail or e-commerce", [["Retail", "e-commerce"]]),
        ("APQP and PPAP", [["APQP"], ["PPAP"]]),
        ("Prometheus and Grafana", [["Prometheus"], ["Grafana"]]),
        ("Excel, Word and PowerPoint", [["Excel"], ["Word"], ["PowerPoint"]]),
        ("Buchhaltung und Controlling", [["Buchhaltung"], ["Controlling"]]),
        ("Accounts payable and receivable", [["Accounts payable"], ["Accounts receivable"]]),
        ("Physical and occupational therapy", [["Physical therapy"], ["occupational therapy"]]),
        ("TIG and MIG welding", [["TIG"], ["MIG welding"]]),
        ("Private and investment banking", [["Private banking"], ["investment banking"]]),
        ("Trauma nursing (TNCC)", [["Trauma nursing", "TNCC"]]),
        ("Kubernetes (EKS or GKE)", [["Kubernetes", "EKS", "GKE"]]),
        ("BI tools such as Tableau or Power BI", [["BI tools", "Tableau", "Power BI"]]),
        ("English (C1)", [["English"]]),
    ],
)
def test_a_term_is_parted_into_what_it_asks_for(term: str, all_of: list[list[str]]) -> None:
    assert [list(names) for names in asked_terms(term).all_of] == all_of


@pytest.mark.parametrize(
    "term",
    [
        "CI/CD",
        "C/C++",
        "TCP/IP",
        "Health and safety",
        "Research and development",
        "Win/loss interviews",
        "P&L",
    ],
)
def test_a_name_with_a_joint_in_it_stays_whole(term: str) -> None:
    assert asked_terms(term).all_of == ((term,),)


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("5+ years of experience with Python", "Python"),
        ("Hands-on experience with Terraform required", "Terraform"),
        ("Proficiency in AutoCAD (preferred)", "AutoCAD"),
        ("Sehr gute Kenntnisse in SAP", "SAP"),
        ("Bonne maîtrise de Photoshop", "Photoshop"),
        ("Strong SQL skills", "SQL"),
        ("Scrum a plus", "Scrum"),
        ("ACLS certification", "ACLS"),
        ("State teaching license", "Teaching licence"),
        ("Java development", "Java"),
    ],
)
def test_the_words_around_a_skill_are_not_asked_for(term: str, name: str) -> None:
    assert asked_terms(term).keys == (key_of(name),)


def test_all_of_a_term_is_answered_each_by_its_best() -> None:
    aws_or_gcp, terraform = asked_terms("AWS or GCP").worths(), asked_terms("Terraform").worths()
    assert aws_or_gcp[0][key_of("Amazon EKS")] == aws_or_gcp[0][key_of("GKE")]
    assert [len(asked_terms("Prometheus and Grafana").worths()), len(terraform)] == [2, 1]


@pytest.mark.parametrize(
    ("term", "has"), [("HPLC troubleshooting", "HPLC"), ("Epic Willow", "Epic"), ("HACCP plan", "HACCP")]
)
def test_an_unknown_name_is_answered_in_part_by_what_is_known_in_it(term: str, has: str) -> None:
    (worths,) = asked_terms(term).worths()
    assert worths[key_of(term)] == 1.0
    assert worths[key_of(has)] == 0.5


@pytest.mark.parametrize("term", ["", "  ", "()", "-", "\x00"])
def test_nothing_is_asked_for_in_nothing(term: str) -> None:
    assert asked_terms(term).all_of == ()


@given(st.text(st.sampled_from("aAB ,/()&+or and or such as 5 years SQL"), max_size=250))
def test_any_term_has_at_least_one_key_where_it_has_a_letter(term: str) -> None:
    asked = asked_terms(term)
    assert all(names for names in asked.all_of)
    assert all(key_of(name) for names in asked.all_of for name in names)
    assert len(asked.worths()) == len(asked.all_of)
    assert bool(asked.all_of) == bool(key_of(term))


@pytest.mark.parametrize("piece", ["a or ", "(", "x and ", "/", "1", "5+ years of ", "such as ", "a, ", " "])
def test_only_the_begin_of_a_hostile_term_is_read(piece: str) -> None:
    assert sum(len(name) for names in asked_terms(piece * 20_000).all_of for name in names) <= 400
