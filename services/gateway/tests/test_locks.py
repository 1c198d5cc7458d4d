"""Those who project at once wait for each other in one order."""

import asyncio

from told import an_id

from hotgigs.chassis.database import Pool
from hotgigs.gateway.locks import lock

FIRST, *LATER = sorted(an_id(f"lock {number}") for number in range(8))


async def test_who_waits_for_a_lock_holds_none_that_comes_later(pool: Pool) -> None:
    async with pool.acquire() as holder, pool.acquire() as waiter, pool.acquire() as passer_by:
        async with holder.transaction():
            await lock(holder, [FIRST])

            async def wait() -> None:
                async with waiter.transaction():
                    await lock(waiter, [*reversed(LATER), FIRST])

            waiting = asyncio.create_task(wait())
            pid = waiter.get_server_pid()
            while not await pool.fetchval("SELECT true FROM pg_locks WHERE pid = $1 AND NOT granted", pid):
                pass
            async with passer_by.transaction():
                await lock(passer_by, LATER)
        await waiting


async def test_a_lock_is_held_until_the_transaction_ends(pool: Pool) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = $1"
    async with pool.acquire() as connection:
        async with connection.transaction():
            await lock(connection, [FIRST, *LATER, FIRST])
            assert await pool.fetchval(held, connection.get_server_pid()) == 8
        assert await pool.fetchval(held, connection.get_server_pid()) == 0
