import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from support.eventually import eventually

from hotgigs.chassis import workers
from hotgigs.chassis.workers import WorkerPool, worker_pool

TESTS = Path(__file__).parent
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _jobs_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
async def one_worker(_jobs_can_be_imported: None) -> AsyncIterator[WorkerPool]:
    async with worker_pool("sample_service.jobs:run", size=1, memory_limit_bytes=256 * MIB) as pool:
        yield pool


async def run(pool: WorkerPool, request: bytes, *, time_limit_s: float = 20.0) -> bytes:
    return await pool.run(request, time_limit_s=time_limit_s)


async def pid_of(pool: WorkerPool) -> int:
    return int(await run(pool, b"pid"))


async def test_a_job_is_answered(one_worker: WorkerPool) -> None:
    assert await run(one_worker, b"echo hello") == b"hello"
    assert await run(one_worker, b"echo ") == b""


async def test_a_large_request_and_answer_pass(one_worker: WorkerPool) -> None:
    large = os.urandom(8 * MIB)
    assert await run(one_worker, b"echo " + large) == large


async def test_a_worker_goes_on_to_the_next_job(one_worker: WorkerPool) -> None:
    assert await pid_of(one_worker) == await pid_of(one_worker)


async def test_a_job_that_refuses_says_why_and_keeps_its_worker(one_worker: WorkerPool) -> None:
    before = await pid_of(one_worker)
    with pytest.raises(workers.Refused, match=r"^The file has a password\.$"):
        await run(one_worker, b"refuse The file has a password.")
    assert await pid_of(one_worker) == before


async def test_a_job_that_raises_says_type_and_place_but_not_the_message(one_worker: WorkerPool) -> None:
    with pytest.raises(workers.JobFailed, match=r"LookupError at .*jobs\.py:\d+$") as failed:
        await run(one_worker, b"raise Jane Doe")
    assert "Jane" not in str(failed.value)
    assert await run(one_worker, b"echo next") == b"next"


async def test_a_job_past_its_time_is_killed_and_the_next_one_works(one_worker: WorkerPool) -> None:
    pids: list[bytes] = []
    with pytest.raises(workers.OutOfTime):
        await one_worker.run(b"forever", time_limit_s=0.5, on_progress=pids.append)
    assert not _is_alive(int(pids[0]))
    assert await run(one_worker, b"echo next") == b"next"


async def test_a_job_that_wants_too_much_memory_fails_and_the_next_one_works(one_worker: WorkerPool) -> None:
    with pytest.raises(workers.OutOfMemory):
        await run(one_worker, b"allocate 1024")
    assert await run(one_worker, b"allocate 16") == str(16 * MIB).encode()


async def test_a_job_that_kills_its_worker_fails_alone(one_worker: WorkerPool) -> None:
    with pytest.raises(workers.WorkerDied):
        await run(one_worker, b"die")
    assert await run(one_worker, b"echo next") == b"next"


async def test_a_workers_death_does_not_touch_its_neighbour() -> None:
    async with worker_pool("sample_service.jobs:run", size=2, memory_limit_bytes=256 * MIB) as pool:
        began = asyncio.Event()
        neighbour = asyncio.create_task(
            pool.run(b"forever", time_limit_s=600, on_progress=lambda _: began.set())
        )
        await began.wait()
        for _ in range(3):
            with pytest.raises(workers.WorkerDied):
                await run(pool, b"die")
        assert not neighbour.done()
        neighbour.cancel()


async def test_a_worker_that_died_idle_is_replaced(one_worker: WorkerPool) -> None:
    pid = await pid_of(one_worker)
    os.kill(pid, signal.SIGKILL)

    async def is_gone_and_reaped() -> bool:
        return not Path(f"/proc/{pid}").exists()

    await eventually(is_gone_and_reaped)
    assert await pid_of(one_worker) != pid


async def test_a_worker_that_dies_just_before_its_next_job_does_not_fail_it(one_worker: WorkerPool) -> None:
    for _ in range(3):
        os.kill(await pid_of(one_worker), signal.SIGKILL)
        # Nobody has noticed yet.
        assert await run(one_worker, b"echo next") == b"next"


async def test_workers_that_end_before_they_take_a_job_are_no_fault_of_the_job(
    one_worker: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "HAND_OVER_TRIES", 1)
    os.kill(await pid_of(one_worker), signal.SIGKILL)
    with pytest.raises(workers.WorkerNotStarted):
        await run(one_worker, b"echo next")
    assert await run(one_worker, b"echo next") == b"next"


