"""Tables of jobs whose first row says what stands in their columns, as ``Period, Company, Job``."""

from collections.abc import Sequence

import msgspec

from hotgigs.parser.dates import find_periods
from hotgigs.parser.document import Line
from hotgigs.parser.telling import has_range
from hotgigs.parser.vocabulary import load

_MIN_COLUMNS = 3
_MIN_KNOWN = 2
_MAX_HEAD_CHARS = 40
_FIELDS = {label: field for field, labels in load("labels")["job"].items() for label in labels}
_PRINTED = ("title", "company", "location")
_TOLD = frozenset(load("labels")["telling"]["heads"])


def with_labelled_columns(lines: Sequence[Line]) -> list[Line]:
    """Without the first row of such a table; the parts of its rows with dates have labels before them."""
    found: list[Line] = []
    heads: list[str] = []
    for line in lines:
        parts = line.text.split("\t")
        if own := _heads(parts):
            heads = own
            continue
        if heads and len(parts) == len(heads) and has_range(line):
            labelled = map(_labelled, heads, parts)
            found.append(msgspec.structs.replace(line, text="\t".join(labelled)))
        else:
            found.append(line)
    return found


def _heads(parts: Sequence[str]) -> list[str]:
    """The heads of the columns, without those of what is told; empty where the line is none of heads."""
    heads = [part.strip(" :").casefold() for part in parts]
    if len(heads) < _MIN_COLUMNS or any(len(head) > _MAX_HEAD_CHARS for head in heads):
        return []
    fields = [_FIELDS.get(head) for head in heads]
    if sum(field in _PRINTED for field in fields) < _MIN_KNOWN or any(map(find_periods, parts)):
        return []
    while heads[-1] in _TOLD:
        heads.pop()
    return heads


def _labelled(head: str, part: str) -> str:
    return f"{head}: {part}" if _FIELDS.get(head) in _PRINTED else part
