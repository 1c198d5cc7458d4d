"""What may be in a text that somebody writes: no characters that cannot be kept or seen; pure."""

from typing import Annotated

from msgspec import Meta

from hotgigs.gateway.patterns import LINE, SEEN_LINE, SEEN_TEXT, TEXT

Line = Annotated[str, Meta(max_length=200, pattern=LINE)]
LongLine = Annotated[str, Meta(max_length=500, pattern=LINE)]
Name = Annotated[str, Meta(max_length=200, pattern=SEEN_LINE)]
Text = Annotated[str, Meta(max_length=10_000, pattern=TEXT)]
SomeText = Annotated[str, Meta(max_length=10_000, pattern=SEEN_TEXT)]


def trimmed(text: str | None) -> str | None:
    """Without white space around it; None where nothing else is there."""
    return (text or "").strip() or None
