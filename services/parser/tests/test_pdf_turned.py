import pymupdf
import pytest

from hotgigs.parser.extraction import pdf
from hotgigs.parser.extraction.pdf_fragments import Fragment
from hotgigs.parser.extraction.pdf_turned import bands


def upright(text: str, y: float) -> Fragment:
    return Fragment(text, 80, y, 300, y + 10, 10, False, False, 0, y + 8)


def turned(text: str, y0: float, y1: float) -> Fragment:
    return Fragment(text, 40, y0, 52, y1, 12, True, False, 0, 50, turned=True)


NAME = [upright("Ada Lind", 40)]
JOBS = [upright(f"job {n}", 80 + 14 * n) for n in range(6)]
SCHOOLS = [upright(f"school {n}", 190 + 14 * n) for n in range(4)]


@pytest.mark.parametrize(
    "headings",
    [
        [turned("EXPERIENCE", 80, 140), turned("EDUCATION", 190, 240)],
        [turned("EXPERIENCE", 90, 150), turned("EDUCATION", 193, 243)],
        [turned("EXPERIENCE", 100, 162), turned("EDUCATION", 194, 244)],
    ],
    ids=["top", "middle", "bottom"],
)
def test_text_belongs_to_the_turned_heading_beside_it(headings: list[Fragment]) -> None:
    found = bands([*NAME, *JOBS, *SCHOOLS], headings)
    assert [band.fragments for band in found] == [NAME, JOBS, SCHOOLS]
    assert [band.heading for band in found] == [None, *headings]


def test_turned_text_that_looks_as_a_turned_heading_is_one() -> None:
    other = turned("MY SIDE QUESTS", 190, 240)
    found = bands([*JOBS, *SCHOOLS], [turned("EXPERIENCE", 80, 140), other])
    assert [band.heading for band in found][2] == other


def test_other_turned_text_is_left_out() -> None:
    assert bands(JOBS, [turned("Draft", 80, 140)])[0].fragments == JOBS


def test_a_turned_heading_comes_before_its_section() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((50, 170), "EXPERIENCE", rotate=90)
        page.insert_text((50, 270), "EDUCATION", rotate=90)
        for y, text in ((100, "Engineer"), (115, "Acme"), (200, "BSc"), (215, "Some University")):
            page.insert_text((80, y), text)
        data = document.tobytes()
    found = [line.text for line in pdf.extract(data).lines]
    assert found == ["EXPERIENCE", "Engineer", "Acme", "EDUCATION", "BSc", "Some University"]
