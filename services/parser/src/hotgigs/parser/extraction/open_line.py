"""A line while it is being read."""

from collections import Counter
from typing import NamedTuple

from hotgigs.parser.document import Line, Story
from hotgigs.parser.extraction.leads import lead
from hotgigs.parser.extraction.special_characters import plain


class Look(NamedTuple):
    bold: bool
    italic: bool
    half_points: int


class OpenLine:
    """Gathers text; the finished line has the look that most of its characters have."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._looks: list[Look] = []
        self._characters: Counter[Look] = Counter()

    def add(self, text: str, look: Look) -> None:
        self._parts.append(text)
        self._looks.append(look)
        self._characters[look] += len(text) - text.count(" ")

    def close(self, *, column: int, story: Story, style: str, is_list_item: bool) -> Line | None:
        """The line, or None where nothing but space was printed; either way a new line begins."""
        text = plain("".join(self._parts)).strip()
        characters, self._characters = self._characters, Counter()
        runs = [(part, look.bold, look.italic) for part, look in zip(self._parts, self._looks, strict=True)]
        self._parts.clear()
        self._looks.clear()
        if not text:
            return None
        return Line(
            text=text,
            font_size=_most(characters, "half_points") / 2,
            weight=700 if _most(characters, "bold") else 400,
            italic=bool(_most(characters, "italic")),
            lead=lead(text, runs) if len(characters) > 1 else "",
            column=column,
            story=story,
            style=style,
            is_list_item=is_list_item,
        )


def _most(characters: Counter[Look], attribute: str) -> int:
    """The value that most characters have."""
    if len(characters) == 1:
        (look,) = characters
        return int(getattr(look, attribute))
    totals: Counter[int] = Counter()
    for look, count in characters.items():
        totals[getattr(look, attribute)] += count
    return totals.most_common(1)[0][0]
