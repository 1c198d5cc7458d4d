import asyncio

import pytest
import structlog
from windows_in_memory import EPOCH_S, SharedWindows, Time

from hotgigs.gateway.rate_limits import limiter as limiter_module
from hotgigs.gateway.rate_limits.limiter import STORE_PAUSE_S, Limiter
from hotgigs.gateway.rate_limits.limits import WINDOW_S, Limit
from hotgigs.gateway.rate_limits.window import Charge, Grant

LEASED = Limit(requests=100, block=10)
EXACT = Limit(requests=10)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def windows(time: Time) -> SharedWindows:
    return SharedWindows(time)


@pytest.fixture
def limiter(windows: SharedWindows, time: Time) -> Limiter:
    return limiter_of(windows, time)


def limiter_of(windows: SharedWindows, time: Time) -> Limiter:
    return Limiter(windows.take, now=time.monotonic, epoch=time.epoch)


async def charges(limiter: Limiter, count: int, limit: Limit = LEASED, key: str = "key") -> list[Charge]:
    return [await limiter.charge(key, limit) for _ in range(count)]


def let_through(charges: list[Charge]) -> int:
    return sum(charge.retry_after_s is None for charge in charges)


@pytest.mark.parametrize("limit", [LEASED, EXACT, Limit(requests=7, block=3)])
async def test_a_single_gateway_lets_exactly_the_limit_through(
    limiter: Limiter, time: Time, limit: Limit
) -> None:
    for _ in range(2):
        seen = await charges(limiter, limit.requests + 5, limit)
        assert [charge.remaining for charge in seen[: limit.requests]] == [*range(limit.requests)][::-1]
        assert let_through(seen[: limit.requests]) == limit.requests
        assert let_through(seen[limit.requests :]) == 0
        time.passed_s += WINDOW_S


@pytest.mark.parametrize("limit", [LEASED, EXACT])
async def test_of_requests_that_come_at_once_exactly_the_limit_is_let_through(
    limiter: Limiter, windows: SharedWindows, limit: Limit
) -> None:
    seen = await asyncio.gather(*(limiter.charge("key", limit) for _ in range(2 * limit.requests)))
    assert let_through(list(seen)) == limit.requests
    assert windows.times_asked <= 3


async def test_a_lease_spares_the_store_nine_requests_of_ten(
    limiter: Limiter, windows: SharedWindows
) -> None:
    await charges(limiter, 100)
    assert windows.times_asked == 10


async def test_what_is_refused_costs_the_store_nothing(limiter: Limiter, windows: SharedWindows) -> None:
    await charges(limiter, 10, EXACT)
    asked = windows.times_asked
    await charges(limiter, 50, EXACT)
    assert windows.times_asked == asked


async def test_a_refusal_says_when_the_window_ends(limiter: Limiter, time: Time) -> None:
    await charges(limiter, 10, EXACT)
    time.passed_s = 20.5
    (refusal,) = await charges(limiter, 1, EXACT)
    assert (refusal.retry_after_s, refusal.resets_at) == (40, EPOCH_S + WINDOW_S)
    time.passed_s = WINDOW_S - 0.001
    (refusal,) = await charges(limiter, 1, EXACT)
    assert refusal.retry_after_s == 1


async def test_keys_are_counted_apart(limiter: Limiter) -> None:
    await charges(limiter, 11, EXACT)
    assert let_through(await charges(limiter, 1, EXACT, key="another")) == 1


async def test_while_the_store_is_away_every_gateway_keeps_the_limit_by_itself(
    windows: SharedWindows, time: Time
) -> None:
    windows.is_away = True
    for limiter in (limiter_of(windows, time), limiter_of(windows, time)):
        seen = await charges(limiter, 110)
        assert let_through(seen) == 100
        assert seen[0].remaining == 99
        assert seen[-1].resets_at == EPOCH_S + WINDOW_S


async def test_a_window_goes_on_when_the_store_goes_away_and_when_it_is_back(
    limiter: Limiter, windows: SharedWindows, time: Time
) -> None:
    assert let_through(await charges(limiter, 45)) == 45
    windows.is_away = True
    assert let_through(await charges(limiter, 40)) == 40
    windows.is_away = False
    time.passed_s += 2 * STORE_PAUSE_S
    assert let_through(await charges(limiter, 40)) == 15
    time.passed_s += WINDOW_S
    assert let_through(await charges(limiter, 110)) == 100
    assert sum(windows.granted.values()) >= 150, "the store counts again"


async def test_a_store_that_failed_is_left_alone_for_a_while_and_told_of_once(
    limiter: Limiter, windows: SharedWindows, time: Time
) -> None:
    windows.is_away = True
    with structlog.testing.capture_logs() as logs:
        for number in range(20):
            await limiter.charge(f"key {number}", EXACT)
        assert windows.times_asked == 1
        time.passed_s += STORE_PAUSE_S
        await limiter.charge("another", EXACT)
        assert windows.times_asked == 2
    assert [(line["event"], line["error"]) for line in logs] == [("rate_limits_counted_here", "OSError")]


async def test_nobody_waits_for_a_store_that_does_not_answer() -> None:
    begun: list[str] = []

    async def hangs(*, key: str, wanted: int, limit: int) -> Grant:
        begun.append(key)
        try:
            await asyncio.Event().wait()
        finally:
            # To take a connection back that hangs may take as long.
            await asyncio.Event().wait()
        raise AssertionError

    limiter = Limiter(hangs, store_wait_s=0.01)
    async with asyncio.timeout(10):
        together = await asyncio.gather(*(limiter.charge("key", EXACT) for _ in range(15)))
    assert let_through(together) == 10
    assert len(begun) == 1


async def test_a_client_that_leaves_while_the_store_is_asked_leaves_it_to_the_next() -> None:
    asked = asyncio.Event()

    async def hangs(*, key: str, wanted: int, limit: int) -> Grant:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    limiter = Limiter(hangs, store_wait_s=3600)
    leaving = asyncio.create_task(limiter.charge("key", EXACT))
    await asked.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    limiter._take = SharedWindows(Time()).take
    assert (await limiter.charge("key", EXACT)).retry_after_s is None


async def test_what_is_known_of_keys_is_bounded(
    limiter: Limiter, windows: SharedWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter_module, "KNOWN_WINDOWS", 10)
    for number in range(100):
        await limiter.charge(f"key {number}", EXACT)
    assert len(limiter._known) == 10
    assert let_through(await charges(limiter, 20, EXACT, key="key 0")) == 9, "the store remembers it"
