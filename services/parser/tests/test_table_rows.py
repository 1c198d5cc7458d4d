from hotgigs.parser.document import Line
from hotgigs.parser.extraction.table_rows import read_row


def rows_of(*cells: tuple[str, ...]) -> list[str]:
    lines = [[Line(text=text, column=column) for text in cell] for column, cell in enumerate(cells)]
    return [line.text for line in read_row(lines)]


def test_a_place_below_the_name_in_a_cell_of_a_grid_is_read_with_it() -> None:
    assert rows_of(("2019 – 2021",), ("Acme Ltd", "Nakuru"), ("Storekeeper",)) == [
        "2019 – 2021\tAcme Ltd, Nakuru\tStorekeeper"
    ]
    assert rows_of(("2019 – 2021",), ("Acme Ltd", "Nakuru"), ("Storekeeper", "Stores")) == [
        "2019 – 2021\tAcme Ltd, Nakuru\tStorekeeper, Stores"
    ]


def test_what_was_done_stays_below_the_row_of_a_grid() -> None:
    assert rows_of(("2019",), ("Acme Ltd",), ("Storekeeper", "• Kept the stores")) == [
        "2019\tAcme Ltd\tStorekeeper",
        "• Kept the stores",
    ]


def test_two_cells_are_read_line_by_line() -> None:
    assert rows_of(("2019",), ("Acme Ltd", "Storekeeper")) == ["2019\tAcme Ltd", "Storekeeper"]
