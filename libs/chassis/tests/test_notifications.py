import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from support.eventually import eventually
from support.postgres import cut_connections
from support.proxies import proxy_before, through

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import SWEEP_S, Notifications, Wakeup

CHANNEL = "hotgigs_sample"
LONG_S = 20.0


@pytest.fixture
async def notifications(database_url: str) -> AsyncIterator[Notifications]:
    """At work: connected and listening."""
    notifications = Notifications(database_url, schema="sample", channel=CHANNEL)
    with notifications.watch("start") as wakeup:
        running = asyncio.create_task(notifications.run())
        assert await wakeup.wait(LONG_S)
    yield notifications
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def notify(pool: Pool, key: str) -> None:
    async with pool.acquire() as connection:
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, key)


async def test_a_notification_wakes_those_who_watch_its_key(notifications: Notifications, pool: Pool) -> None:
    with (
        notifications.watch("one") as one,
        notifications.watch("one") as one_too,
        notifications.watch("two") as two,
    ):
        await notify(pool, "one")
        assert await one.wait(LONG_S)
        assert await one_too.wait(LONG_S)
        assert not await two.wait(0.01)


async def test_a_notification_of_another_process_arrives(
    notifications: Notifications, database_url: str
) -> None:
    connection = await asyncpg.connect(database_url)
    with notifications.watch("key") as wakeup:
        await connection.execute("SELECT pg_notify($1, 'key')", CHANNEL)
        assert await wakeup.wait(LONG_S)
    await connection.close()


async def test_a_rolled_back_notification_wakes_nobody(notifications: Notifications, pool: Pool) -> None:
    with notifications.watch("key") as wakeup, notifications.watch("last") as last:
        async with pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute("SELECT pg_notify($1, 'key')", CHANNEL)
            await transaction.rollback()
        await notify(pool, "last")
        assert await last.wait(LONG_S)
        assert not await wakeup.wait(0.01)


async def test_a_wake_up_before_the_wait_is_not_lost() -> None:
    wakeup = Wakeup()
    wakeup.wake()
    assert await wakeup.wait(0.0)
    assert not await wakeup.wait(0.0)


async def test_a_waiter_returns_by_itself_when_nothing_wakes_it(notifications: Notifications) -> None:
    with notifications.watch("silent") as wakeup:
        async with asyncio.timeout(SWEEP_S + 5):
            assert not await wakeup.wait()


async def test_after_a_cut_connection_everyone_is_woken_and_notifications_arrive_again(
    notifications: Notifications, pool: Pool, database_url: str
) -> None:
    with notifications.watch("key") as wakeup:
        assert await cut_connections(database_url, "hotgigs sample listen") == 1
        # What was notified in between is lost, so everyone has to look.
        assert await wakeup.wait(LONG_S)
        await notify(pool, "key")
        assert await wakeup.wait(LONG_S)


async def test_a_connection_that_died_without_a_word_is_noticed(
    database_url: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotgigs.chassis.notifications.PROBE_EVERY_S", 0.05)
    monkeypatch.setattr("hotgigs.chassis.notifications.PROBE_TIMEOUT_S", 0.2)
    async with proxy_before(database_url) as silent, proxy_before(database_url) as sound:
        notifications = Notifications(through(silent, database_url), schema="sample", channel=CHANNEL)
        running = asyncio.create_task(notifications.run())
        with notifications.watch("key") as wakeup:
            assert await wakeup.wait(LONG_S)
            silent.fall_silent()
            notifications._url = through(sound, database_url)
            assert await wakeup.wait(LONG_S)
            await notify(pool, "key")
            assert await eventually(lambda: wakeup.wait(0.1))
        running.cancel()
        silent.speak()


async def test_who_stopped_watching_is_forgotten(notifications: Notifications, pool: Pool) -> None:
    with notifications.watch("key"):
        pass
    assert not notifications._waiting
    await notify(pool, "key")
    with notifications.watch("last") as last:
        await notify(pool, "last")
        assert await last.wait(LONG_S)


async def test_listening_begins_when_the_database_can_be_reached(
    database_url: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotgigs.chassis.notifications.RECONNECT_S", 0.01)
    notifications = Notifications("postgresql://postgres@127.0.0.1:1/x", schema="sample", channel=CHANNEL)
    running = asyncio.create_task(notifications.run())
    with notifications.watch("key") as wakeup:
        assert not await wakeup.wait(0.1)
        assert not running.done()
        notifications._url = database_url
        assert await wakeup.wait(LONG_S)
        await notify(pool, "key")
        assert await eventually(lambda: wakeup.wait(0.1))
    running.cancel()
