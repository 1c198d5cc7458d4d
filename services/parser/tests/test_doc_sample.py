from pathlib import Path

import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.extraction import doc

SAMPLE = Path(__file__).parents[3] / "samples" / "caleb-norquist.doc"


@pytest.fixture(scope="module")
def lines() -> dict[str, Line]:
    return {line.text: line for line in doc.extract(SAMPLE.read_bytes()).lines}


def test_the_page_header_is_read_first(lines: dict[str, Line]) -> None:
    first = next(iter(lines.values()))
    assert (first.text, first.story) == ("Caleb Norquist – Resume", "header")


def test_styles_are_named_and_inherited(lines: dict[str, Line]) -> None:
    heading = lines["Work Experience"]
    assert (heading.style, heading.weight, heading.font_size) == ("Heading 1", 700, 14.0)
    assert lines["Caleb Norquist"].style == "Title"
    assert lines["Caleb Norquist"].font_size == 26.0


def test_bullets_are_list_items_and_headings_are_not(lines: dict[str, Line]) -> None:
    assert lines["Went 900 days without a lost-time injury."].is_list_item
    assert not lines["Work Experience"].is_list_item
    assert not lines["June 2019 – Present"].is_list_item


def test_runs_keep_their_look(lines: dict[str, Line]) -> None:
    assert lines["Shift Supervisor | Ironwood Parcel | St. Paul, MN"].weight == 700
    assert lines["March 2014 – May 2019"].italic


def test_the_table_is_read_row_by_row(lines: dict[str, Line]) -> None:
    assert "May 2018\tB.S. in Supply Chain Management, University of Minnesota Duluth" in lines
