import pymupdf

from hotgigs.parser.extraction import pdf


def texts(lines: list[tuple[str, int]]) -> list[str]:
    """Of a page with a small disc before each line for each in the count given."""
    with pymupdf.open() as document:
        page = document.new_page()
        for number, (text, discs) in enumerate(lines):
            y = 100 + 14 * number
            for disc in range(discs):
                page.draw_circle((54 - 8 * disc, y - 3), 1.5, fill=(0, 0, 0))
            page.insert_text((62, y), text, fontsize=10)
        data = document.tobytes()
    return [line.text for line in pdf.extract(data).lines]


def test_discs_that_are_drawn_before_lines_are_marks_of_a_list() -> None:
    lines = [("Engineer, Acme", 0), ("Kept pumps going", 1), ("of line two", 0), ("Trained three people", 1)]
    assert texts(lines) == ["Engineer, Acme", "• Kept pumps going", "of line two", "• Trained three people"]


def test_several_shapes_before_a_text_are_no_mark() -> None:
    assert texts([("German", 3), ("English", 3)]) == ["German", "English"]


def test_a_shape_by_itself_is_no_mark() -> None:
    assert texts([("Ada Lind", 1), ("Engineer", 0)]) == ["Ada Lind", "Engineer"]


def test_shapes_before_entries_with_dates_are_no_marks_of_a_list() -> None:
    lines = [("Engineer, Acme, 2019 - 2022", 1), ("Analyst, Umbrella, 2015 - 2019", 1), ("Trainee", 1)]
    assert texts(lines) == [text for text, _ in lines]
