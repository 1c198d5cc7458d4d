"""What may be in a text that somebody writes: no characters that cannot be kept or seen; pure."""

from typing import Annotated

from msgspec import Meta

from hotgigs.gateway.patterns import CONTROLS, END, SPACES

# No two parts next to each other have a character in common, so that no text takes long to refuse.
_NO_LINE = rf"{CONTROLS}\u2028\u2029"
_NO_TEXT = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_UNSEEN = rf"\t\n\r{SPACES}"


def _pattern(excluded: str, *, is_seen: bool) -> str:
    seen = f"(?![{_UNSEEN}]*{END})" if is_seen else ""
    return f"^{seen}[^{excluded}]*{END}"


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
