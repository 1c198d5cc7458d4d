"""What a line begins with that is set in bold or italics, as a label without a colon is."""

from collections.abc import Iterable


def lead(text: str, runs: Iterable[tuple[str, bool, bool]]) -> str:
    """Of the line's ``text`` that which its first runs say, where they are bold and the others are not,
    else where they are in italics and the others are not; empty where nothing is set so.

    A run is its text, and whether it is bold and in italics.
    """
    printed = [run for run in runs if run[0].strip()]
    if len(printed) < 2:
        return ""
    bold = [run[1] for run in printed]
    marked = bold if any(bold) else [run[2] for run in printed]
    count = next((index for index, is_marked in enumerate(marked) if not is_marked), 0)
    if not count or any(marked[count:]):
        return ""
    letters = sum(len("".join(run[0].split())) for run in printed[:count])
    for end, char in enumerate(text, 1):
        letters -= not char.isspace()
        if not letters:
            return text[:end]
    return ""
