"""The summary that the candidate wrote."""

from collections.abc import Sequence

from hotgigs.parser.document import Line
from hotgigs.parser.passages import passages
from hotgigs.parser.sections import Section

_MIN_WORDS = 12
MAX_CHARS = 4_000


def read_summary(sections: Sequence[Section]) -> str | None:
    """Of the sections headed so, else the prose that stands at the top without a heading."""
    lines = [line for section in sections if section.kind == "summary" for line in section.lines]
    text = " ".join(passages(lines))
    return (text or _unheaded(sections) or "")[:MAX_CHARS] or None


def _unheaded(sections: Sequence[Section]) -> str | None:
    for section in sections:
        if section.kind != "top":
            continue
        for passage in passages(_prose(section.lines)):
            if len(passage.split()) >= _MIN_WORDS and passage.rstrip().endswith((".", "!")):
                return passage
    return None


def _prose(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if "\t" not in line.text and "|" not in line.text and "@" not in line.text]
