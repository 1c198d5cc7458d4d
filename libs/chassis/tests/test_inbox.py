import asyncio
from uuid import UUID

from hotgigs.chassis import inbox
from hotgigs.chassis.database import Pool

ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))


async def test_a_claim_returns_only_what_was_not_claimed_before(pool: Pool) -> None:
    async with pool.acquire() as connection:
        assert await inbox.claim(connection, "queue", [ONE, TWO]) == {ONE, TWO}
        assert await inbox.claim(connection, "queue", [TWO, THREE]) == {THREE}
        assert await inbox.claim(connection, "queue", [ONE, TWO, THREE]) == set()


async def test_each_queue_has_claims_of_its_own(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await inbox.claim(connection, "queue", [ONE])
        assert await inbox.claim(connection, "other", [ONE]) == {ONE}
        assert await inbox.is_claimed(connection, "queue", ONE)
        assert not await inbox.is_claimed(connection, "queue", TWO)


async def test_a_claim_that_rolled_back_can_be_made_again(pool: Pool) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await inbox.claim(connection, "queue", [ONE])
        await transaction.rollback()
        assert await inbox.claim(connection, "queue", [ONE]) == {ONE}


async def test_a_claim_waits_for_another_ones_transaction(pool: Pool) -> None:
    async with pool.acquire() as first, pool.acquire() as second:
        transaction = first.transaction()
        await transaction.start()
        await inbox.claim(first, "queue", [ONE])
        waiting = asyncio.create_task(inbox.claim(second, "queue", [ONE]))
        await asyncio.wait({waiting}, timeout=0.1)
        assert not waiting.done()
        await transaction.commit()
        assert await waiting == set()


async def test_claims_are_forgotten_only_when_they_are_old(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await inbox.claim(connection, "queue", [ONE, TWO])
        await connection.execute(
            "UPDATE inbox SET handled_at = now() - $1::interval - interval '1 hour' WHERE message_id = $2",
            inbox.KEPT,
            ONE,
        )
        await inbox.forget_old(connection)
        assert not await inbox.is_claimed(connection, "queue", ONE)
        assert await inbox.is_claimed(connection, "queue", TWO)
