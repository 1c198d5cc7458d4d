"""Windows that several gateways share in PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from windows_in_memory import Time

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.rate_limits import store
from hotgigs.gateway.rate_limits.forget_ended_windows import forget_ended_windows
from hotgigs.gateway.rate_limits.limiter import Limiter, shared_in
from hotgigs.gateway.rate_limits.limits import WINDOW_S, Limit
from hotgigs.gateway.rate_limits.window import Charge, Grant

LEASED = Limit(requests=100, block=10)
EXACT = Limit(requests=10)
PATIENT_S = 60.0


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def gateways(pool: Pool, time: Time) -> list[Limiter]:
    return [Limiter(shared_in(pool), now=time.monotonic, store_wait_s=PATIENT_S) for _ in range(2)]


async def take(pool: Pool, wanted: int = 1, limit: int = 10) -> Grant:
    async with pool.acquire() as connection:
        return await store.take(connection, key="key", wanted=wanted, limit=limit)


async def move_on(pool: Pool, seconds: float) -> None:
    """As if the windows had begun earlier."""
    async with pool.acquire() as connection:
        await connection.execute(
            "UPDATE rate_windows SET started_at = started_at - $1::interval", timedelta(seconds=seconds)
        )


async def in_parallel(
    ask: Callable[[Limiter], Awaitable[Charge]], gateways: list[Limiter], count: int
) -> int:
    """How many of ``count`` requests at each gateway are let through."""
    charges = await asyncio.gather(*(ask(gateway) for _ in range(count) for gateway in gateways))
    return sum(charge.retry_after_s is None for charge in charges)


async def test_two_gateways_let_exactly_the_limit_through(gateways: list[Limiter]) -> None:
    assert await in_parallel(lambda gateway: gateway.charge("key", EXACT), gateways, 30) == 10


async def test_two_gateways_that_lease_let_the_limit_through_and_no_more(gateways: list[Limiter]) -> None:
    passed = 0
    for _ in range(15):
        passed += await in_parallel(lambda gateway: gateway.charge("key", LEASED), gateways, 10)
    assert passed == 100


async def test_when_the_window_is_over_both_let_through_again(
    gateways: list[Limiter], pool: Pool, time: Time
) -> None:
    for _ in range(2):
        assert await in_parallel(lambda gateway: gateway.charge("key", EXACT), gateways, 10) == 10
        await move_on(pool, WINDOW_S)
        time.passed_s += WINDOW_S


async def test_what_there_is_of_a_window_is_given_once(pool: Pool) -> None:
    given = [(grant.granted, grant.remaining) for grant in [await take(pool, 4) for _ in range(4)]]
    assert given == [(4, 6), (4, 2), (2, 0), (0, 0)]


async def test_a_window_ends_a_minute_after_its_first_request(pool: Pool) -> None:
    first = await take(pool)
    await move_on(pool, WINDOW_S - 30)
    later = await take(pool)
    assert first.ends_in_s == WINDOW_S
    assert 0 < later.ends_in_s < 30
    assert first.resets_at == later.resets_at + WINDOW_S - 30
    assert abs(first.resets_at - WINDOW_S - datetime.now(UTC).timestamp()) < PATIENT_S
    assert later.remaining == 8

    await move_on(pool, 30)
    anew = await take(pool)
    assert (anew.ends_in_s, anew.remaining) == (WINDOW_S, 9)


async def test_what_is_over_is_forgotten_and_what_is_not_stays(pool: Pool) -> None:
    units_of_work = UnitsOfWork(pool, Relay(pool, None, service="gateway"), source="gateway")  # type: ignore[arg-type]

    async def windows() -> int:
        await forget_ended_windows(units_of_work, None)
        async with pool.acquire() as connection:
            return int(await connection.fetchval("SELECT count(*) FROM rate_windows"))

    await take(pool)
    assert await windows() == 1
    await move_on(pool, WINDOW_S)
    assert await windows() == 0


async def test_windows_cost_no_write_ahead_log(pool: Pool) -> None:
    async with pool.acquire() as connection:
        kind = await connection.fetchval(
            "SELECT relpersistence::text FROM pg_class WHERE oid = 'rate_windows'::regclass"
        )
    assert kind == "u"


async def test_without_its_table_a_gateway_counts_by_itself(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await connection.execute("ALTER TABLE rate_windows RENAME TO away")
    limiter = Limiter(shared_in(pool), store_wait_s=PATIENT_S)
    charges = [await limiter.charge("key", EXACT) for _ in range(12)]
    assert [charge.retry_after_s is None for charge in charges] == [True] * 10 + [False] * 2
