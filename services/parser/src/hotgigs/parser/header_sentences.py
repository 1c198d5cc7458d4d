"""Headers of jobs that go on with what is told of the job in the same paragraph."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.roles import names_role

_INLINE = re.compile(r"\s[•▪‣◦]\s(?=\S)")
_FIRST_ITEM = re.compile(r"[)\]]?\s?[:.–-]?\s?[•▪‣◦]\s(?=\S)")
_TITLE = re.compile(r"[)\]]?\.\s(?P<title>[^\W\d_a-z][^.;:]{2,60})\.(?:\s(?=\S)|$)")


def with_parted_sentences(lines: Sequence[Line]) -> list[Line]:
    """``Acme, Rome, 2015 to 2017. Cook. Ran …`` and ``Cook (2015-2017): • Ran …``, parted."""
    found: list[Line] = []
    in_items = False
    for line in lines:
        texts = _texts(line.text)
        if texts is None and in_items and not find_periods(line.text):
            texts = list(_items(line.text)) if _INLINE.search(line.text) else None
        elif texts is not None:
            in_items = texts[1].startswith("•")
        found += [line] if texts is None else [msgspec.structs.replace(line, text=text) for text in texts]
    return found


def _texts(text: str) -> list[str] | None:
    period = next((period for period in find_periods(text) if period.is_range), None)
    if period is None or not period.begin:
        return None
    item = _FIRST_ITEM.match(text, period.finish)
    if item:
        bracket = text[period.finish : item.end()].strip()[:1]
        head = text[: period.finish] + (bracket if bracket in ")]" else "")
        return [head, *_items(f"• {text[item.end() :]}")]
    title = _TITLE.match(text, period.finish)
    if title is None or not names_role(title["title"]):
        return None
    rest = text[title.end() :]
    return [text[: title.start("title")].rstrip(" ."), title["title"], *([rest] if rest else [])]


def _items(text: str) -> Iterator[str]:
    """The text up to the first mark of an item, and every item."""
    first, *items = _INLINE.split(text)
    yield first
    yield from (f"• {item}" for item in items)
