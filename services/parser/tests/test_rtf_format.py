import pytest

from hotgigs.parser.document import Line
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import rtf


def lines(content: str | bytes) -> tuple[Line, ...]:
    raw = content.encode("latin-1") if isinstance(content, str) else content
    return rtf.extract(b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + raw + b"}").lines


def texts(content: str | bytes) -> list[str]:
    return [line.text for line in lines(content)]


def test_paragraphs_and_lines_become_lines() -> None:
    assert texts(r"Ada Example\par\par Engineer\line London\page Two\par last") == [
        "Ada Example",
        "Engineer",
        "London",
        "Two",
        "last",
    ]


def test_line_breaks_of_the_file_mean_nothing() -> None:
    assert texts("Ada Exa\r\nmple\\\nEngineer") == ["Ada Example", "Engineer"]


def test_special_characters() -> None:
    found = texts(r"a\tab b\emdash c\endash d\~e\_f\-g \{h\} \\ \lquote i\rquote  \bullet")
    assert found == ["a\tb—c–d e-fg {h} \\ ‘i’ •"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (rb"r\'e9sum\'e9", "résumé"),
        (rb"r\u233?sum\u233?", "résumé"),
        (rb"\uc2 \u8211\'96\'96x", "–x"),
        (rb"\uc0\u8211 x", "–x"),
        (rb"\u8211\~x", "–x"),
        (rb"{\u8211}x", "–x"),
        (rb"\u-10179?\u-9001?", "📗"),
        (rb"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (rb"{\f2 \'93\'fa\'96\'7b}", "日本"),
        (rb"{\f3\'b7}\tab item", "•\titem"),
        (rb"\ansicpg1250 \'b3", "ł"),
        (rb"\ansicpg99999 \'e9", "é"),
    ],
)
def test_characters_of_every_encoding(content: bytes, text: str) -> None:
    fonts = (
        rb"{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Mincho;}{\f3\fcharset2 Symbol;}}"
    )
    assert texts(fonts + content) == [text]


def test_what_is_not_text_is_left_out() -> None:
    content = (
        r"{\info{\title Curriculum}{\author Ada}}{\colortbl;\red0;}{\*\generator Word;}{\*\unheard of}"
        r"{\pict\wmetafile8 0102abcd}{\*\bkmkstart here}Ada{\*\bkmkend here}"
        r"{\footnote See below.}{\v hidden}{\deleted gone} Example\bin4 }}{{"
    )
    assert texts(content) == ["Ada Example"]


def test_results_of_fields_are_kept() -> None:
    content = r'Mail {\field{\*\fldinst HYPERLINK "mailto:a@example.com"}{\fldrslt{\ul a@example.com}}} now'
    assert texts(content) == ["Mail a@example.com now"]


def test_a_line_looks_as_most_of_its_characters_do() -> None:
    title, plain = lines(r"{\b\fs30 Senior Engineer} at X\par\pard\plain\i\fs21 plain\par")
    assert (title.weight, title.font_size, title.italic) == (700, 15.0, False)
    assert (plain.weight, plain.font_size, plain.italic) == (400, 10.5, True)


def test_a_format_ends_with_its_group() -> None:
    assert [line.weight for line in lines(r"{\b bold\par}plain\par\b bold\b0\par")] == [700, 400, 700]


def test_paragraph_styles_give_name_and_look() -> None:
    sheet = (
        r"{\stylesheet{\fs22 Normal;}{\s1\sbasedon0\b\fs28 heading 1;}{\*\cs10 Strong;}"
        r"{\s2\sbasedon1\b\i heading 2;}}"
    )
    first, second, normal = lines(sheet + r"\s1 Work\par\plain\s2 Job\par\pard\plain text\par")
    assert (first.style, first.weight, first.font_size) == ("Heading 1", 700, 14.0)
    assert (second.style, second.weight, second.italic) == ("Heading 2", 700, True)
    assert (normal.style, normal.weight) == ("Normal", 400)


@pytest.mark.parametrize("mark", [r"{\listtext\f3\'b7\tab}", r"{\pntext 1.\tab}", r"{\*\pntext \bullet\tab}"])
def test_list_items_lose_their_mark(mark: str) -> None:
    found = lines(rf"\pard{mark}Welding\line of pipes\par no item\par")
    assert [(line.text, line.is_list_item) for line in found] == [
        ("Welding", True),
        ("of pipes", False),
        ("no item", False),
    ]


def test_a_cell_with_a_date_is_read_with_the_cell_beside_it() -> None:
    row = r"\trowd\cellx100\cellx200\pard\intbl "
    found = lines(
        row + r"2020\cell Engineer\par London\cell\row" + row + r"\cell Paris\cell\row\pard after\par"
    )
    assert [(line.text, line.column) for line in found] == [
        ("2020\tEngineer", 0),
        ("London", 1),
        ("Paris", 1),
        ("after", 0),
    ]


def test_headers_come_first_and_once_and_footers_last() -> None:
    content = r"{\header Ada\par}{\footer Page \chpgn\par}one\sect{\headerf Ada\par}two\par"
    assert [(line.text, line.story) for line in lines(content)] == [
        ("Ada", "header"),
        ("one", "body"),
        ("two", "body"),
        ("Page", "footer"),
    ]


def test_a_text_box_follows_the_line_it_is_anchored_to() -> None:
    shape = r"{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt a@example.com\par}}{\shprslt{\*\do{\dptxbxtext twice}}}"
    box = rf"{{\shp{shape}}}"
    assert [(line.text, line.story) for line in lines(rf"Ada {box}Example\par Engineer\par")] == [
        ("Ada Example", "body"),
        ("a@example.com", "text_box"),
        ("Engineer", "body"),
    ]


def test_an_old_drawing_with_text_is_a_text_box() -> None:
    found = lines(r"Ada{\*\do\dobxpage{\dptxbxtext London\par}\dpx1}\par")
    assert [(line.text, line.story) for line in found] == [("Ada", "body"), ("London", "text_box")]


def test_a_document_without_its_end_is_read_as_far_as_it_goes() -> None:
    assert [line.text for line in rtf.extract(rb"{\rtf1 {\b Ada\par {\i Engi").lines] == ["Ada", "Engi"]


@pytest.mark.parametrize("content", [b"", b"Ada", b"{\\html", b"\xef\xbb\xbf{}"])
def test_what_is_no_rtf_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        rtf.extract(content)


@pytest.mark.parametrize(
    "content", [b"{" * 2000, b"a" * 600_000, b"{}" * 600_000], ids=["nested", "long", "busy"]
)
def test_what_no_resume_needs_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        lines(content)
