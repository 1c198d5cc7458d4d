from contextlib import suppress
from datetime import date
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser.document import Document, Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_resume import MAX_CHARACTERS, MAX_LINE_CHARACTERS, parse_resume, understand
from hotgigs.parser.steps import Step

TODAY = date(2026, 11, 22)

WORDS = st.sampled_from(
    [
        *("Experience", "Education", "Skills", "Certifications", "References", "Engineer", "Acme GmbH"),
        *("2019 – 2022", "since 2021", "expires Mar 2027", "B.Sc.", "University", "GPA: 3.9", "Columbus, OH"),
        *("ann@example.org", "+49 171 5583019", "and", *"()•\t:,-–/@#|●○"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join))
LINES = st.builds(
    Line,
    text=TEXTS.filter(bool),
    page=st.integers(0, 3),
    x0=st.floats(0, 600),
    y0=st.floats(0, 800),
    x1=st.floats(0, 600),
    y1=st.floats(0, 800),
    font_size=st.sampled_from([0.0, 10.0, 14.0]),
    weight=st.sampled_from([400, 700]),
    column=st.integers(0, 2),
    story=st.sampled_from(["body", "header", "footer", "text_box"]),
    is_list_item=st.booleans(),
)
DOCUMENTS = st.builds(Document, lines=st.lists(LINES, max_size=25).map(tuple), has_geometry=st.booleans())


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_any_document_is_understood_or_unreadable(document: Document) -> None:
    with suppress(Unreadable):
        assert isinstance(understand(document, TODAY), ResumeData)


@pytest.mark.parametrize(
    "text", ["(" * 2000, "a, " * 700, "1 " * 1000, "- " * 1000, "Mar " * 500, "a@" * 1000, "\t" * 2000]
)
@pytest.mark.timeout(10)  # a pattern that backtracks without end would take for ever
def test_lines_made_to_mislead_patterns_come_to_an_end(text: str) -> None:
    lines = tuple(
        Line(text=each, page=1, font_size=10)
        for each in ("Experience", text, "Education", text, "Skills", text)
    )
    assert isinstance(understand(Document(lines=lines, has_geometry=True), TODAY), ResumeData)


def word_file(*paragraphs: str) -> bytes:
    document = python_docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_every_step_is_reported_once_and_in_order() -> None:
    steps: list[Step] = []
    parse_resume(word_file("Ann Lee", "ann@example.org"), FileType.DOCX, TODAY, steps.append)
    assert steps == [step for step in Step if step is not Step.READ_SCAN]


def test_steps_end_where_parsing_fails() -> None:
    steps: list[Step] = []
    with pytest.raises(Unreadable):
        parse_resume(b"PK\x03\x04", FileType.DOCX, TODAY, steps.append)
    assert steps == [Step.OPEN, Step.READ_PAGES]


def test_an_archive_is_no_resume() -> None:
    with pytest.raises(Unreadable):
        parse_resume(b"PK\x03\x04", FileType.ZIP, TODAY)


def test_the_summary_is_made_of_parsed_values_only(printed) -> None:
    document = printed("""
        Ann Lee
        # Experience
        Nurse | Leeds Hospital | Leeds | 01/2020 – Present
        • Led triage.
        # Skills
        Triage
        # Education
        Bachelor of Science in Nursing, University of Leeds, 2019
    """)
    assert understand(document, TODAY).ai_summary == (
        "Nurse with 6.9 years of experience, now at Leeds Hospital. "
        "Field of work: nursing; skills include Triage; "
        "education: Bachelor of Science in Nursing from University of Leeds."
    )


def test_prose_at_the_top_without_a_heading_is_the_summary(printed) -> None:
    prose = "Commercial leader with two decades in logistics who has built sales teams in five countries."
    assert understand(printed(f"Ann Lee\n{prose}\n# Skills\nSales"), TODAY).summary == prose


def test_a_document_with_more_text_than_a_resume_is_refused() -> None:
    lines = tuple(Line(text="word " * 1000) for _ in range(MAX_CHARACTERS // 5000 + 1))
    with pytest.raises(Unreadable, match="far more text"):
        understand(Document(lines=lines), TODAY)


@pytest.mark.parametrize(("words", "email"), [(10, "ada@mail.example"), (MAX_LINE_CHARACTERS // 5, None)])
def test_a_line_without_end_is_searched_as_far_as_a_line_may_go(words: int, email: str | None) -> None:
    line = Line(text="word " * words + "ada@mail.example")
    assert understand(Document(lines=(line,)), TODAY).email == email
