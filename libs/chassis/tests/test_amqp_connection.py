"""Connecting to a broker that does not answer, and being cancelled while it does."""

import asyncio

import pytest

from hotgigs.chassis.bus import amqp_connection
from hotgigs.chassis.bus.amqp_connection import Connections, answered
from hotgigs.chassis.bus.interface import BusUnavailable


async def test_those_who_wait_for_a_silent_broker_share_one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amqp_connection, "CONNECT_TIMEOUT_S", 0.2)
    attempts = 0

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal attempts
        attempts += 1
        await reader.read()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    connections = Connections(f"amqp://guest:guest@127.0.0.1:{port}/", client_name="test")
    waiting = [connections.connection("publish") for _ in range(20)]
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(result) for result in results} == {BusUnavailable}
    assert attempts == 1
    server.close()


async def test_a_cancellation_that_comes_as_the_answer_does_is_not_forgotten() -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    asked = asyncio.Event()

    async def ask() -> str:
        asked.set()
        return await answer

    asking = asyncio.create_task(answered(asyncio.wait_for(ask(), timeout=5)))
    await asked.wait()
    answer.set_result("an answer")
    asyncio.get_running_loop().call_soon(asking.cancel)
    with pytest.raises(asyncio.CancelledError):
        await asking
