"""Authenticated GET /api/resumes/{id}/status through the gateway's process, in requests per second.

The peers are a bare Litestar and a FastAPI app that make the same query through the same kind of pool
and give the same answer to anybody. All run on uvicorn with one worker in a process of their own, on one
PostgreSQL, and take turns; `http_load` asks from another process, on 32 connections. The gateway's rate
limits are off, but for a second gateway where they are on and never reached.
"""

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import msgspec
from client import Recruiter
from copies import copies
from msgspec import Struct
from options import Options
from page import Row, rate
from processes import BENCHMARKS, environment
from stores import postgres_server
from system import migrate, peer_app, service, shared_settings

TITLE = "Reads: a resume's status over HTTP (32 connections, one process each)"
CONNECTIONS = 32
LIMITS = {"HOTGIGS_RATE_LIMITS": "on", "HOTGIGS_RATE_LIMIT_OTHERS": "1000000000"}


class Target(Struct, frozen=True):
    port: int
    path: str
    token: str = ""


def run(options: Options) -> list[Row]:
    (options.folder / "postgres").mkdir()
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server(options.folder / "postgres"))
        settings = shared_settings(options.folder) | {"HOTGIGS_DATABASE_URL": url}
        migrate(options.folder, settings)
        gateway = stack.enter_context(service("gateway", options.folder, settings))
        recruiter = Recruiter(gateway)
        resume_id = _completed_resume(recruiter, options.folder, settings)
        limited = stack.enter_context(service("gateway", options.folder, settings | LIMITS))
        path = f"/api/resumes/{resume_id}/status"
        targets = {
            "ours": Target(gateway, path, recruiter.token),
            "limited": Target(limited, path, recruiter.token),
        }
        peers = {"Litestar": "litestar_status", "FastAPI": "fastapi_status"}
        for name, module in peers.items():
            if find_spec(name.lower()) is not None:
                port = stack.enter_context(peer_app(module, options.folder, settings))
                targets[name] = Target(port, f"/{resume_id}/status")
        per_second, ours_p50_s = _measure(targets, options)
    rows = [
        rate(
            f"status through the gateway, or {name} alone",
            per_second["ours"],
            f"bare {name}",
            per_second[name],
        )
        if name in per_second
        else Row(what=f"status, against {name}", ours="not measured", peer=f"{name} is not installed")
        for name in peers
    ]
    return [
        *rows,
        rate("status with rate limits", per_second["limited"], "without", per_second["ours"]),
        Row(what="  p50 of the gateway's answers, so busy", ours=f"{ours_p50_s * 1000:.1f} ms"),
    ]


def _completed_resume(recruiter: Recruiter, folder: Path, settings: Mapping[str, str]) -> str:
    async def import_one() -> str:
        resume_id = await recruiter.upload(next(copies(1)))
        await recruiter.until_ended(resume_id)
        return resume_id

    with service("ingest parser", folder, settings):
        return asyncio.run(import_one())


def _measure(targets: Mapping[str, Target], options: Options) -> tuple[dict[str, float], float]:
    """Requests per second by name, and the gateway's p50."""
    taken: dict[str, list[float]] = {name: [] for name in targets}
    p50_s: list[float] = []
    for target in targets.values():
        _load(target, 0.3)
    for _ in range(options.pick(full=5, quick=1)):
        for name, target in targets.items():
            result = _load(target, options.pick(full=4, quick=1))
            taken[name].append(result["per_second"])
            if name == "ours":
                p50_s.append(result["p50_s"])
    return {name: statistics.median(rates) for name, rates in taken.items()}, statistics.median(p50_s)


def _load(target: Target, seconds: float) -> dict[str, float]:
    """Raises RuntimeError where an answer was not 200."""
    arguments = (target.port, target.path, CONNECTIONS, seconds, target.token)
    done = subprocess.run(
        [sys.executable, BENCHMARKS / "http_load.py", *map(str, arguments)],
        env=environment({}),
        capture_output=True,
        check=True,
    )
    result: dict[str, float] = msgspec.json.decode(done.stdout)
    if result["errors"]:
        raise RuntimeError(f"{result['errors']:.0f} answers were not 200")
    return result
