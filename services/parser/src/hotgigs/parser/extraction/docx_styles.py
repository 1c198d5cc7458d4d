"""How a DOCX paragraph's text looks, after its styles and theirs (ECMA-376, part 1, 17.7.2)."""

from lxml import etree
from msgspec import Struct

from hotgigs.parser.extraction.docx_package import DocxPackage, W

_OFF = {"0", "false", "off", "none"}
_MAX_ANCESTORS = 12


class Look(Struct, frozen=True):
    """None where a style leaves it open; ``size`` in points."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None

    def over(self, other: "Look") -> "Look":
        return Look(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.size if self.size is None else self.size,
        )


class Style(Struct, frozen=True):
    name: str = ""
    look: Look = Look()
    numbered: bool = False


class Styles:
    """The styles by id, each with what it inherits."""

    def __init__(self, package: DocxPackage) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default = Look()
        self._default_style = ""
        for part in package.related("/styles"):
            defaults = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            self.default = look_of(defaults)
            for element in part.iter(f"{W}style"):
                style_id = element.get(f"{W}styleId", "")
                self._elements[style_id] = element
                if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true"):
                    self._default_style = style_id

    def __getitem__(self, style_id: str | None) -> Style:
        """The style; the default paragraph style for None; a plain one where it is not defined."""
        style_id = self._default_style if style_id is None else style_id
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> Style:
        name, look, numbered = "", Look(), False
        for _ in range(_MAX_ANCESTORS):
            element = self._elements.get(style_id)
            if element is None:
                break
            name = name or value(element, "name")
            look = look.over(look_of(element.find(f"{W}rPr")))
            numbered = numbered or is_numbered(element.find(f"{W}pPr"))
            style_id = value(element, "basedOn")
        return Style(name, look, numbered)


def value(parent: etree._Element | None, tag: str) -> str:
    """``w:val`` of a child element; empty where there is none."""
    child = None if parent is None else parent.find(W + tag)
    return "" if child is None else child.get(f"{W}val", "")


def look_of(properties: etree._Element | None) -> Look:
    """Of a ``w:rPr``."""
    if properties is None:
        return Look()
    half_points = value(properties, "sz")
    return Look(
        _toggle(properties, "b"),
        _toggle(properties, "i"),
        int(half_points) / 2 if half_points.isdecimal() and len(half_points) < 5 else None,
    )


def _toggle(properties: etree._Element, tag: str) -> bool | None:
    element = properties.find(W + tag)
    return None if element is None else element.get(f"{W}val", "1") not in _OFF


def is_numbered(properties: etree._Element | None) -> bool:
    """Does a ``w:pPr`` make the paragraph an item of a list?"""
    number = None if properties is None else properties.find(f"{W}numPr")
    return value(number, "numId") not in ("", "0")
