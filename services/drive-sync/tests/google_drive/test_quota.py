"""A user's quota, in time that does not pass by itself."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.drive_sync.sources.google_drive.clock import Clock
from hotgigs.drive_sync.sources.google_drive.patience import LeftAlone
from hotgigs.drive_sync.sources.google_drive.quota import LONGEST_LEFT_ALONE_SECONDS, Quota, Quotas

FOR_EVER = 10.0**9


class TurnedClock(Clock):
    def __init__(self) -> None:
        self.time = 1000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


@given(
    st.integers(min_value=1, max_value=50),
    st.lists(st.floats(min_value=0, max_value=3), min_size=1, max_size=100),
)
def test_no_second_has_more_than_its_quota(per_second: int, pauses: list[float]) -> None:
    clock = TurnedClock()
    quota = Quota(per_second, clock)

    async def turns() -> list[float]:
        times = []
        for pause in pauses:
            clock.time += pause
            await quota.turn(FOR_EVER)
            times.append(clock.time)
        return times

    times = asyncio.run(turns())
    for first, begin in enumerate(times):
        for last in range(first, len(times)):
            assert last - first <= (times[last] - begin) * per_second + 1e-6


async def test_a_shut_gate_is_waited_for_and_not_beyond_patience() -> None:
    clock = TurnedClock()
    quota = Quota(10, clock)
    quota.leave_alone(50)
    with pytest.raises(LeftAlone):
        await quota.turn(clock.now() + 49)
    await quota.turn(clock.now() + 51)
    assert clock.time == 1050


async def test_a_gate_is_not_opened_by_a_shorter_wait_nor_shut_for_ever() -> None:
    clock = TurnedClock()
    quota = Quota(10, clock)
    quota.leave_alone(10.0**12)
    quota.leave_alone(1)
    await quota.turn(FOR_EVER)
    assert clock.time == 1000 + LONGEST_LEFT_ALONE_SECONDS


async def test_a_user_who_has_left_keeps_a_shut_gate_and_no_other() -> None:
    clock = TurnedClock()
    quotas = Quotas(10, clock)
    shut = quotas.take("shut")
    shut.leave_alone(50)
    idle = quotas.take("idle")
    assert quotas.take("idle") is idle
    for owner in ("shut", "idle", "idle"):
        quotas.give_back(owner)
    clock.time += 40
    assert quotas.take("shut") is shut
    assert quotas.take("idle") is not idle
