"""How a tag is written, whoever writes it; pure."""

import unicodedata
from collections.abc import Iterable

MAX_CHARACTERS = 50


class NoTag(ValueError):
    """A tag has 1 to 50 characters that can be seen, no comma, and no slash or dots alone around it."""

    def __init__(self) -> None:
        super().__init__(
            f"A tag has 1 to {MAX_CHARACTERS} characters that can be seen, no comma, no slash at its begin or"
            " end, and more than dots in it."
        )


def tag_of(text: str) -> str:
    """In lower case, with single spaces; the same for texts that look the same. Raises NoTag.

    A comma divides tags in a query, and a slash and dots mean something else in an address.
    """
    tag = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    tag = " ".join(tag.split())
    if (
        not 1 <= len(tag) <= MAX_CHARACTERS
        or not tag.isprintable()
        or "," in tag
        or tag.strip("/") != tag
        or not tag.strip(".")
    ):
        raise NoTag
    return tag


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order. Raises NoTag."""
    return tuple(dict.fromkeys(map(tag_of, texts)))
