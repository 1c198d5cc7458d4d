"""How what is to be told is put into batches; pure."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from hotgigs.contracts.webhook_events import MOST_IN_A_BATCH

T = TypeVar("T")


class Portion(Struct, Generic[T], frozen=True, kw_only=True):
    """What one batch takes in; after it the batch ``is_full``, or takes in more."""

    items: Sequence[T]
    is_full: bool


def portions(items: Sequence[T], *, taken: int) -> list[Portion[T]]:
    """In order: the first, which may be nothing, for an open batch that has ``taken`` so many already, each
    other for a batch of its own. At most the last is not full."""
    room = max(0, MOST_IN_A_BATCH - taken)
    starts = [room + at for at in range(0, max(0, len(items) - room), MOST_IN_A_BATCH)]
    parts = [items[:room], *(items[start : start + MOST_IN_A_BATCH] for start in starts)]
    return [
        Portion(items=part, is_full=len(part) + (taken if number == 0 else 0) >= MOST_IN_A_BATCH)
        for number, part in enumerate(parts)
    ]
