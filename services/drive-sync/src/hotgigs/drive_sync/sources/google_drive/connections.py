"""Threads that speak HTTP, each over connections of its own: an httplib2.Http is not for two threads."""

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from httplib2 import Http

T = TypeVar("T")


class Connections:
    def __init__(self, *, most: int, timeout_seconds: float) -> None:
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="google-drive")
        self._timeout = timeout_seconds
        self._own = threading.local()
        self._all: list[Http] = []

    async def run(self, work: Callable[[Http], T]) -> T:
        """In a thread; cancelled, it leaves the thread to end alone, at the latest at its timeout."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._work, work)

    async def close(self) -> None:
        """Breaks off what is under way."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for http in self._all:
            _break_off(http)
        await asyncio.to_thread(self._threads.shutdown)
        for http in self._all:
            http.close()

    def _work(self, work: Callable[[Http], T]) -> T:
        http: Http | None = getattr(self._own, "http", None)
        if http is None:
            http = self._own.http = Http(timeout=self._timeout)
            self._all.append(http)
        return work(http)


def _break_off(http: Http) -> None:
    for connection in list(http.connections.values()):
        connection.connect = _refuse  # the library connects again by itself
        if (open_socket := connection.sock) is not None:
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)


def _refuse() -> None:
    raise ConnectionAbortedError
