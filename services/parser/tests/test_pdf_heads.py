import pymupdf

from hotgigs.parser.extraction import pdf
from hotgigs.parser.passages import joined

PROSE = ["Packaging for food and drink brands that", "want to stop using plastic and still be", "picked up."]
CONTACT = ["Portland, Oregon", "503 555 0168", "ada@example.org"]


def texts(*columns: tuple[float, list[str]], size: float = 9) -> list[str]:
    """Of a page with a name over two lines and columns beside it; then a section."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((40, 60), "Ada", fontsize=20)
        page.insert_text((40, 84), "Lind-Moor", fontsize=20)
        for x, lines in columns:
            for number, text in enumerate(lines):
                page.insert_text((x, 55 + 12 * number), text, fontsize=size)
        page.insert_text((40, 130), "EXPERIENCE", fontsize=12)
        page.insert_text((40, 150), "Engineer at Acme, 2019 - 2022", fontsize=9)
        data = document.tobytes()
    return [line.text for line in pdf.extract(data).lines]


def test_a_paragraph_in_the_head_is_read_apart_from_what_stands_beside_it() -> None:
    found = texts((180, PROSE), (400, CONTACT))
    assert found[:7] == ["Ada Lind-Moor", *PROSE, *CONTACT]


def test_labels_in_the_head_stay_with_their_values() -> None:
    found = texts((180, ["Phone", "Mail", "City"]), (260, ["503 555 0168", "ada@example.org", "Portland"]))
    assert "Phone\t503 555 0168" in found or "Ada\tPhone\t503 555 0168" in found


def test_a_word_that_a_browser_breaks_is_whole_again() -> None:
    assert joined("makers of endos\u2010", "copes and sensors") == "makers of endoscopes and sensors"
    assert joined("a process of take-", "off") == "a process of take-off"
