"""What may be in a text that somebody writes: no characters that cannot be kept or seen; pure."""

from typing import Annotated

from msgspec import Meta

# A pattern is searched for, and a final $ would let a line break through. No two parts next to each other
# have a character in common, so that no text takes long to refuse.
_NO_LINE = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
_NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"


def _pattern(excluded: str, *, is_seen: bool) -> str:
    seen = rf"[^\S{excluded}]*[^\s{excluded}]" if is_seen else ""
    return rf"\A{seen}[^{excluded}]*\Z"


Line = Annotated[str, Meta(max_length=200, pattern=_pattern(_NO_LINE, is_seen=False))]
LongLine = Annotated[str, Meta(max_length=500, pattern=_pattern(_NO_LINE, is_seen=False))]
Name = Annotated[str, Meta(max_length=200, pattern=_pattern(_NO_LINE, is_seen=True))]
"""Not of white space alone."""
Text = Annotated[str, Meta(max_length=10_000, pattern=_pattern(_NO_TEXT, is_seen=False))]
"""Of any number of lines."""
SomeText = Annotated[str, Meta(max_length=10_000, pattern=_pattern(_NO_TEXT, is_seen=True))]
"""Not of white space alone."""


def trimmed(text: str | None) -> str | None:
    """Without white space around it; None where nothing else is there."""
    return (text or "").strip() or None
