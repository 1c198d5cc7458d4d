"""A process that is killed in the middle of its work loses no delivery."""

import asyncio
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from e2e.server_process import ServerProcess
from support.dispatching import DispatchingNotifier, Receiver
from support.eventually import eventually

from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret

DELIVERIES = 400
KEY = "another key of the tests of 32 letters or more"


async def answers_soon(_: web.Request) -> web.Response:
    await asyncio.sleep(0.02)
    return web.Response()


@pytest.fixture
def process(tmp_path: Path, database_url: str) -> ServerProcess:
    settings = {
        "HOTGIGS_DATA_DIR": str(tmp_path),
        "HOTGIGS_DATABASE_URL": database_url,
        "HOTGIGS_ENCRYPTION_KEY": KEY,
        "HOTGIGS_LOG_FORMAT": "json",
        "HOTGIGS_WEBHOOK_ALLOW_PRIVATE": "1",
    }
    return ServerProcess("notifier", settings, tmp_path)


async def test_what_was_under_way_when_a_process_was_killed_is_delivered_by_the_next(
    notifier: DispatchingNotifier, receiver: Receiver, process: ServerProcess
) -> None:
    notifier.resources = msgspec.structs.replace(
        notifier.resources, sealing=Sealing([KEY], label=webhook_secret.LABEL)
    )
    paths = [f"hook{number}" for number in range(20)]
    receiver.answers = dict.fromkeys(paths, answers_soon)
    webhooks = [await notifier.has_webhook(path) for path in paths]
    delivery_ids = {
        str(each)
        for webhook_id in webhooks
        for each in await notifier.is_due(webhook_id, DELIVERIES // len(paths))
    }

    async def some_are_received() -> bool:
        return len(receiver.all_received) > DELIVERIES // 4

    process.start()
    try:
        await eventually(some_are_received, within_s=60)
        await asyncio.to_thread(process.kill)
        left = await notifier.statuses()
        assert left["pending"] > 0
        in_hand = await notifier.pool.fetchval(
            "SELECT count(*) FROM deliveries WHERE lease_token IS NOT NULL"
        )
        await notifier.pool.execute("UPDATE deliveries SET lease_until = now() WHERE lease_token IS NOT NULL")
        process.start()
        await notifier.all_become("delivered", within_s=60)
        assert await asyncio.to_thread(process.stop) == 0
    finally:
        if process.is_running:
            process.kill()
    times = Counter(receiver.all_received)
    assert times.keys() == delivery_ids
    assert sum(count - 1 for count in times.values()) <= in_hand
