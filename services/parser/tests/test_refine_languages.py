"""What a language model says of languages is taken where the document prints it."""

from collections.abc import Callable
from datetime import date

import pytest

from hotgigs.contracts.resume_data import Language, ResumeData
from hotgigs.parser.document import Document
from hotgigs.parser.refining.refine import refine

TODAY = date(2026, 11, 22)
RESUME = """
Mirela Stanescu
# Experience
Lead Engineer, Northwind Robotics, 2018 - Present
- Spoke Dutch with customers.
# Languages
Romanian (mother tongue), English: C2, Frisian - passive
Ladino
B1
"""
Printed = Callable[[str], Document]


@pytest.fixture
def document(printed: Printed) -> Document:
    return printed(RESUME)


def languages(document: Document, *said: Language, local: tuple[Language, ...] = ()) -> list[tuple[str, str]]:
    refined = refine(ResumeData(languages=local), ResumeData(languages=said), document, TODAY)
    return [(each.name, each.proficiency) for each in refined.languages]


def test_a_language_and_its_level_are_taken_as_printed(document: Document) -> None:
    said = (Language(name="ladino", proficiency="B1"), Language(name="Romanian", proficiency="mother tongue"))
    assert languages(document, *said) == [("Romanian", "mother tongue"), ("Ladino", "B1")]


def test_a_level_that_is_another_language_s_is_refused(document: Document) -> None:
    said = (Language(name="Romanian", proficiency="C2"), Language(name="English", proficiency="native"))
    assert languages(document, *said) == [("Romanian", None), ("English", None)]


def test_a_language_that_only_a_job_mentions_is_refused(document: Document) -> None:
    assert languages(document, Language(name="Dutch"), Language(name="Welsh")) == []


def test_a_language_found_here_stays_and_is_given_its_level(document: Document) -> None:
    local = (Language(name="English"), Language(name="Frisian", proficiency="passive"))
    said = (Language(name="English", proficiency="C2"),)
    assert languages(document, *said, local=local) == [("English", "C2"), ("Frisian", "passive")]


def test_without_a_section_of_languages_only_known_names_beside_other_things_are_taken(
    printed: Printed,
) -> None:
    document = printed("Mirela Stanescu\n# Skills\nExcel, Romanian, Spanish (fluent)")
    said = (Language(name="Excel"), Language(name="Spanish", proficiency="fluent"))
    assert languages(document, *said) == [("Spanish", "fluent")]
