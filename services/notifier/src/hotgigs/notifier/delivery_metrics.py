"""What is counted and timed of tries."""

from prometheus_client import Counter, Gauge, Histogram

from hotgigs.notifier.sending import Answered

_TRY_BUCKETS_S = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
_WAIT_BUCKETS_S = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600)

_tries = Counter(
    "hotgigs_webhook_tries_total",
    'Tries to deliver; outcome "accepted", or what kept the webhook from accepting',
    ["outcome"],
)
_try_duration = Histogram(
    "hotgigs_webhook_try_duration_seconds", "Time of a try, of any outcome", buckets=_TRY_BUCKETS_S
)
_first_try_wait = Histogram(
    "hotgigs_webhook_first_try_wait_seconds",
    "From a delivery's making to when its first try is prepared",
    buckets=_WAIT_BUCKETS_S,
)

in_hand = Gauge("hotgigs_webhook_deliveries_in_hand", "Deliveries that this process tries or records")
due = Gauge("hotgigs_webhook_deliveries_due", "Deliveries that are due and not in hand, in all processes")
oldest_due = Gauge("hotgigs_webhook_oldest_due_seconds", "For how long the oldest of them has been due, or 0")


def tried(answered: Answered) -> None:
    _tries.labels(answered.error or "accepted").inc()
    _try_duration.observe(answered.duration_ms / 1000)


def taken(waited_s: float | None) -> None:
    """``waited_s`` is None of what was tried before."""
    if waited_s is not None:
        _first_try_wait.observe(max(0.0, waited_s))
