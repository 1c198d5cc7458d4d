"""The versions of one file, each a resume that replaces the one before; pure.

A version is of the same person as those before it, and its place among them is by when it was received: so
that the newest leads, in whichever order they are heard of and read.
"""

from datetime import datetime, timedelta

_MOMENT = timedelta(microseconds=1)


def received_at(now: datetime, *, before: datetime | None, after: datetime | None) -> datetime:
    """``before`` is when the version that it replaces was received, ``after`` when the first that replaces
    it was: now, unless that is not between them."""
    at = now if before is None else max(now, before + _MOMENT)
    return at if after is None else min(at, after - _MOMENT)
