import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.sections import Section
from hotgigs.parser.summaries import read_summary

PROSE = "Nurse with ten years in paediatrics who likes night shifts, new colleagues and a tidy ward."


def summary(kind: str, *texts: str) -> str | None:
    return read_summary([Section(kind, "", [Line(text=text) for text in texts])])


@pytest.mark.parametrize(
    "after",
    [
        ("Delivery", "Change", "Tools"),
        ("2020 – Present: Nurse | Leeds Hospital", "• Ran the ward."),
        ("I hereby declare that all of the above is true to the best of my knowledge.",),
    ],
)
def test_a_summary_ends_where_something_else_begins_without_a_heading(after: tuple[str, ...]) -> None:
    assert summary("summary", PROSE, *after) == PROSE


def test_years_within_a_sentence_end_nothing() -> None:
    assert (
        summary("summary", "Trained captains", "since 2023 and flew cargo.")
        == "Trained captains since 2023 and flew cargo."
    )


def test_a_title_alone_is_no_summary_nor_its_begin() -> None:
    assert summary("summary", "Senior Staff Nurse") is None
    assert summary("summary", "Senior Staff Nurse", PROSE) == PROSE
    assert summary("summary", "• Calm in a crisis", "• Fast learner") == "Calm in a crisis Fast learner"


def test_what_everybody_must_declare_is_no_summary_at_the_top() -> None:
    consent = (
        "Autorizzo il trattamento dei miei dati personali presenti nel CV ai sensi del GDPR (Regolamento UE)."
    )
    assert summary("top", consent) is None
    assert summary("top", consent, PROSE, "Authorized to work in this country") == PROSE
