"""How long to wait before Google is asked again.

Source: "Resolve errors" of the Drive API: truncated exponential backoff, with up to one step's length of
jitter.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct

_SECONDS = re.compile(r"[0-9]{1,9}")


class Backoff(Struct, frozen=True, kw_only=True):
    first_seconds: float = 1.0
    most_seconds: float = 64.0

    def seconds(self, failures: int, jitter: float) -> float:
        """After so many failures in a row, from 1 on; ``jitter`` in 0 to 1."""
        steps = 2.0 ** min(failures - 1, 32)
        return min(self.first_seconds * (steps + jitter), self.most_seconds)


def asked_seconds(retry_after: str | None, now: datetime) -> float | None:
    """What a Retry-After header (RFC 9110: seconds, or a date) asks for; None where it says nothing that
    can be read."""
    if retry_after is None:
        return None
    if _SECONDS.fullmatch(retry_after.strip()):
        return float(retry_after)
    try:
        date = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())
