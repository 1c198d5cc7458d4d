from hypothesis import given
from hypothesis import strategies as st

from hotgigs.chassis.bus.amqp_topology import DELAYS_S
from hotgigs.chassis.retry import BASE_S, CAP_S, MAX_TRIES, backoff_s

TRIES = st.integers(min_value=0, max_value=10_000)
JITTER = st.floats(min_value=0, max_value=1)


@given(TRIES, JITTER)
def test_a_delay_is_never_longer_than_the_cap_nor_shorter_than_half_the_base(
    tries: int, jitter: float
) -> None:
    assert BASE_S / 2 <= backoff_s(tries, jitter) <= CAP_S


@given(TRIES, JITTER)
def test_a_delay_is_at_least_half_of_its_full_length(tries: int, jitter: float) -> None:
    full = backoff_s(tries, 1.0)
    assert full / 2 <= backoff_s(tries, jitter) <= full


@given(TRIES)
def test_delays_double_until_the_cap(tries: int) -> None:
    assert backoff_s(tries + 1, 1.0) == min(CAP_S, 2 * backoff_s(tries, 1.0))


def test_delays_differ_so_that_what_failed_together_does_not_come_back_together() -> None:
    assert len({backoff_s(3) for _ in range(20)}) > 10


def test_every_delay_fits_into_a_delay_queue() -> None:
    assert max(backoff_s(tries, 1.0) for tries in range(MAX_TRIES)) <= DELAYS_S[-1]
    assert DELAYS_S[-1] >= CAP_S
