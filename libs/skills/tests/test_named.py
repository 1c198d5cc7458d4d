import pytest

from hotgigs.skills.keys import key_of
from hotgigs.skills.named import skills_in


def keys(*names: str) -> dict[str, int]:
    return {key_of(name): 1 for name in names}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Services in Go and C++ on AWS, kept with k8s.", keys("Go", "C++", "AWS", "Kubernetes")),
        ("Node.js and CI/CD pipelines", keys("Node.js", "CI/CD")),
        ("Erfahrung in der Buchhaltung mit DATEV", keys("Accounting", "DATEV")),
        ("Maîtrise de la comptabilité", keys("Accounting")),
        ("A Spring Boot service", keys("Spring Boot")),
    ],
)
def test_running_text_names_skills(text: str, named: dict[str, int]) -> None:
    assert skills_in(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Go home. Excel at what you do. We go on and react.",
        "Q&R and Go-to-market",
        "She found the shell by the office, flexible on initiative.",
        "",
    ],
)
def test_everyday_words_name_none(text: str) -> None:
    assert skills_in(text) == {}


def test_the_first_word_of_a_title_has_its_capital_by_right() -> None:
    assert skills_in("Excel trainer") == {}
    assert skills_in("Excel trainer", is_title=True) == keys("Excel")


def test_each_time_is_counted() -> None:
    assert skills_in("Kafka here, Apache Kafka there") == {key_of("Kafka"): 2}


def test_a_mark_parts_two_names() -> None:
    assert skills_in("Done with spring. Boot camp") == {}
