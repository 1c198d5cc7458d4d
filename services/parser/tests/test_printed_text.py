"""Values are found word for word, and given as they are printed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.parser.document import Document, Line
from hotgigs.parser.refining.printed_text import PrintedText


def text_of(*lines: str) -> PrintedText:
    return PrintedText(Document(lines=tuple(Line(text=line) for line in lines)))


def found(value: str, *lines: str, max_lines: int = 2) -> list[str]:
    text = text_of(*lines)
    return [text.printed(one) for one in text.find(value, max_lines=max_lines)]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("jose nunez", "José Núñez"),
        ("José", "Jose\u0301 de Souza"),
        ("Office of Finance", "O\ufb03ce of \ufb01nance"),
        ("straße", "STRASSE 5"),
        ("ACME, Inc.", "at Acme Inc. since"),
        ("full stack", "Full-Stack Developer"),
        (".NET", "C#, .NET, SQL"),
        ("Java", "JavaScript, Java"),
        ("C++", "C, C++"),
        ("coordination", "co\u00adordination"),
    ],
)
def test_case_accents_ligatures_and_punctuation_make_no_other_word(value: str, printed: str) -> None:
    assert len(found(value, printed)) == 1


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("Java", "JavaScript"),
        ("Script", "JavaScript"),
        ("C", "C++ and C#"),
        ("art", "part, arts"),
        ("Go", "on the go"),
        ("IT", "kept it short"),
        ("Senior Director", "Senior Assistant Director"),
        ("ﬁ", "ﬁnance"),
        ("inance", "ﬁnance"),
        ("", "anything"),
        ("...", "anything ..."),
    ],
)
def test_parts_of_words_and_words_of_another_case_are_not_found(value: str, printed: str) -> None:
    assert found(value, printed) == []


def test_what_is_found_is_given_as_printed() -> None:
    assert found("grew sales by 15 percent", "Grew  sales by 1.5\tPercent!") == ["Grew sales by 1.5 Percent"]
    assert found("acme inc.", "ACME Inc., Berlin") == ["ACME Inc."]
    assert found("Jose", "Jose\u0301 de Souza") == ["Jose\u0301"]


def test_a_word_that_is_broken_at_the_end_of_a_line_is_whole() -> None:
    assert found("management of teams", "the manage-", "ment of teams") == ["manage-ment of teams"]
    assert found("management", "the manage\u00ad", "ment of teams") != []


def test_a_value_runs_over_as_many_lines_as_it_may() -> None:
    assert found("one two three", "one", "two", "three") == []
    assert found("one two three", "one", "two", "three", max_lines=3) == ["one two three"]


def test_nothing_is_found_across_sections(printed: Callable[[str], Document]) -> None:
    text = PrintedText(printed("Ann Lee\n# Experience\nAcme\n# Skills\nSales"))
    assert text.find("Acme Sales") == []
    assert text.find("Lee Acme") == []
    assert [
        text.lines[one.line].kind for value in ("Ann Lee", "Acme", "Sales") for one in text.find(value)
    ] == [
        "top",
        "experience",
        "skills",
    ]


def test_page_headers_are_sections_of_their_own() -> None:
    lines = (Line(text="Ann Lee", story="header"), Line(text="page 1", story="footer"), Line(text="Sales"))
    text = PrintedText(Document(lines=lines))
    assert [line.kind for line in text.lines] == ["margin", "margin", "top"]
    assert text.find("Ann Lee page 1") == []


LETTERS = st.text(alphabet="abAB éßﬁ-+.,\u0301\u00ad1\t", max_size=12)


@given(st.lists(LETTERS.filter(str.strip), min_size=1, max_size=4), LETTERS)
def test_what_is_found_is_in_the_document_letter_by_letter(lines: list[str], value: str) -> None:
    text = text_of(*lines)
    document = "".join("".join(lines).split())
    for one in text.find(value):
        printed = "".join(text.printed(one).split())
        assert printed
        assert printed in document


@given(
    st.lists(st.from_regex(r"[a-zé]{4,8}( [a-zé]{4,8}){0,3}", fullmatch=True), min_size=1, max_size=4),
    st.data(),
)
def test_every_run_of_printed_words_is_found(lines: list[str], data: st.DataObject) -> None:
    words = " ".join(lines).split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    value = " ".join(words[first : last + 1])
    assert value in found(value.upper(), *lines, max_lines=len(lines))
