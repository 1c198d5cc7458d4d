"""Times that somebody gives; pure."""

import re
from datetime import UTC, datetime

import msgspec
from litestar.status_codes import HTTP_400_BAD_REQUEST

from hotgigs.gateway.errors import Problem

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def moment_of(name: str, text: str | None) -> datetime | None:
    """In UTC, where no zone is given; of a date alone, its begin. Raises Problem 400, which names the
    parameter."""
    if text is None:
        return None
    try:
        moment = msgspec.convert(f"{text}T00:00:00" if _DATE.fullmatch(text) else text, datetime)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError) as err:
        raise Problem(
            status_code=HTTP_400_BAD_REQUEST,
            detail=f"{name}: a time such as 2026-01-31T09:00:00Z, or a date such as 2026-01-31",
        ) from err


def in_utc(name: str, moment: datetime) -> datetime:
    """Raises Problem 400, which names the field, for a time before the year 1 or after 9999 there."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as err:
        raise Problem(
            status_code=HTTP_400_BAD_REQUEST, detail=f"{name}: a time such as 2026-01-31T09:00:00Z"
        ) from err
