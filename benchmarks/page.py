"""The page of results: rows of a figure, its peer's, and the ratio between them."""

from collections.abc import Sequence

from msgspec import Struct

_WIDTHS = (50, 24, 34)


class Unavailable(Exception):
    """A benchmark cannot run here; ``str()`` is the reason that its row gives."""


class Row(Struct, frozen=True, kw_only=True):
    """``ratio`` is speed against the peer's: above 1 is faster, in rates and in times alike."""

    what: str
    ours: str
    peer: str = ""
    ratio: float | None = None


def rate(what: str, ours_per_s: float, peer: str, peer_per_s: float, *, unit: str = "/s") -> Row:
    return Row(
        what=what,
        ours=f"{ours_per_s:,.0f} {unit}" if ours_per_s >= 100 else f"{ours_per_s:.1f} {unit}",
        peer=f"{peer_per_s:,.0f} {unit} {peer}" if peer_per_s >= 100 else f"{peer_per_s:.1f} {unit} {peer}",
        ratio=ours_per_s / peer_per_s,
    )


def duration(what: str, ours_s: float, peer: str, peer_s: float) -> Row:
    return Row(
        what=what,
        ours=f"{ours_s * 1000:.2f} ms",
        peer=f"{peer_s * 1000:.2f} ms {peer}",
        ratio=peer_s / ours_s,
    )


def render(title: str, rows: Sequence[Row]) -> str:
    lines = [title]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:7.2f}"
        columns = [
            text.ljust(width) for text, width in zip((row.what, row.ours, row.peer), _WIDTHS, strict=True)
        ]
        lines.append("  " + " ".join([*columns, ratio]).rstrip())
    return "\n".join(lines)
