"""Where the text of a group goes."""

from enum import Enum, auto
from typing import Final

from hotgigs.parser.document import Story


class Destination(Enum):
    TEXT = auto()
    """Printed, in the story of the surrounding group."""
    STORY = auto()
    """Printed, in a story of its own."""
    LIST_MARK = auto()
    """The bullet or number of a list item: only noticed."""
    FONTS = auto()
    STYLES = auto()
    SILENT = auto()
    """Not printed, but groups inside it may be."""
    SKIPPED = auto()
    """Not printed, whatever is inside."""


STORIES: Final[dict[str, Story]] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("shptxt", "dptxbxtext"), "text_box"),
}

# fmt: off
_SKIPPED: Final = (
    "annotation", "atnauthor", "atnid", "background", "bkmkend", "bkmkstart", "colorschememapping",
    "colortbl", "datafield", "datastore", "filetbl", "fldinst", "footnote", "formfield", "ftncn",
    "ftnsep", "ftnsepc", "aftncn", "aftnsep", "aftnsepc", "generator", "info", "latentstyles",
    "listoverridetable", "listtable", "nonshppict", "objclass", "objdata", "objname", "pgdsctbl", "pict",
    "pnseclvl", "pntxta", "pntxtb", "revtbl", "rsidtbl", "rxe", "shprslt", "sn", "sp", "sv", "tc", "tcn",
    "template", "themedata", "userprops", "wgrffmtfilter", "xe", "xmlnstbl",
)
# fmt: on

BY_WORD: Final[dict[str, Destination]] = {
    **dict.fromkeys(STORIES, Destination.STORY),
    **dict.fromkeys(_SKIPPED, Destination.SKIPPED),
    **dict.fromkeys(("listtext", "pntext"), Destination.LIST_MARK),
    **dict.fromkeys(("do", "object", "shp", "shpinst", "shpgrp", "upr"), Destination.SILENT),
    **dict.fromkeys(("fldrslt", "result", "ud"), Destination.TEXT),
    "fonttbl": Destination.FONTS,
    "stylesheet": Destination.STYLES,
}