async def test_a_job_waits_once_for_a_worker_that_does_not_take_it(
    one_worker: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def restarts() -> float | None:
        return REGISTRY.get_sample_value("hotgigs_worker_restarts_total", {"pool": "sample_service.jobs:run"})

    os.kill(await pid_of(one_worker), signal.SIGSTOP)
    before = restarts()
    with monkeypatch.context() as impatient:
        impatient.setattr(workers, "START_TIMEOUT_S", 0.2)
        with pytest.raises(workers.WorkerNotStarted):
            await run(one_worker, b"echo next")
    assert restarts() == before
    assert await run(one_worker, b"echo next") == b"next"


async def test_what_a_job_prints_does_not_mix_with_its_answer(one_worker: WorkerPool) -> None:
    assert await run(one_worker, b"print answer") == b"answer"
    assert await run(one_worker, b"echo next") == b"next"


async def test_progress_arrives_in_order_before_the_answer(one_worker: WorkerPool) -> None:
    seen: list[bytes] = []
    answer = await one_worker.run(b"count 50", time_limit_s=20, on_progress=seen.append)
    assert answer == b"counted"
    assert seen == [str(n).encode() for n in range(50)]


async def test_a_worker_has_no_secrets_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTGIGS_ENCRYPTION_KEY", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("LC_MESSAGES", "C")
    async with worker_pool("sample_service.jobs:run", size=1, memory_limit_bytes=256 * MIB) as pool:
        names = (await run(pool, b"environment")).decode().split("\n")
    assert "LC_MESSAGES" in names
    assert not {"HOTGIGS_ENCRYPTION_KEY", "AWS_SECRET_ACCESS_KEY"}.intersection(names)


async def test_a_worker_is_replaced_after_its_share_of_jobs() -> None:
    async with worker_pool(
        "sample_service.jobs:run", size=1, memory_limit_bytes=256 * MIB, jobs_per_worker=2
    ) as pool:
        pids = [await pid_of(pool) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


async def test_a_caller_that_is_cancelled_leaves_a_sound_worker(one_worker: WorkerPool) -> None:
    began = asyncio.Event()
    caller = asyncio.create_task(
        one_worker.run(b"forever", time_limit_s=600, on_progress=lambda _: began.set())
    )
    await began.wait()
    caller.cancel()
    await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    async with asyncio.timeout(20):
        assert await run(one_worker, b"echo next") == b"next"


async def test_no_more_jobs_run_at_once_than_there_are_workers(one_worker: WorkerPool) -> None:
    answers = await asyncio.gather(*(run(one_worker, b"pid") for _ in range(5)))
    assert len(set(answers)) == 1


async def test_a_worker_that_cannot_start_is_no_fault_of_the_job() -> None:
    async with worker_pool("no_such_module:run", size=1, memory_limit_bytes=256 * MIB) as pool:
        for _ in range(2):
            with pytest.raises(workers.WorkerNotStarted):
                await run(pool, b"echo hello")


async def test_no_worker_outlives_its_pool() -> None:
    async with worker_pool("sample_service.jobs:run", size=2, memory_limit_bytes=256 * MIB) as pool:
        await pool.start()
        pids = {int(pid) for pid in await asyncio.gather(run(pool, b"pid"), run(pool, b"pid"))}
        assert len(pids) == 2
    assert not [pid for pid in pids if _is_alive(pid)]


async def test_what_becomes_of_jobs_and_workers_is_counted() -> None:
    # A pool is named after its job.
    job = "sample_service.jobs:run_counted"

    def value(metric: str, **labels: str) -> float | None:
        return REGISTRY.get_sample_value(f"hotgigs_{metric}", {"pool": job, **labels})

    def states() -> list[float | None]:
        return [value("workers", state=state) for state in ("busy", "idle", "stopped")]

    async with worker_pool(job, size=2, memory_limit_bytes=256 * MIB) as pool:
        assert states() == [0, 0, 2]
        await pool.start()
        assert states() == [0, 2, 0]
        await run(pool, b"echo hello")
        with pytest.raises(workers.Refused):
            await run(pool, b"refuse this")
        assert states() == [0, 2, 0]
        assert value("worker_restarts_total") == 0
        for request in (b"die", b"raise this"):
            with pytest.raises((workers.WorkerDied, workers.JobFailed)):
                await run(pool, request)
        assert states() == [0, 0, 2]
        with pytest.raises(workers.OutOfTime):
            await pool.run(b"forever", time_limit_s=0.3)
        began = asyncio.Event()
        caller = asyncio.create_task(
            pool.run(b"forever", time_limit_s=600, on_progress=lambda _: began.set())
        )
        await began.wait()
        assert states() == [1, 0, 1]
        caller.cancel()
        await asyncio.gather(caller, return_exceptions=True)
    assert states() == [0, 0, 0]
    outcomes = ("answered", "refused", "worker_died", "job_failed", "out_of_time", "cancelled_error")
    assert {outcome: value("worker_jobs_total", outcome=outcome) for outcome in outcomes} == dict.fromkeys(
        outcomes, 1
    )
    assert value("worker_job_duration_seconds_count") == len(outcomes)
    assert value("worker_restarts_total") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
async def test_a_worker_ends_when_its_parent_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, TESTS / "worker_parent.py", stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    async with asyncio.timeout(20):
        worker = int(await parent.stdout.readline())
    assert _is_alive(worker)
    parent.kill()
    await parent.wait()

    async def is_gone() -> bool:
        return not _is_alive(worker)

    await eventually(is_gone)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
