"""An event loop in a thread, for what is asynchronous around tests that are not."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class BackgroundLoop:
    """Open with `background_loop`."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def run(self, work: Coroutine[Any, Any, T], *, within_s: float = 60) -> T:
        """The result of ``work``; raises TimeoutError after ``within_s``."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within_s)

    def call(self, function: Callable[[], None]) -> None:
        async def called() -> None:
            function()

        self.run(called())

    @contextmanager
    def entered(self, manager: AbstractAsyncContextManager[T]) -> Iterator[T]:
        """``manager`` entered and left on the loop."""
        value = self.run(manager.__aenter__())
        try:
            yield value
        finally:
            self.run(manager.__aexit__(None, None, None))


@contextmanager
def background_loop() -> Iterator[BackgroundLoop]:
    background = BackgroundLoop()
    thread = threading.Thread(target=background.loop.run_forever, daemon=True)
    thread.start()
    try:
        yield background
    finally:
        background.loop.call_soon_threadsafe(background.loop.stop)
        thread.join(10)
        background.loop.close()
