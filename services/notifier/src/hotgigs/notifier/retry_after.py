"""When a receiver wants to be tried again; pure.

Source: RFC 9110, 10.2.3: seconds, or a date of 5.6.7.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST_S = 24 * 3600.0
"""Nobody is waited for longer."""


def wait_s(value: str | None, now: datetime) -> float | None:
    """From ``now``, 0 to `MOST_S`; None where ``value`` says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:32]), MOST_S)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), MOST_S)
