"""Every value says where it is printed, and how sure it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import Evidence, ResumeData
from hotgigs.parser.confidence import confidence_of
from hotgigs.parser.document import Document, Line
from hotgigs.parser.parse_resume import understand

TODAY = date(2026, 11, 22)
RESUME = """
Ada Quell
Turin, Italy | ada.quell@example.org | +39 011 555 1234
# Experience
Bridge Engineer
Ponte SpA, Turin, Italy
March 2019 - Present
- Built a timber bridge over the Dora.
Intern
Ponte SpA, Milan, Italy
June 2018 - August 2018
- Drew another bridge.
# Education
MSc Civil Engineering
Politecnico di Torino, 2019
# Skills
AutoCAD, Timber design, Concrete, Python
"""


def evidence_in(data: ResumeData) -> dict[str, Evidence]:
    assert isinstance(data.evidence, dict)
    return data.evidence


def value_at(pointer: str, data: Any) -> Any:
    """RFC 6901, for pointers without escapes."""
    for step in pointer.split("/")[1:]:
        data = data[int(step)] if isinstance(data, list | tuple) else data[step]
    return data


def printed_values(data: Any, pointer: str = "") -> Iterator[str]:
    match data:
        case dict():
            for key, value in data.items():
                yield from printed_values(value, f"{pointer}/{key}")
        case list() | tuple():
            for index, value in enumerate(data):
                yield from printed_values(value, f"{pointer}/{index}")
        case str() | True:
            yield pointer


def test_every_value_that_is_printed_has_evidence(printed) -> None:
    data = understand(printed(RESUME), TODAY)
    plain = msgspec.to_builtins(data)
    for concluded in ("evidence", "top_skills", "ai_summary"):
        del plain[concluded]
    for skill in plain["skills"]:
        skill.update(category=None, proficiency=None, canonical=None)
    assert set(printed_values(plain)) == set(evidence_in(data)) - {"/total_experience_years"}


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/full_name", "Ada Quell"),
        ("/email", "Turin, Italy | ada.quell@example.org | +39 011 555 1234"),
        ("/phone", "Turin, Italy | ada.quell@example.org | +39 011 555 1234"),
        ("/experience/0/title", "Bridge Engineer"),
        ("/experience/0/company", "Ponte SpA, Turin, Italy"),
        ("/experience/0/current", "March 2019 - Present"),
        ("/experience/1/company", "Ponte SpA, Milan, Italy"),
        ("/experience/1/start_date", "June 2018 - August 2018"),
        ("/experience/1/end_date", "June 2018 - August 2018"),
        ("/experience/1/description", "- Drew another bridge."),
        ("/education/0/graduation_date", "Politecnico di Torino, 2019"),
        ("/skills/1/name", "AutoCAD, Timber design, Concrete, Python"),
    ],
)
def test_evidence_is_the_line_that_the_value_was_read_from(printed, pointer: str, text: str) -> None:
    assert evidence_in(understand(printed(RESUME), TODAY))[pointer].text == text


def test_the_years_say_what_they_are_the_sum_of(printed) -> None:
    evidence = evidence_in(understand(printed(RESUME), TODAY))
    assert evidence["/total_experience_years"].reason == (
        "The months of 2 jobs, those that overlap counted once."
    )


def test_a_value_read_from_a_picture_is_less_sure(printed) -> None:
    document = printed(RESUME)
    blurred = msgspec.structs.replace(
        document, lines=tuple(msgspec.structs.replace(line, confidence=0.4) for line in document.lines)
    )
    sharp, dim = (evidence_in(understand(each, TODAY)) for each in (document, blurred))
    assert all(dim[pointer].confidence <= sharp[pointer].confidence for pointer in sharp)
    assert any(dim[pointer].confidence < sharp[pointer].confidence for pointer in sharp)


@settings(max_examples=100)
@given(
    st.lists(
        st.builds(
            Line,
            text=st.sampled_from(RESUME.splitlines()[1:]).map(lambda text: text.removeprefix("# ")),
            page=st.integers(0, 2),
            font_size=st.sampled_from([10.0, 13.0]),
            column=st.integers(0, 1),
            confidence=st.floats(0, 1),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_is_understood_evidence_is_of_values_that_are_there(lines: list[Line]) -> None:
    data = understand(Document(lines=tuple(lines), has_geometry=True), TODAY)
    plain = msgspec.to_builtins(data)
    for pointer, evidence in evidence_in(data).items():
        assert value_at(pointer, plain) is not None
        assert 0 < evidence.confidence < 1


def test_a_field_that_nothing_was_learned_of_is_as_sure_as_any() -> None:
    assert confidence_of("hat_size", {}) == confidence_of("any", {})
