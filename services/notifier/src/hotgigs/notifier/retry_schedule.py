"""When a delivery that failed is tried again; pure."""

from collections.abc import Sequence

from hotgigs.notifier import retry_after

MOST_JITTER = 0.1
"""Of a wait, on top of it: what failed together is not all tried again at the same moment."""
BEYOND_WAIT_S = 24 * 3600.0
"""For how long a try may be late, of a system that was down meanwhile."""


def wait_s(
    schedule: Sequence[float], failures: int, *, jitter: float, retry_after_s: float | None = None
) -> float | None:
    """Seconds from the ``failures``-th failure, counted from 1, to the next try; None where it was the last.
    ``jitter`` is 0 to 1. As long as the receiver asks for at least, but for what is out of all measure."""
    if failures > len(schedule):
        return None
    scheduled = schedule[failures - 1] * (1 + MOST_JITTER * jitter)
    return max(scheduled, min(retry_after_s or 0.0, retry_after.MOST_S))


def quiet_s(schedule: Sequence[float]) -> float:
    """More than any wait between two tries: a webhook not tried for longer had nothing to fail at."""
    return max(retry_after.MOST_S, *schedule) * (1 + MOST_JITTER) + BEYOND_WAIT_S
