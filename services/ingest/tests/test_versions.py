from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotgigs.ingest.versions import received_at

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
EARLIER = NOW - timedelta(days=1)


def test_a_version_is_received_when_it_comes() -> None:
    assert received_at(NOW, before=None, after=None) == NOW
    assert received_at(NOW, before=EARLIER, after=None) == NOW
    assert received_at(NOW, before=None, after=LATER) == NOW


def test_one_that_comes_after_those_that_replace_it_was_received_before_them() -> None:
    assert received_at(NOW, before=None, after=EARLIER) < EARLIER


def test_one_that_comes_by_a_slower_clock_was_received_after_the_one_that_it_replaces() -> None:
    assert received_at(NOW, before=LATER, after=None) > LATER


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=2, unique=True), st.integers(-1000, 1000))
def test_it_lies_between_its_neighbours_wherever_the_clock_is(neighbours: list[int], now: int) -> None:
    before, after = (NOW + timedelta(seconds=each) for each in sorted(neighbours))
    assert before < received_at(NOW + timedelta(seconds=now), before=before, after=after) < after
