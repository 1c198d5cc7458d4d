"""Where a page of a list begins or ends, as a text that clients hand back unread."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from hotgigs.gateway.listing.order import ORDERS, Sort

MAX_CHARACTERS = 4096

_FROM, _UNTIL = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class InvalidCursor(ValueError):
    """The cursor is none that was given out, or of a list in another order."""


class Cursor(Struct, frozen=True, kw_only=True):
    """``value`` and ``candidate_id`` are of the row beyond which the page lies, in its direction."""

    sort: Sort
    direction: Literal["next", "prev"]
    value: datetime | str | float
    candidate_id: UUID

    def encoded(self) -> str:
        row = [self.sort, self.direction, self.value, self.candidate_id]
        return base64.urlsafe_b64encode(msgspec.json.encode(row)).decode().rstrip("=")


def cursor_of(text: str, sort: Sort) -> Cursor:
    """Raises InvalidCursor, also for one of another ``sort``."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidCursor
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        parts = msgspec.json.decode(raw, type=tuple[Sort, Literal["next", "prev"], str | float, UUID])
        value = msgspec.convert(parts[2], ORDERS[parts[0]].kind)
    except (binascii.Error, ValueError) as err:
        raise InvalidCursor from err
    if parts[0] != sort or not _is_storable(value):
        raise InvalidCursor
    return Cursor(sort=parts[0], direction=parts[1], value=value, candidate_id=parts[3])


def _is_storable(value: datetime | str | float) -> bool:
    """Can a row have it?"""
    match value:
        case datetime():
            return value.tzinfo is not None and _FROM <= value <= _UNTIL
        case str():
            return "\0" not in value
        case _:
            return True
