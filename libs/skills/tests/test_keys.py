import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.skills.keys import key_of, keys_of, name_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("k8s", "Kubernetes"),
        ("Node", "node.js"),
        ("Buchhaltung", "Accounting"),
        ("Win/loss interview", "win loss interviews"),
        ("E-Filing of briefs", "e filing of briefs"),
        ("Glasbläserei", "GLASBLASEREI"),
        ("Advanced Excel", "MS Excel 2019"),
    ],
)
def test_names_of_one_skill_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("Java", "JavaScript"), ("Welding", "TIG welding")])
def test_names_of_two_skills_have_two(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_a_key_has_a_name_in_the_vocabulary() -> None:
    assert name_of(key_of("k8s")) == "Kubernetes"
    assert name_of(key_of("Underwater basket weaving")) is None


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Kubernetes (EKS, Helm)", ["Kubernetes", "Amazon EKS", "Helm"]),
        ("Microsoft Excel (VBA)", ["Microsoft Excel", "VBA"]),
        ("CI/CD", ["CI/CD"]),
        ("C/C++", ["C/C++"]),
        ("Occupational health and safety", ["Occupational health and safety"]),
    ],
)
def test_a_printed_skill_may_name_several(printed: str, names: list[str]) -> None:
    assert [name_of(key) for key in keys_of(printed)] == names


def test_an_ampersand_inside_a_word_parts_nothing() -> None:
    assert keys_of("R&D") == (key_of("R&D"),)


@given(st.text(max_size=300))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)
    assert all(key and key_of(key) == key for key in keys_of(text))
