"""CPU work in processes of its own, with a time limit and a memory limit.

Each worker has its own pipes and shares no lock or queue with another, so that killing one at any
moment leaves the others as they were (docs/adr/0004).
"""

import asyncio
import os
import struct
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from hotgigs.chassis.errors import Permanent, Transient
from hotgigs.chassis.metrics import PoolMetrics, WorkerState

log = structlog.get_logger(__name__)

START_TIMEOUT_S = 60.0
HAND_OVER_TRIES = 3
MAX_FRAME_BYTES = 32 * 2**20
"""Of what a worker sends: its memory limit must not be passed on to whoever listens to it."""

_NEEDED = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_", "LD_LIBRARY_PATH", "PYTHON", "VIRTUAL_ENV")


def _is_needed(variable: str) -> bool:
    """Nothing else of the environment goes to a worker: a document that takes it over shall not be
    handed the secrets in it."""
    return variable.startswith(_NEEDED)


class Refused(Permanent):
    """The job said that it cannot be done; ``str()`` is its sentence for the person who asked."""


class OutOfTime(Permanent):
    """The job took longer than its time limit; its worker was killed."""


class OutOfMemory(Permanent):
    """The job wanted more memory than its limit."""


class WorkerDied(Permanent):
    """The job's worker ended in the middle of it."""


class WorkerNotStarted(Transient):
    """No worker could be started, which says nothing about the job."""


class JobFailed(Permanent):
    """The job raised what it should not raise; ``str()`` says the type and the place."""


class _Worker:
    """One process, started when first used and again after it ended."""

    def __init__(self, job: str, memory_limit_bytes: int, metrics: PoolMetrics) -> None:
        self._command = (sys.executable, "-m", "hotgigs.chassis.worker_main", job, str(memory_limit_bytes))
        self._process: asyncio.subprocess.Process | None = None
        self.jobs_done = 0
        self._metrics = metrics
        self._state: WorkerState | None = None
        self._has_started = False
        self.become("stopped")

    def become(self, state: WorkerState | None) -> None:
        self._metrics.moved(self._state, state)
        self._state = state

    async def start(self) -> None:
        if self._process is not None and self._process.returncode is None:
            return
        self.jobs_done = 0
        if self._has_started:
            self._metrics.restarts.inc()
        self._has_started = True
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if _is_needed(name)},
        )
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await self._frame(self._process)
        except (WorkerDied, TimeoutError) as err:
            await self.stop()
            raise WorkerNotStarted("a worker could not be started") from err
        self.become("idle")

    async def hand_over(self, request: bytes) -> None:
        """Returns when a worker has the whole job. One that ended before, while it was idle, did not end
        because of it: another is started. Raises WorkerNotStarted."""
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                for _ in range(HAND_OVER_TRIES):
                    await self.start()
                    with suppress(WorkerDied, BrokenPipeError, ConnectionResetError):
                        return await self._send(request)
                    await self.stop()
        except TimeoutError as err:
            await self.stop()
            raise WorkerNotStarted("no worker took the job in time") from err
        raise WorkerNotStarted("workers end before they take a job")

    async def _send(self, request: bytes) -> None:
        self.become("busy")
        process = self._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.write(struct.pack(">I", len(request)) + request)
        await process.stdin.drain()
        await self._frame(process)  # it says that it took the job

    async def answer(self, on_progress: Callable[[bytes], None]) -> bytes:
        """To the job that was handed over."""
        process = self._process
        assert process is not None
        while (frame := await self._frame(process))[:1] == b"p":
            on_progress(frame[1:])
        self.jobs_done += 1
        return _result(frame[:1], frame[1:])

    async def _frame(self, process: asyncio.subprocess.Process) -> bytes:
        assert process.stdout is not None
        try:
            (length,) = struct.unpack(">I", await process.stdout.readexactly(4))
            if length > MAX_FRAME_BYTES:
                raise JobFailed(f"the worker's answer has {length} bytes")
            return await process.stdout.readexactly(length)
        except asyncio.IncompleteReadError as err:
            code = await process.wait()
            raise WorkerDied(f"the worker ended with code {code}") from err

    async def stop(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None
            self.become("stopped")


def _result(kind: bytes, content: bytes) -> bytes:
    match kind:
        case b"r":
            return content
        case b"e":
            raise Refused(content.decode())
        case b"m":
            raise OutOfMemory("the job reached its memory limit")
        case _:
            raise JobFailed(content.decode(errors="replace"))


class WorkerPool:
    """``size`` workers for one job function; open with `worker_pool`."""

    def __init__(self, job: str, *, size: int, memory_limit_bytes: int, jobs_per_worker: int) -> None:
        self.size = size
        self._jobs_per_worker = jobs_per_worker
        self._metrics = PoolMetrics(job)
        self._workers = [_Worker(job, memory_limit_bytes, self._metrics) for _ in range(size)]
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def run(
        self, request: bytes, *, time_limit_s: float, on_progress: Callable[[bytes], None] = lambda _: None
    ) -> bytes:
        """The function's answer to ``request``, from the next free worker.

        Raises Refused, OutOfTime, OutOfMemory, WorkerDied, JobFailed or WorkerNotStarted. Whatever
        happens, and also when the caller is cancelled, the next job finds a sound worker.
        """
        worker = await self._free.get()
        sound = False
        try:
            with self._metrics.job():
                answer = await self._run_on(worker, request, time_limit_s, on_progress)
            sound = worker.jobs_done < self._jobs_per_worker
        except Refused:
            sound = True
            raise
        finally:
            if sound:
                worker.become("idle")
                self._free.put_nowait(worker)
            else:
                await asyncio.shield(self._stop_and_free(worker))
        return answer

    async def _run_on(
        self, worker: _Worker, request: bytes, time_limit_s: float, on_progress: Callable[[bytes], None]
    ) -> bytes:
        await worker.hand_over(request)
        try:
            async with asyncio.timeout(time_limit_s):
                return await worker.answer(on_progress)
        except TimeoutError as err:
            raise OutOfTime(f"the job took longer than {time_limit_s:g} s") from err

    async def _stop_and_free(self, worker: _Worker) -> None:
        await worker.stop()
        self._free.put_nowait(worker)

    async def start(self) -> None:
        """Starts the workers ahead of the first job."""
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def stop(self) -> None:
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        for worker in self._workers:
            worker.become(None)


@asynccontextmanager
async def worker_pool(
    job: str, *, size: int, memory_limit_bytes: int, jobs_per_worker: int = 500
) -> AsyncIterator[WorkerPool]:
    """Workers for ``job``, named ``module:function`` (`worker_main.Job`).

    A worker is replaced after ``jobs_per_worker`` jobs, so that what libraries leak stays bounded.
    """
    pool = WorkerPool(job, size=size, memory_limit_bytes=memory_limit_bytes, jobs_per_worker=jobs_per_worker)
    try:
        yield pool
    finally:
        await pool.stop()
