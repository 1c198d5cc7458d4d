"""What is looked up by id is, too, while PostgreSQL knows nothing of tables that have just grown."""

from uuid import UUID

import pytest
from support.told_notifier import ToldNotifier, happened

from hotgigs.chassis.database import Connection, Pool
from hotgigs.notifier import delivery_states, rendering

COUNT = 20_000


@pytest.fixture
async def delivery_ids(pool: Pool) -> list[UUID]:
    """A hundred of many more, of one event each."""
    told = ToldNotifier(pool)
    owner = await told.owner()
    webhook_id = await told.listens(owner)
    event = happened("candidate.added", candidate_id=await told.candidate(owner))
    for table in ("events", "deliveries", "delivered_events"):
        await pool.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
    await told.learns(event)
    await pool.execute(
        "INSERT INTO events (event_id, event, version, occurred_at, candidate_id, facts, fanned_out_at)"
        " SELECT gen_random_uuid(), event, version, occurred_at, candidate_id, facts, now()"
        " FROM events, generate_series(2, $1)",
        COUNT,
    )
    await pool.execute(
        "INSERT INTO deliveries (delivery_id, webhook_id, event, created_at, next_attempt_at)"
        " SELECT event_id, $1, event, now(), now() FROM events",
        webhook_id,
    )
    await pool.execute(
        "INSERT INTO delivered_events (delivery_id, event_id, place) SELECT event_id, event_id, 1 FROM events"
    )
    return [row["delivery_id"] for row in await pool.fetch("SELECT delivery_id FROM deliveries LIMIT 100")]


async def times_all_are_read(connection: Connection) -> int:
    """Of the events, by this connection so far."""
    times: int = await connection.fetchval(
        "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'events'::regclass"
    )
    return times


async def test_what_is_told_of_deliveries_is_looked_up(pool: Pool, delivery_ids: list[UUID]) -> None:
    async with pool.acquire() as connection, connection.transaction():
        before = await times_all_are_read(connection)
        states = await delivery_states.states_of(connection, delivery_ids)
        assert await times_all_are_read(connection) == before
    assert [each.event_ids for each in states] == [(each.delivery_id,) for each in states]


async def test_what_deliveries_tell_is_looked_up(pool: Pool, delivery_ids: list[UUID]) -> None:
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        before = await times_all_are_read(connection)
        bodies = await rendering.bodies(connection, delivery_ids)
        assert await times_all_are_read(connection) == before
    assert all(bodies.values())
