"""What a try means for its delivery, and for its webhook; pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from hotgigs.contracts.webhook_state import DisabledBy
from hotgigs.notifier import retry_schedule
from hotgigs.notifier.sending import Answered

GONE = 410
NEWEST_COUNTS_FOR = 0.25
"""Of the mean duration: what has become slow is taken for slow after a few tries, and the other way round."""


class Verdict(Struct, frozen=True, kw_only=True):
    """``wait_s`` is until the next try, of a delivery that is still pending."""

    status: Literal["delivered", "pending", "failed"]
    wait_s: float | None = None


class Health(Struct, frozen=True, kw_only=True):
    """As the row of `health`; ``mean_duration_ms`` is 0 before the first try."""

    failing_since: datetime | None = None
    failed_at: datetime | None = None
    """The last failure since then."""
    mean_duration_ms: float = 0.0


def verdict(answered: Answered, *, failures: int, schedule: Sequence[float], jitter: float) -> Verdict:
    """``failures`` are those before it since the delivery's schedule began."""
    if answered.error is None:
        return Verdict(status="delivered")
    if answered.status_code == GONE:
        return Verdict(status="failed")
    wait_s = retry_schedule.wait_s(
        schedule, failures + 1, jitter=jitter, retry_after_s=answered.retry_after_s
    )
    return Verdict(status="failed") if wait_s is None else Verdict(status="pending", wait_s=wait_s)


def health_after(health: Health, answered: Answered, *, now: datetime, quiet: timedelta) -> Health:
    """A failure that follows none within ``quiet`` is the first."""
    mean = health.mean_duration_ms
    has_failed = answered.error is not None
    return Health(
        failing_since=_failing_since(health, now, quiet) or now if has_failed else None,
        failed_at=now if has_failed else None,
        mean_duration_ms=mean + (answered.duration_ms - mean) * (NEWEST_COUNTS_FOR if mean else 1.0),
    )


def failing_for(health: Health, *, now: datetime, quiet: timedelta) -> timedelta | None:
    """None for a webhook that a failure now would be the first of."""
    since = _failing_since(health, now, quiet)
    return None if since is None else now - since


def disabled_by(answered: Answered, *, failing_for: timedelta | None, after: timedelta) -> DisabledBy | None:
    """Whether the try was its webhook's last for now. ``failing_for`` is since nothing was accepted."""
    if answered.error is None:
        return None
    if answered.status_code == GONE:
        return "gone"
    return "failing" if failing_for is not None and failing_for > after else None


def _failing_since(health: Health, now: datetime, quiet: timedelta) -> datetime | None:
    is_over = health.failed_at is None or now - health.failed_at > quiet
    return None if is_over else health.failing_since
