"""One DOCX paragraph as lines: its text as printed, and the look of most of it."""

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from hotgigs.parser.document import Line, Story
from hotgigs.parser.extraction.cleaning import clean
from hotgigs.parser.extraction.docx_package import W
from hotgigs.parser.extraction.docx_styles import Look, Style, Styles, is_numbered, look_of, value
from hotgigs.parser.extraction.leads import lead

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_TEXT_BOX = f"{W}txbxContent"
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_TEXT, _TAB, _RUN = f"{W}t", f"{W}tab", f"{W}r"
_NOT_PRINTED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", _TEXT_BOX, _FALLBACK}
)


class _Run(Struct, frozen=True):
    text: str
    look: Look


def lines(paragraph: etree._Element, styles: Styles, column: int, story: Story) -> Iterator[Line]:
    """The paragraph's lines, parted at its line breaks, empty ones left out."""
    properties = paragraph.find(f"{W}pPr")
    style_id = value(properties, "pStyle") or None
    style = styles[style_id]
    listed = is_numbered(properties) or (style.numbered and not _unnumbered(properties))
    together: list[_Run] = []
    for run in _runs(paragraph, style, styles):
        *ended, rest = run.text.split("\n")
        for text in ended:
            together.append(_Run(text, run.look))
            yield from _line(together, style, listed, column, story)
            together = []
        together.append(_Run(rest, run.look))
    yield from _line(together, style, listed, column, story)


def _unnumbered(properties: etree._Element | None) -> bool:
    number = None if properties is None else properties.find(f"{W}numPr")
    return number is not None and value(number, "numId") == "0"


def _line(runs: list[_Run], style: Style, listed: bool, column: int, story: Story) -> Iterator[Line]:
    text = clean("".join(run.text for run in runs))
    if not text.strip():
        return
    chars = sum(len(run.text) for run in runs)
    longest = max(runs, key=lambda run: len(run.text)).look
    yield Line(
        text=text,
        font_size=longest.size or 0.0,
        weight=700 if 2 * sum(len(run.text) for run in runs if run.look.bold) > chars else 400,
        italic=2 * sum(len(run.text) for run in runs if run.look.italic) > chars,
        lead=lead(text, ((run.text, bool(run.look.bold), bool(run.look.italic)) for run in runs)),
        column=column,
        story=story,
        style=style.name,
        is_list_item=listed,
    )


def _runs(paragraph: etree._Element, style: Style, styles: Styles) -> Iterator[_Run]:
    base = style.look.over(styles.default)
    for run in _printed(paragraph, _RUN):
        properties = run.find(f"{W}rPr")
        look = look_of(properties)
        character_style = value(properties, "rStyle")
        if character_style:
            look = look.over(styles[character_style].look)
        text = "".join(_pieces(run))
        if text:
            yield _Run(text, look.over(base))


def _pieces(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"


def _printed(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Descendants of a tag in document order, but not what is deleted, hidden or in a text box."""
    for child in element:
        if child.tag in _NOT_PRINTED:
            continue
        if child.tag == tag:
            yield child
        elif len(child):
            yield from _printed(child, tag)


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The ``w:txbxContent`` in a paragraph, each once: as drawn, or else its fallback; not those in boxes."""
    for child in element:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag == _ALTERNATIVES:
            drawn = [box for choice in child.iterchildren(_CHOICE) for box in text_boxes(choice)]
            yield from drawn or (box for each in child.iterchildren(_FALLBACK) for box in text_boxes(each))
        elif len(child):
            yield from text_boxes(child)
