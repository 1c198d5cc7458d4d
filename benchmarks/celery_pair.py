"""Celery as the bus benchmark's peer: a sending process and a worker with one process (pool "solo")."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

import aio_pika
import asyncpg
from effects import create_database
from options import Options
from page import Unavailable
from processes import ANSWER_WITHIN_S, BENCHMARKS, Role, environment, role

_POLL_S = 0.01


class CeleryPair:
    def __init__(self, publisher: Role, connection: Any) -> None:
        self._publisher = publisher
        self._connection = connection
        self._sent = 0

    async def throughput(self, count: int) -> float:
        """Tasks per second, from the first one's sending to the last one's row."""
        numbers = {"first": self._sent, "count": count}
        self._sent += count
        sending = asyncio.create_task(self._publisher.ask("write", **numbers))
        async with asyncio.timeout(ANSWER_WITHIN_S):
            while await self._done() < self._sent:  # noqa: ASYNC110 - only the database knows
                await asyncio.sleep(_POLL_S)
        ended = time.monotonic()
        return count / (ended - float((await sending)["began"]))

    async def _done(self) -> int:
        return int(await self._connection.fetchval("SELECT count(*) FROM bench.effects"))


@asynccontextmanager
async def celery_pair(options: Options, server_url: str, namespace: str) -> AsyncIterator[CeleryPair]:
    """Raises Unavailable where Celery is not installed."""
    if find_spec("celery") is None:
        raise Unavailable("Celery is not installed")
    url = await create_database(server_url, "celery")
    settings = {
        "HOTGIGS_DATABASE_URL": url,
        "HOTGIGS_AMQP_URL": options.amqp_url,
        "HOTGIGS_AMQP_NAMESPACE": namespace,
        "PYTHONPATH": str(BENCHMARKS / "peers"),
    }
    log_path = options.folder / "celery.log"
    with log_path.open("ab") as log:
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "celery", "-A", "celery_effect", "worker", "-P", "solo", "-l", "warning"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            env=environment(settings),
            cwd=options.folder,
            stdout=log,
            stderr=log,
        )
    connection = await asyncpg.connect(url)
    try:
        async with role("celery_publisher", settings=settings, log=log_path) as publisher:
            yield CeleryPair(publisher, connection)
    finally:
        worker.terminate()
        await worker.wait()
        await connection.close()
        async with await aio_pika.connect(options.amqp_url) as broker, broker.channel() as channel:
            await channel.queue_delete(f"{namespace}.celery")
            await channel.exchange_delete(f"{namespace}.celery")
