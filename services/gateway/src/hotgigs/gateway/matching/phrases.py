"""Numbers, lists and others' words inside of a sentence; pure."""

from collections.abc import Sequence

LONGEST = 80
"""In characters, of what somebody wrote elsewhere."""


def joined(words: Sequence[str], *, most: int | None = None) -> str:
    """``A``, ``A and B``, ``A, B and C``, ``A, B and 3 more``."""
    if most is not None and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def years(count: float) -> str:
    """With one decimal at most: ``less than a year``, ``1 year``, ``4.5 years``."""
    rounded = round(count, 1)
    if rounded < 1:
        return "less than a year"
    return "1 year" if rounded == 1 else f"{rounded:g} years"


def asked_years(count: float) -> str:
    """What is asked for: ``1 is``, ``5 are``."""
    return f"{count:g} {'is' if count == 1 else 'are'}"


def quoted(text: str | None) -> str:
    """In one line and not too long; empty without text."""
    line = " ".join((text or "").split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
