"""python-docx with what it lacks: tabs, shading, borders, fields, columns and text boxes."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph


def new(font: str, size: float, *, margins: tuple[float, float] = (2.0, 2.0), letter: bool = False) -> Any:
    """A document whose paragraphs stand close; margins at the top and sides in cm."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(21.59), Cm(27.94)) if letter else (Cm(21), Cm(29.7))
    section.top_margin = section.bottom_margin = Cm(margins[0])
    section.left_margin = section.right_margin = Cm(margins[1])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    return document


def add(
    where: Any,
    *runs: Any,
    style: str | None = None,
    before: float = 0,
    after: float = 0,
    align: Any = None,
    indent: float = 0,
    hang: float = 0,
    tab: float | None = None,
    leader: bool = False,
) -> Any:
    """A paragraph of texts or (text, format) pairs. A format has letters of b, i, u, s (small caps) and
    c (capitals), then size and color, as in ``b12#204060``. ``tab`` is a right tab in cm."""
    paragraph = where.add_paragraph(style=style)
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if align is not None:
        layout.alignment = align
    if indent or hang:
        layout.left_indent, layout.first_line_indent = Cm(indent), Cm(-hang)
    if tab is not None:
        dots = WD_TAB_LEADER.DOTS if leader else WD_TAB_LEADER.SPACES
        layout.tab_stops.add_tab_stop(Cm(tab), WD_TAB_ALIGNMENT.RIGHT, dots)
    for run in runs:
        text, look = run if isinstance(run, tuple) else (run, "")
        if text:
            write(paragraph, text, look)
    return paragraph


def write(paragraph: Any, text: str, look: str = "") -> Any:
    run = paragraph.add_run(text)
    letters, _, color = look.partition("#")
    size = "".join(c for c in letters if c.isdigit() or c == ".")
    run.bold, run.italic = "b" in letters or None, "i" in letters or None
    run.underline = "u" in letters or None
    run.font.small_caps, run.font.all_caps = "s" in letters or None, "c" in letters or None
    if size:
        run.font.size = Pt(float(size))
    if color:
        run.font.color.rgb = RGBColor.from_string(color.upper())
    return run


def spaced(run: Any, points: float) -> None:
    """Letter-spaced by so many points."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(points * 20)))
    run._element.get_or_add_rPr().append(spacing)


def rule(paragraph: Any, *, color: str = "444444", edge: str = "bottom", size: int = 8) -> None:
    """A line along an edge of the paragraph."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:{edge} w:val="single" w:sz="{size}" w:space="1" '
            f'w:color="{color}"/></w:pBdr>'
        )
    )


def shade(cell_or_paragraph: Any, color: str) -> None:
    shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{color}"/>')
    if hasattr(cell_or_paragraph, "_tc"):
        cell_or_paragraph._tc.get_or_add_tcPr().append(shading)
    else:
        cell_or_paragraph._p.get_or_add_pPr().append(shading)


def table(where: Any, widths: list[float], *, style: str | None = None) -> Any:
    """A table without rows, its columns' widths in cm; without a style it has no borders."""
    made = (
        where.add_table(rows=0, cols=len(widths))
        if hasattr(where, "sections")
        else where.add_table(0, len(widths))
    )
    if style:
        made.style = style
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    return made


def row(made: Any, widths: list[float]) -> list[Any]:
    """The cells of a new row, each with its first paragraph removed on its first use by ``add``."""
    cells = made.add_row().cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return list(cells)


def close(cells: list[Any]) -> None:
    """Cells must end with a paragraph."""
    for cell in cells:
        if not len(cell._tc) or not cell._tc[-1].tag.endswith("}p"):
            cell.add_paragraph()


def columns(section: Any, count: int, gap: float = 1.0) -> None:
    cols = section._sectPr.xpath("./w:cols")[0]
    cols.set(qn("w:num"), str(count))
    cols.set(qn("w:space"), str(round(gap * 567)))


def page_field(paragraph: Any, code: str = "PAGE") -> None:
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


_BOX = (
    '<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:rect style="position:absolute;margin-left:{x}pt;margin-top:{y}pt;'
    "width:{w}pt;height:{h}pt;z-index:1;mso-position-horizontal-relative:page;"
    'mso-position-vertical-relative:page" '
    'filled="t" fillcolor="#{fill}" stroked="f"><v:textbox inset="8pt,8pt,8pt,8pt"><w:txbxContent/>'
    "</v:textbox></v:rect></w:pict></w:r>"
)


def text_box(paragraph: Any, x: float, y: float, width: float, height: float, fill: str) -> Any:
    """A box at cm from the page's corner, anchored to the paragraph; ``add`` writes into it."""
    points = {k: round(v * 28.35, 1) for k, v in (("x", x), ("y", y), ("w", width), ("h", height))}
    run = parse_xml(_BOX.format(ns=nsdecls("w"), fill=fill, **points))
    paragraph._p.append(run)
    return Box(run.xpath(".//w:txbxContent")[0], paragraph)


class Box:
    """The inside of a text box, for ``add``."""

    def __init__(self, content: Any, anchor: Any) -> None:
        self._content, self._anchor = content, anchor

    def add_paragraph(self, style: str | None = None) -> Any:
        made = OxmlElement("w:p")
        self._content.append(made)
        paragraph = Paragraph(made, self._anchor._parent)
        if style:
            paragraph.style = style
        return paragraph

    def fill_from(self, content: Any) -> None:
        self._content.extend(copy.deepcopy(list(content)))

    def pict(self) -> Any:
        return next(self._content.iterancestors(qn("w:pict")))


_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWN = (
    '<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{z}" behindDoc="0" '
    'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{w}" cy="{h}"/><wp:wrapNone/><wp:docPr id="{z}" name="Text Box {z}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
    "</wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
)


@contextmanager
def drawn_box(paragraph: Any, x: float, y: float, width: float, height: float, fill: str) -> Iterator["Box"]:
    """As ``text_box``, in DrawingML; on leaving, what was written is copied into the fallback."""
    sizes = {k: round(v * 360000) for k, v in (("x", x), ("y", y), ("w", width), ("h", height))}
    z = len(paragraph._p) + 1
    run = parse_xml(_DRAWN.format(ns=nsdecls("w", "wp", "a"), fill=fill, z=z, **sizes))
    paragraph._p.append(run)
    content = run.xpath(".//w:txbxContent")[0]
    yield Box(content, paragraph)
    older = text_box(paragraph, x, y, width, height, fill)
    older.fill_from(content)
    pict = older.pict()
    pict.getparent().getparent().remove(pict.getparent())
    run.find(f".//{{{_MC}}}Fallback").append(pict)
