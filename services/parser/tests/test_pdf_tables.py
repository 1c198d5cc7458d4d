import pymupdf

from hotgigs.parser.column_heads import with_labelled_columns
from hotgigs.parser.document import Line
from hotgigs.parser.extraction import pdf
from hotgigs.parser.extraction.table_rows import read_row

Cells = list[list[str]]


def ruled(rows: list[Cells], widths: tuple[int, ...], *, sides: bool = True) -> bytes:
    """A PDF with a table whose cells hold the lines given; ``sides``: it is closed left and right."""
    with pymupdf.open() as document:
        page = document.new_page()
        edges = [50 + sum(widths[:index]) for index in range(len(widths) + 1)]
        top = 100.0
        for cells in rows:
            bottom = top + 8 + 12 * max(map(len, cells))
            for y in (top, bottom):
                page.draw_line((edges[0], y), (edges[-1], y))
            for x in edges if sides else edges[1:-1]:
                page.draw_line((x, top), (x, bottom))
            for x, lines in zip(edges, cells, strict=False):
                for number, text in enumerate(lines):
                    page.insert_text((x + 4, top + 12 + 12 * number), text, fontname="helv", fontsize=8)
            top = bottom
        return document.tobytes()


def texts(data: bytes) -> list[str]:
    return [line.text for line in pdf.extract(data).lines]


JOBS = [
    [
        ["2019 - 2022"],
        ["Northwind", "Logistics Ltd"],
        ["Senior Process", "Engineer"],
        ["- Ran two lines of", "the plant."],
    ],
    [["2015 - 2019"], ["Acme GmbH"], ["Technician"], ["- Kept pumps going.", "- Trained three", "people."]],
]


def test_what_wraps_in_the_cells_of_a_ruled_table_is_put_together() -> None:
    expected = [
        "2019 - 2022\tNorthwind Logistics Ltd\tSenior Process Engineer",
        "- Ran two lines of the plant.",
        "2015 - 2019\tAcme GmbH\tTechnician",
        "- Kept pumps going.",
        "- Trained three people.",
    ]
    assert texts(ruled(JOBS, (80, 70, 70, 90))) == expected
    assert texts(ruled(JOBS, (80, 70, 70, 90), sides=False)) == expected


def test_cells_that_touch_are_parted_at_the_line_between_them() -> None:
    rows = [[["2019 - 2022 x"], ["Northwind Ltd"]], [["2015 - 2019 y"], ["Acme GmbH"]]]
    assert texts(ruled(rows, (55, 90))) == ["2019 - 2022 x\tNorthwind Ltd", "2015 - 2019 y\tAcme GmbH"]


def test_boxes_beside_each_other_are_no_row_of_a_table() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for x, name, year in ((50, "First certificate", "2019"), (200, "Second certificate", "2021")):
            page.draw_rect((x, 100, x + 140, 140))
            page.insert_text((x + 5, 115), name, fontsize=9)
            page.insert_text((x + 5, 128), year, fontsize=9)
        data = document.tobytes()
    assert texts(data)[0] == "First certificate"


def test_labels_before_values_make_a_line_each() -> None:
    row = [[Line(text="Phone:")], [Line(text="030 1234567")], [Line(text="City:")], [Line(text="Berlin")]]
    assert [line.text for line in read_row(row)] == ["Phone:\t030 1234567", "City:\tBerlin"]


def test_the_first_row_of_a_table_says_what_stands_in_its_columns() -> None:
    lines = [
        Line(text="Period\tEmployer\tPosition\tTasks"),
        Line(text="2019 - 2022\tPohlmann\tOstermann"),
        Line(text="Something else"),
    ]
    found = [line.text for line in with_labelled_columns(lines)]
    assert found == ["2019 - 2022\temployer: Pohlmann\tposition: Ostermann", "Something else"]


def boxed(*boxes: tuple[float, list[str]], width: float = 150) -> bytes:
    """A PDF with boxes beside each other, each with its left edge and its lines."""
    with pymupdf.open() as document:
        page = document.new_page()
        for x, lines in boxes:
            page.draw_rect((x, 100, x + width, 110 + 14 * 4))
            for number, text in enumerate(lines):
                page.insert_text((x + 8, 115 + 13 * number), text, fontsize=9)
        return document.tobytes()


def test_boxes_beside_each_other_are_read_one_by_one() -> None:
    first = ["Northwind Ltd", "Engineer", "2019 - 2022", "Kept pumps going."]
    second = ["Acme GmbH", "Technician", "2015 - 2019"]
    assert texts(boxed((50, first), (220, second))) == [*first, *second]


def test_a_list_that_wraps_in_a_box_is_put_together() -> None:
    first = ["Tools", "Desmos / GeoGebra / KAMAR / Google", "Classroom"]
    found = texts(boxed((50, first), (250, ["Languages", "English: native"]), width=180))
    assert found == ["Tools", "Desmos / GeoGebra / KAMAR / Google Classroom", "Languages", "English: native"]
