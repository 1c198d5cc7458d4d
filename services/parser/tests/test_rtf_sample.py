from pathlib import Path

import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.extraction import rtf

SAMPLE = Path(__file__).parents[3] / "samples" / "siobhan-tierney.doc"


@pytest.fixture(scope="module")
def lines() -> dict[str, Line]:
    return {line.text: line for line in rtf.extract(SAMPLE.read_bytes()).lines}


def test_the_page_header_is_read_first(lines: dict[str, Line]) -> None:
    first = next(iter(lines.values()))
    assert (first.text, first.story) == ("Siobhán Tierney – curriculum vitae", "header")


def test_the_mail_address_of_a_link_is_read(lines: dict[str, Line]) -> None:
    assert "0161 496 0382 | siobhan.tierney@example.com" in lines


def test_headings_bullets_and_columns_are_known(lines: dict[str, Line]) -> None:
    assert lines["Career History"].style == "Heading 1"
    assert lines["Career History"].weight == 700
    assert lines["Led two TUPE transfers with no formal grievance."].is_list_item
    assert "Mediation\tEmployment law" in lines
