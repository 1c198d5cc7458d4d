"""Parts of an entry's header that only their look sets apart, as **Company** City."""

from collections.abc import Iterable

import msgspec

from hotgigs.parser.document import Line
from hotgigs.parser.separators import bullet_text

_MAX_WORDS = 6
_SMALL = 4
"""Characters of a word that a name may have in lower case, as in Bank of Cork."""


def with_leads_apart(lines: Iterable[Line]) -> list[Line]:
    """A tab follows the words that a line begins with in bold or italics, where no mark does."""
    return [_parted(line) for line in lines]


def _parted(line: Line) -> Line:
    if not line.lead or not line.text.startswith(line.lead) or bullet_text(line.text) is not None:
        return line
    lead, rest = line.lead.rstrip(), line.text[len(line.lead) :]
    if rest[:1] != " " or not (lead[-1].isalnum() or lead[-1] in ".)"):
        return line
    rest = rest.strip()
    words = rest.split()
    if not 0 < len(words) <= _MAX_WORDS or not rest[0].isupper() or rest[-1] in ".;:" or "\t" in rest:
        return line
    if any(word[0].islower() and len(word) > _SMALL for word in words):
        return line
    return msgspec.structs.replace(line, text=f"{lead}\t{rest}", lead="")
