"""The head of a first page, where a name, a paragraph and contact details may stand side by side.

They have no headings that would tell columns, and their lines may stand on one height.
"""

from collections.abc import Sequence

from hotgigs.parser.extraction.pdf_blocks import LineOf, block, joined_lines, with_blocks
from hotgigs.parser.extraction.pdf_columns import regions
from hotgigs.parser.extraction.pdf_fragments import Block, Fragment
from hotgigs.parser.headings import kind_of_heading
from hotgigs.parser.roles import names_role

_MAX_FRAGMENTS = 60
_SAME_EDGE = 3.0
"""Points."""
_MAX_GAP = 0.9
"""Times the font size, between the lines of a stack."""
_SAME_SIZE = 1.25
_MIN_PROSE_LINES = 3
_MIN_PROSE_CHARS = 28
"""Of a line of prose, on average."""
_NAME_SIZE = 1.5
"""Times the size of the other text."""
_MAX_NAME_LINES = 4
_MAX_NAME_WORDS = 3
"""In a line of a name that runs over several."""

Stack = list[Fragment]


def with_head_stacks(fragments: Sequence[Fragment], end: float | None, line_of: LineOf) -> list[Fragment]:
    """In the given order; stacks of lines that stand beside a paragraph are read one by one.

    ``end``: where the head ends, in points from the top; at the first heading where it is None.
    """
    if end is None:
        headings = (each.y0 for each in fragments if kind_of_heading(each.text) not in (None, "title"))
        end = min(headings, default=0.0)
    head = [each for each in fragments if each.y1 <= end + 1 and not isinstance(each, Block)]
    if not 2 * _MIN_PROSE_LINES <= len(head) <= _MAX_FRAGMENTS:
        return list(fragments)
    stacks = _stacks(head)
    prose = [stack for stack in stacks if _is_prose(stack)]
    if not any(_beside(stack, other) for stack in prose for other in stacks if other is not stack):
        return list(fragments)
    if _is_parted(fragments, head):
        return list(fragments)
    found: list[tuple[Stack, Block]] = []
    for row in _rows_of(stacks):
        top, bottom = min(stack[0].y0 for stack in row), max(stack[-1].y1 for stack in row)
        found += ((stack, _block(stack, head, (top, bottom), line_of)) for stack in row if len(row) > 1)
    return with_blocks(fragments, found)


def _is_parted(fragments: Sequence[Fragment], head: Sequence[Fragment]) -> bool:
    """Do columns of the page begin in its head and go on below it?"""
    own = {id(each) for each in head}
    found, _ = regions(fragments)
    both = [region for region in found if len({id(each) in own for each in region.fragments}) > 1]
    return len(both) > 1


def _rows_of(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Stacks whose heights overlap, from the top."""
    found: list[list[Stack]] = []
    bottom = 0.0
    for stack in sorted(stacks, key=lambda stack: stack[0].y0):
        if found and stack[0].y0 < bottom:
            found[-1].append(stack)
        else:
            found.append([stack])
        bottom = max(bottom, stack[-1].y1)
    return found


def _stacks(head: Sequence[Fragment]) -> list[Stack]:
    """Lines of much the same size that stand close below each other and share an edge."""
    found: list[Stack] = []
    for fragment in sorted(head, key=lambda each: each.y0):
        stack = next((stack for stack in reversed(found) if _goes_on(stack[-1], fragment)), None)
        if stack is None:
            found.append([fragment])
        else:
            stack.append(fragment)
    return found


def _goes_on(upper: Fragment, lower: Fragment) -> bool:
    if not -0.5 * upper.size <= lower.y0 - upper.y1 <= _MAX_GAP * upper.size:
        return False
    small, large = sorted((upper.size, lower.size))
    if large > _SAME_SIZE * small:
        return False
    middles = abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2
    return min(abs(upper.x0 - lower.x0), abs(upper.x1 - lower.x1), middles) <= _SAME_EDGE


def _is_prose(stack: Stack) -> bool:
    if len(stack) < _MIN_PROSE_LINES or any("@" in each.text or "\t" in each.text for each in stack):
        return False
    if sum(len(each.text) for each in stack[:-1]) < _MIN_PROSE_CHARS * (len(stack) - 1):
        return False
    return 3 * sum(each.text[0].islower() for each in stack[1:]) >= len(stack) - 1


def _beside(one: Stack, other: Stack) -> bool:
    if min(each.x0 for each in one) < max(each.x1 for each in other) and min(each.x0 for each in other) < max(
        each.x1 for each in one
    ):
        return False
    return one[0].y0 < other[-1].y1 and other[0].y0 < one[-1].y1


def _block(stack: Stack, head: Sequence[Fragment], heights: tuple[float, float], line_of: LineOf) -> Block:
    """As high as its row, so that it is read from left to right."""
    lines = [line_of([each]) for each in stack]
    if _is_name(stack, head):
        lines = [joined_lines(lines)]
    top, bottom = heights
    edges = (min(each.x0 for each in stack), top, max(each.x1 for each in stack), bottom)
    return block(lines, stack[0], edges)


def _is_name(stack: Stack, head: Sequence[Fragment]) -> bool:
    """Is it much larger than all other text, and of a few words a line?"""
    others = [each.size for each in head if all(each is not own for own in stack)]
    if not 1 < len(stack) <= _MAX_NAME_LINES or stack[0].size < _NAME_SIZE * max(others, default=0.0):
        return False
    return all(
        each.text.count(" ") < _MAX_NAME_WORDS and not names_role(each.text) and not each.text.isdigit()
        for each in stack
    )
