from contextlib import suppress

import pymupdf
import pytest

from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import pdf


def drawn(*pages: list[tuple[float, float, str]], bold: tuple[str, ...] = ()) -> bytes:
    """A PDF with each text at its x and y."""
    with pymupdf.open() as document:
        for texts in pages:
            page = document.new_page()
            for x, y, text in texts:
                page.insert_text((x, y), text, fontname="hebo" if text in bold else "helv", fontsize=10)
        return document.tobytes()


def texts(data: bytes) -> list[str]:
    return [line.text for line in pdf.extract(data).lines]


def column(x: float, *lines: str, top: float = 100, pitch: float = 14) -> list[tuple[float, float, str]]:
    return [(x, top + pitch * index, text) for index, text in enumerate(lines)]


def test_a_sidebar_is_read_on_its_own() -> None:
    side = column(40, "SKILLS", "SQL", "Python", "LANGUAGES", "English", pitch=17)
    main = column(
        220, "EXPERIENCE", "Engineer at Acme", "Wrote many things for many people", "EDUCATION", "BSc"
    )
    document = pdf.extract(drawn(side + main))
    assert [line.text for line in document.lines if line.column == 0] == [text for *_, text in side]
    assert [line.text for line in document.lines if line.column == 1] == [text for *_, text in main]


def test_a_gutter_of_dates_is_read_with_the_lines_beside_it() -> None:
    page = [
        *column(40, "EXPERIENCE", top=80),
        (40, 100, "2019 - 2022"),
        (160, 100, "Engineer"),
        (160, 114, "Acme GmbH, Berlin"),
        (40, 140, "2015 - 2019"),
        (160, 140, "Analyst"),
        (160, 154, "Umbrella AG, Bonn"),
        (40, 180, "2012 - 2015"),
        (160, 180, "Trainee"),
    ]
    assert texts(drawn(page))[1:3] == ["2019 - 2022\tEngineer", "Acme GmbH, Berlin"]


def test_a_date_that_its_gutter_breaks_is_whole() -> None:
    page = [(40, 100, "January 2019 -"), (40, 112, "May 2020"), (160, 100, "Engineer"), (160, 112, "Acme")]
    assert texts(drawn(page)) == ["January 2019 - May 2020\tEngineer", "Acme"]


def test_a_date_that_the_right_edge_breaks_is_whole_and_its_place_moves_up() -> None:
    upper, place = "From June 2016 to May", "Roubaix"
    right = {text: 500 - pymupdf.get_text_length(text, fontsize=10) for text in (upper, "2019", place)}
    page = [
        (40, 100, "CABINET DURAND"),
        (right[upper], 100, upper),
        (40, 113, "Secrétaire juridique"),
        (right["2019"], 113, "2019"),
        (40, 126, "Constitution des dossiers."),
        (right[place], 126, place),
    ]
    assert texts(drawn(page)) == [
        "CABINET DURAND\tFrom June 2016 to May 2019",
        "Secrétaire juridique\tRoubaix",
        "Constitution des dossiers.",
    ]


def test_footers_that_recur_and_page_numbers_are_set_apart() -> None:
    pages = [
        [(40, 100, f"Text of page {n}."), (40, 810, "Ann Lee, Berlin"), (300, 825, f"{n} / 2")]
        for n in (1, 2)
    ]
    stories = {line.text: line.story for line in pdf.extract(drawn(*pages)).lines}
    assert stories == {
        "Text of page 1.": "body",
        "Text of page 2.": "body",
        "Ann Lee, Berlin": "footer",
        "1 / 2": "footer",
        "2 / 2": "footer",
    }


def test_weight_size_and_position_are_kept() -> None:
    line = pdf.extract(drawn([(40, 100, "EDUCATION")], bold=("EDUCATION",))).lines[0]
    assert (line.weight, line.font_size, line.page, round(line.x0)) == (700, 10.0, 1, 40)


def test_a_scan_is_refused_in_words_for_a_recruiter() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 40))
        pixels.clear_with(200)
        page.insert_image(page.rect, pixmap=pixels)
        data = document.tobytes()
    with pytest.raises(Unreadable, match="scan"):
        pdf.extract(data)


