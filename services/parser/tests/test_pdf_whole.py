"""No text of a page is lost on its way into lines."""

from functools import partial
from pathlib import Path

import pymupdf
import pytest

from hotgigs.parser.extraction import pdf
from hotgigs.parser.extraction.pdf_columns import rows
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.extraction.pdf_wraps import with_whole_headers

ROOT = Path(__file__).parents[3]
PAGES = sorted([*(ROOT / "samples").glob("*.pdf"), *(ROOT.parent / "shared/corpus/docs").glob("*.pdf")])


def letters(text: str) -> list[str]:
    return sorted(filter(str.isalnum, text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_letter_of_a_page_stands_in_one_of_its_lines(path: Path) -> None:
    with pymupdf.open(path) as document:
        gutters: list[float] = []
        for page in document:
            upright, turned = pdf._fragments(page)
            line_of = partial(pdf._line, page=1, column=0, starts={})
            blocks = pdf._with_blocks(page, upright, line_of)
            lines, gutters = pdf._lines_of_page(blocks, turned, 1, gutters)
            printed = "".join(fragment.text for fragment in (*upright, *turned))
            assert letters("".join(line.text for line in lines)) == letters(printed)


def test_rows_of_a_table_are_no_header_that_goes_on() -> None:
    look = (10.0, False, False, 0)
    place = {"size": 10.0, "bold": False, "italic": False, "colour": 0, "looks": (look, look)}
    rows: list[list[Fragment]] = [
        [Block("Research methods\tSimulation of queues", 40, y, 400, y + 10, baseline=y + 8, **place)]
        for y in (20, 32)
    ]
    body = (9.0, False, False, 0)
    prose = {**place, "size": 9.0, "looks": (body, body)}
    rows.append([Fragment("Prose that goes on " * 9, 40, 60, 400, 70, baseline=68, **prose)])
    assert with_whole_headers(rows) == rows


def test_cells_of_a_table_with_half_periods_stay_in_their_rows() -> None:
    look = (10.0, False, False, 0)
    place = {"size": 10.0, "bold": False, "italic": False, "colour": 0, "looks": (look, look)}
    table: list[list[Fragment]] = [
        [
            Fragment(f"Name {y}", 40, y, 90, y + 10, baseline=y + 8, **place),
            Block(text, 300, y, 400, y + 10, baseline=y + 8, **place),
        ]
        for y, text in ((20, "Jan 2020 –"), (32, "Mar 2021"))
    ]
    assert rows([fragment for row in table for fragment in row]) == table
