"""Characters with a meaning of their own in the text of a DOC, [MS-DOC] 2.4.1."""

import re
from typing import Final

CELL_END: Final = "\x07"
LINE_BREAK: Final = "\x0b"
SYMBOL: Final = "("
"""Stands for the character of a symbol font that its format names."""

FIELD_BEGIN, FIELD_SEPARATOR, FIELD_END = "\x13", "\x14", "\x15"
FIELD_MARKS: Final = re.compile(r"([\x13\x14\x15])")

LINE_ENDS: Final = re.compile(r"[\r\x07\x0b\x0c\x0e]")
"""Paragraph, cell, line, page or section, and column."""