def test_a_password_is_asked_to_be_taken_off() -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((40, 40), "secret")
        data = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    with pytest.raises(Unreadable, match="password"):
        pdf.extract(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing more", b"\x00" * 100])
def test_a_damaged_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        pdf.extract(data)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_anywhere_is_read_or_unreadable(share: float) -> None:
    data = drawn(column(40, *(f"Line {n} of the text" for n in range(30))))
    with suppress(Unreadable):
        assert pdf.extract(data[: int(len(data) * share)]).lines


def test_cards_beside_each_other_are_read_one_by_one() -> None:
    left = column(40, "BSc Botany", "Marwick University", "2014 - 2017")
    right = column(300, "MSc Ecology", "Elm Institute", "2017 - 2019")
    assert texts(drawn(column(40, "EDUCATION", top=80) + left + right))[1:] == [
        *(text for *_, text in left),
        *(text for *_, text in right),
    ]


def test_a_table_with_a_degree_a_row_is_read_row_by_row() -> None:
    page = [
        *column(40, "Degree", "BSc Botany", "MSc Ecology"),
        *column(200, "School", "Marwick University", "Elm Institute"),
        *column(400, "Year", "2017", "2019"),
    ]
    assert texts(drawn(page)) == [
        "Degree\tSchool\tYear",
        "BSc Botany\tMarwick University\t2017",
        "MSc Ecology\tElm Institute\t2019",
    ]


def test_letter_spaced_words_are_closed_up_and_stay_apart() -> None:
    x, page = 40.0, []
    for letter in "ADA QUILL":
        page += [(x, 100.0, letter)] if letter != " " else []
        x += pymupdf.get_text_length(letter, fontsize=10) + 3
    assert texts(drawn(page)) == ["ADA QUILL"]


def test_a_heading_over_two_lines_beside_its_text_is_one() -> None:
    page = [
        (40, 100, "Licences and"),
        (40, 114, "Certificates"),
        (200, 100, "Forklift licence, 2019"),
        (200, 118, "First aid, 2021"),
        (200, 132, "Working at heights, 2022, and what goes with it"),
    ]
    bold = ("Licences and", "Certificates")
    assert texts(drawn(page, bold=bold))[0] == "Licences and Certificates\tForklift licence, 2019"


def test_a_label_close_to_the_edge_of_the_text_is_parted_from_it() -> None:
    page = column(120, *(f"What was done {number}" for number in range(6)))
    page += [(61.7, 128, "06.2014 -"), (66.7, 142, "09.2017"), (66.7, 170, "10.2018")]
    assert texts(drawn(page))[2] == "06.2014 - 09.2017\tWhat was done 2"


def test_a_name_shares_no_line_with_small_print_on_another_baseline() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((40, 100), "Ada Quill", fontsize=34)
        page.insert_text((400, 92), "12 Elm Lane, Marwick", fontsize=9)
        page.insert_text((400, 104), "ada@example.org", fontsize=9)
        data = document.tobytes()
    assert texts(data) == ["Ada Quill", "12 Elm Lane, Marwick", "ada@example.org"]


def test_the_head_of_a_page_stands_above_columns_that_begin_on_one_height() -> None:
    head = [(40, 50, "Ann Lee"), (330, 43, "Berlin"), (330, 55, "ann@example.com"), (330, 67, "030 1234567")]
    left = column(40, "EXPERIENCE", "Engineer at Acme", "Built bridges", "Trainee at Umbrella", "Drew maps")
    right = column(330, "SKILLS", "SQL", "Python", "LANGUAGES", "English", "German", pitch=17)
    lines = texts(drawn(head + left + right))
    assert "\t".join(lines[: lines.index("EXPERIENCE")]).count("\t") == len(head) - 1
    assert lines[lines.index("EXPERIENCE") :] == [text for *_, text in left + right]


def test_headings_in_the_middle_of_the_page_make_no_column() -> None:
    page = [
        *[(60.0, 80.0 + 90 * number, "x" * 95) for number in range(3)],
        (268, 100, "KEY SKILLS"),
        *[(60, y, label) for y, label in ((120, "Delivery"), (134, "Change"), (148, "Tools"))],
        *[(160, y, text) for y, text in ((120, "Budgeting"), (134, "Training"), (148, "Jira"))],
        (266, 190, "EXPERIENCE"),
        *[(60, y, text) for y, text in ((210, "Engineer"), (224, "Acme"), (238, "Built bridges"))],
    ]
    lines = texts(drawn(page))
    assert lines.index("EXPERIENCE") < lines.index("Engineer")
    assert "Delivery\tBudgeting" in lines
