"""The main job over HTTP: from the upload's first byte to "completed" on the resume's event stream.

Alone, one after the other; 50 at once; and a bulk upload of 100 files, whose peer is ``hotgigs parse`` on
the same files: what parsing them costs without HTTP, messages and databases. Embedded, and distributed on
RabbitMQ with every service as a process. At last the processor time of the embedded system with nothing
to do, PostgreSQL's processes included.
"""

import asyncio
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import uvloop
from client import File, Recruiter
from copies import copies
from msgspec import Struct
from options import Options
from page import Row, Unavailable, rate
from processes import HOTGIGS, environment
from stores import namespace_on, postgres_server
from system import distributed_system, embedded_system, queue_names
from timing import p50_p99

TITLE = "The main job: upload to completed"
_POLL_S = 0.1


class Times(Struct):
    """Seconds."""

    answered: list[float]
    alone: list[float]
    at_once: list[float]
    bulk: list[float]


def files_at_once(options: Options) -> int:
    return options.pick(full=50, quick=10)


def bulk_files(options: Options) -> int:
    return options.pick(full=100, quick=20)


def run(options: Options) -> list[Row]:
    return uvloop.run(_run(options))


async def _run(options: Options) -> list[Row]:
    parse_s = await asyncio.to_thread(_parse_alone, options)
    folder = options.folder / "embedded"
    folder.mkdir()
    with embedded_system(folder) as port:
        times = await _measure(port, options)
        await asyncio.sleep(options.pick(full=3, quick=1))
        seconds = options.pick(full=20, quick=1)
        idle = await asyncio.to_thread(_busy_share, folder, seconds)
    rows = [*_rows("embedded", times, parse_s, options)]
    rows.append(
        Row(what=f"embedded, idle for {seconds} s, all processes", ours=f"{idle * 100:.2f} % of a core")
    )
    try:
        if options.is_quick:
            raise Unavailable("left out by --quick")
        rows += await _distributed(options, parse_s)
    except Unavailable as err:
        rows.append(Row(what="distributed on RabbitMQ", ours=str(err)))
    return rows


async def _distributed(options: Options, parse_s: float) -> list[Row]:
    folder = options.folder / "distributed"
    (folder / "postgres").mkdir(parents=True)
    with postgres_server(folder / "postgres") as url:
        async with namespace_on(options.amqp_url, queue_names()) as namespace:
            settings = {
                "HOTGIGS_DATABASE_URL": url,
                "HOTGIGS_AMQP_URL": options.amqp_url,
                "HOTGIGS_AMQP_NAMESPACE": namespace,
            }
            with distributed_system(folder, settings) as port:
                times = await _measure(port, options)
    return _rows("distributed", times, parse_s, options)


def _rows(where: str, times: Times, parse_s: float, options: Options) -> list[Row]:
    bulk = bulk_files(options)
    per_second = [bulk / seconds for seconds in times.bulk]
    return [
        Row(what=f"{where}, upload answered, p50 / p99", ours=p50_p99(times.answered)),
        Row(what=f"{where}, completed, alone, p50 / p99", ours=p50_p99(times.alone)),
        Row(
            what=f"{where}, completed, {files_at_once(options)} at once, p50 / p99",
            ours=p50_p99(times.at_once),
        ),
        rate(
            f"{where}, bulk upload of {bulk}",
            sorted(per_second)[len(per_second) // 2],
            "hotgigs parse",
            bulk / parse_s,
            unit="documents/s",
        ),
    ]


async def _measure(port: int, options: Options) -> Times:
    recruiter = await asyncio.to_thread(Recruiter, port)
    times = Times(answered=[], alone=[], at_once=[], bulk=[])
    await _import(recruiter, next(copies(1)))
    for file in copies(options.pick(full=40, quick=5)):
        answered_s, completed_s = await _import(recruiter, file)
        times.answered.append(answered_s)
        times.alone.append(completed_s)
    for _ in range(options.pick(full=4, quick=1)):
        together = await asyncio.gather(
            *(_import(recruiter, file) for file in copies(files_at_once(options)))
        )
        times.at_once += [completed_s for _, completed_s in together]
    for _ in range(options.pick(full=3, quick=1)):
        times.bulk.append(await _import_all(recruiter, list(copies(bulk_files(options)))))
    return times


async def _import(recruiter: Recruiter, file: File) -> tuple[float, float]:
    """Seconds to the upload's answer, and to "completed"."""
    began = time.perf_counter()
    resume_id = await recruiter.upload(file)
    answered_s = time.perf_counter() - began
    status = await recruiter.until_ended(resume_id)
    if status != "completed":
        raise RuntimeError(f"a resume ended as {status!r}")
    return answered_s, time.perf_counter() - began


async def _import_all(recruiter: Recruiter, files: Sequence[File]) -> float:
    """Seconds to the end of the whole batch."""
    began = time.perf_counter()
    batch_id = await recruiter.bulk_upload(files)
    while (progress := await recruiter.batch(batch_id))["processing"]:  # noqa: ASYNC110 - over HTTP
        await asyncio.sleep(_POLL_S)
    if progress["completed"] != len(files):
        raise RuntimeError(f"{progress['failed']} of {len(files)} resumes failed")
    return time.perf_counter() - began


def _parse_alone(options: Options) -> float:
    """Seconds of ``hotgigs parse`` for a bulk upload's files, without what starting takes."""
    folder = options.folder / "files"
    folder.mkdir()
    paths = []
    for name, content in copies(bulk_files(options)):
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    return _parse(paths, options.folder) - _parse(paths[:1], options.folder)


def _parse(paths: Sequence[Path], folder: Path) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        [HOTGIGS, "parse", *paths, "--out", folder / "parsed"],
        env=environment({}),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"hotgigs parse: {done.stderr[-200:].decode(errors='replace').strip()}")
    return time.perf_counter() - began


def _busy_share(folder: Path, seconds: float) -> float:
    """Processor time of all the embedded system's processes, as a share of one core.

    What a short-lived child used is in its parent's count when it has ended.
    """
    processes = _processes_of(folder)
    before = {process.pid: _cpu_s(process) for process in processes}
    time.sleep(seconds)
    return sum(_cpu_s(process) - before[process.pid] for process in processes) / seconds


def _processes_of(folder: Path) -> list[psutil.Process]:
    """The server's with its workers, and PostgreSQL's, which is nobody's child."""
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    server = next(process for process in psutil.Process().children() if "serve" in process.cmdline())
    roots = [server, psutil.Process(postmaster)]
    return [process for root in roots for process in (root, *root.children(recursive=True))]


def _cpu_s(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
