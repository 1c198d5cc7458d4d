"""The bus's other peer: a Celery task that writes the same row and is acknowledged late.

Celery's defaults otherwise: no confirms, a durable classic queue; and no outbox or inbox: what is sent
for a transaction that fails, or is delivered twice, has its effect all the same.
"""

import asyncio
import os
from functools import cache
from typing import Any

import asyncpg
from celery import Celery

QUEUE = os.environ["HOTGIGS_AMQP_NAMESPACE"] + ".celery"
"""Also its exchange's name."""

app = Celery("bench", broker=os.environ["HOTGIGS_AMQP_URL"])
app.conf.update(
    task_acks_late=True,
    task_ignore_result=True,
    task_default_queue=QUEUE,
    worker_prefetch_multiplier=100,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=True,
)


@cache
def _database() -> tuple[asyncio.AbstractEventLoop, Any]:
    loop = asyncio.new_event_loop()
    return loop, loop.run_until_complete(asyncpg.connect(os.environ["HOTGIGS_DATABASE_URL"]))


@app.task(name="effect")  # type: ignore[untyped-decorator]
def effect(number: int, padding: str) -> None:
    loop, connection = _database()
    loop.run_until_complete(connection.execute("INSERT INTO bench.effects (number) VALUES ($1)", number))
