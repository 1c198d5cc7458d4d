"""What a try means for its delivery and its webhook."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.webhook_state import AttemptError
from hotgigs.notifier import judging
from hotgigs.notifier.judging import Health, Verdict
from hotgigs.notifier.sending import Answered

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIVE_DAYS = timedelta(days=5)
QUIET = timedelta(days=2)
SCHEDULE = (5.0, 300.0)


def answered(
    status_code: int | None = 200,
    error: AttemptError | None = None,
    *,
    duration_ms: int = 20,
    retry_after_s: float | None = None,
) -> Answered:
    return Answered(
        started_at=NOW,
        duration_ms=duration_ms,
        status_code=status_code,
        error=error,
        retry_after_s=retry_after_s,
    )


def verdict(answer: Answered, *, failures: int = 0) -> Verdict:
    return judging.verdict(answer, failures=failures, schedule=SCHEDULE, jitter=0.0)


def test_what_was_accepted_is_delivered_however_often_it_failed_before() -> None:
    assert verdict(answered(204), failures=9) == Verdict(status="delivered")


def test_what_failed_waits_for_its_next_try_until_there_is_none() -> None:
    failed = answered(500, "status")
    assert verdict(failed) == Verdict(status="pending", wait_s=5.0)
    assert verdict(failed, failures=1) == Verdict(status="pending", wait_s=300.0)
    assert verdict(failed, failures=2) == Verdict(status="failed")


def test_what_was_never_answered_is_tried_again_too() -> None:
    assert verdict(answered(None, "timeout")) == Verdict(status="pending", wait_s=5.0)


def test_a_receiver_that_asks_for_time_gets_it() -> None:
    busy = answered(429, "status", retry_after_s=120.0)
    assert verdict(busy) == Verdict(status="pending", wait_s=120.0)
    assert verdict(busy, failures=1) == Verdict(status="pending", wait_s=300.0)


def test_a_receiver_that_is_gone_is_not_asked_again() -> None:
    gone = answered(410, "status")
    assert verdict(gone) == Verdict(status="failed")
    assert judging.disabled_by(gone, failing_for=None, after=FIVE_DAYS) == "gone"


def test_a_webhook_is_disabled_by_a_failure_after_five_days_of_nothing_else() -> None:
    failed = answered(500, "status")
    assert judging.disabled_by(failed, failing_for=None, after=FIVE_DAYS) is None
    assert judging.disabled_by(failed, failing_for=FIVE_DAYS, after=FIVE_DAYS) is None
    longer = FIVE_DAYS + timedelta(seconds=1)
    assert judging.disabled_by(failed, failing_for=longer, after=FIVE_DAYS) == "failing"
    assert judging.disabled_by(answered(), failing_for=longer, after=FIVE_DAYS) is None


def test_a_webhook_fails_since_the_first_of_its_failures() -> None:
    health = judging.health_after(Health(), answered(500, "status"), now=NOW, quiet=QUIET)
    health = judging.health_after(
        health, answered(None, "refused"), now=NOW + timedelta(hours=1), quiet=QUIET
    )
    assert health.failing_since == NOW
    assert judging.failing_for(health, now=NOW + timedelta(hours=2), quiet=QUIET) == timedelta(hours=2)
    well = judging.health_after(health, answered(), now=NOW, quiet=QUIET)
    assert (well.failing_since, judging.failing_for(well, now=NOW, quiet=QUIET)) == (None, None)


def test_a_webhook_that_had_nothing_to_fail_at_for_long_fails_anew() -> None:
    health = judging.health_after(Health(), answered(500, "status"), now=NOW, quiet=QUIET)
    waited = NOW + QUIET
    assert judging.health_after(health, answered(500, "status"), now=waited, quiet=QUIET).failing_since == NOW
    quiet = NOW + QUIET + timedelta(seconds=1)
    assert judging.failing_for(health, now=quiet, quiet=QUIET) is None
    assert (
        judging.health_after(health, answered(500, "status"), now=quiet, quiet=QUIET).failing_since == quiet
    )


@given(
    durations=st.lists(st.integers(0, 20_000), min_size=1),
    then=st.integers(0, 20_000),
)
def test_the_mean_duration_follows_what_a_webhook_takes_now(durations: list[int], then: int) -> None:
    health = Health()
    for duration_ms in durations:
        health = judging.health_after(health, answered(duration_ms=duration_ms), now=NOW, quiet=QUIET)
        assert 0 <= health.mean_duration_ms <= max(durations)
    for _ in range(50):
        health = judging.health_after(health, answered(duration_ms=then), now=NOW, quiet=QUIET)
    assert abs(health.mean_duration_ms - then) < 1
