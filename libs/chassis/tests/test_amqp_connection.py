"""Connecting to a broker that does not answer."""

import asyncio

import pytest

from hotgigs.chassis.bus import amqp_connection
from hotgigs.chassis.bus.amqp_connection import Connections
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
