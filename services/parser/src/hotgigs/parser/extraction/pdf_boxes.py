"""Boxes that stand side by side on a PDF page, as cards do: each is read on its own."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from hotgigs.parser.extraction.pdf_blocks import LineOf, block, paragraphs, with_blocks
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment

_MIN_WIDTH, _MIN_HEIGHT = 60.0, 25.0
"""Points."""
_MAX_SHARE = 0.45
"""Of the page's height: a higher box is a column."""
_MAX_BOXES = 200
_OVERLAPS = 2.0
"""Points by which text may stand over an edge."""


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float

    def is_beside(self, other: "Box") -> bool:
        if self.x0 < other.x1 and other.x0 < self.x1:
            return False
        overlap = min(self.y1, other.y1) - max(self.y0, other.y0)
        return 2 * overlap > min(self.y1 - self.y0, other.y1 - other.y0)

    def holds(self, fragment: Fragment) -> bool:
        return (
            self.x0 - _OVERLAPS <= fragment.x0
            and fragment.x1 <= self.x1 + _OVERLAPS
            and self.y0 <= (fragment.y0 + fragment.y1) / 2 <= self.y1
        )


def with_boxes(
    drawings: Iterable[dict[str, Any]], height: float, fragments: Sequence[Fragment], line_of: LineOf
) -> list[Fragment]:
    """In the given order; a box takes the place of its first fragment. ``height``: the page's, in points."""
    boxes = {
        Box(*map(float, drawing["rect"]))
        for drawing in drawings
        if drawing["rect"][2] - drawing["rect"][0] >= _MIN_WIDTH
        and _MIN_HEIGHT <= drawing["rect"][3] - drawing["rect"][1] <= _MAX_SHARE * height
    }
    if not 2 <= len(boxes) <= _MAX_BOXES:
        return list(fragments)
    beside = sorted(
        (box for box in boxes if any(box.is_beside(other) for other in boxes)),
        key=lambda box: (box.x1 - box.x0) * (box.y1 - box.y0),
    )
    held: dict[Box, list[Fragment]] = {}
    for fragment in fragments:
        box = next((box for box in beside if not isinstance(fragment, Block) and box.holds(fragment)), None)
        if box is not None:
            held.setdefault(box, []).append(fragment)
    found = [
        (own, block(paragraphs(box.x0, box.x1, own, line_of, has_headers=True), own[0], box))
        for box, own in held.items()
        if len(own) > 1 and any(box.is_beside(other) for other in held)
    ]
    return with_blocks(fragments, found) if found else list(fragments)
