"""How long matching takes beside many candidates and jobs, what it finds of all there is, what it keeps."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID, uuid4

import psutil
import uvloop
from matching_load import Connection, Load, connect, load_candidates, load_jobs
from matching_near import Near
from matching_people import Market
from matching_process import Told, cpu_s, matcher_process, memory_mib, sizes_mib
from matching_recall import Recall, everybody, recall, totals_of
from msgspec import Struct
from options import Options
from page import Row
from people import database_sizes
from remembered_vectors import RememberedVectors
from stores import postgres_server
from system import migrate, service, shared_settings
from timing import percentile

from hotgigs.chassis.bus.embedded import open_embedded_bus

_NEW = 1_000_000
"""The number of the first person, and posting, that is not loaded."""
_WARM = 1
"""Of the new ones at each size, do not count."""
_TABLES = ("candidates", "candidate_features", "candidate_vectors", "candidate_skills", "memberships")


class Sizes(Struct, frozen=True, kw_only=True):
    candidates: Sequence[int]
    jobs: int
    databases: int
    new_jobs: int
    new_candidates: int

    @staticmethod
    def of(options: Options) -> "Sizes":
        if options.is_quick:
            return Sizes(candidates=(1_000, 4_000), jobs=300, databases=20, new_jobs=2, new_candidates=3)
        return Sizes(
            candidates=(25_000, 50_000, 100_000), jobs=10_000, databases=200, new_jobs=6, new_candidates=15
        )


def scale(options: Options) -> list[Row]:
    sizes = Sizes.of(options)
    (options.folder / "postgres").mkdir()
    with ExitStack() as stack:
        url = stack.enter_context(postgres_server(options.folder / "postgres"))
        settings = shared_settings(options.folder) | {"HOTGIGS_DATABASE_URL": url}
        migrate(options.folder, settings)
        stack.enter_context(service("matcher", options.folder, settings))
        pieces = options.folder / "pieces.npz"
        _embed_pieces(RememberedVectors(pieces, threads=2))
        databases = [uuid4() for _ in range(sizes.databases)]
        load = Load(
            url=url,
            databases=databases,
            sizes=database_sizes(sizes.databases, sizes.candidates[-1]),
            made_by="",
            pieces=pieces,
        )
        return uvloop.run(_measured(load, sizes, matcher_process()))


def _embed_pieces(vectors: RememberedVectors) -> None:
    """Before others share them."""
    for profession in Market().professions:
        vectors.embed([sentence.rstrip(".") for sentence in profession.sentences])
    vectors.save()


async def _measured(load: Load, sizes: Sizes, process: psutil.Process) -> list[Row]:
    connection = await connect(load.url)
    bus = await open_embedded_bus(load.url)
    try:
        told, market = Told(bus, connection), Market()
        first, _ = await told.candidate(next(market.profiles(_NEW - 1, _NEW)), load.databases[0])
        made_by = await connection.fetchval(
            "SELECT made_by FROM candidate_features WHERE candidate_id = $1", first
        )
        load = Load(
            url=load.url,
            databases=load.databases,
            sizes=load.sizes,
            made_by=made_by,
            pieces=load.pieces,
        )
        before_mib, _ = memory_mib(process)
        rows, jobs = await _new_jobs(load, sizes, told, connection, process)
        now_mib, most_mib = memory_mib(process)
        rows += await _kept(connection, sizes.candidates[-1])
        rows.append(
            Row(
                what="  the matcher's process, before and after / at most",
                ours=f"{before_mib:,.0f} and {now_mib:,.0f} / {most_mib:,.0f} MiB",
            )
        )
        rows += await _recalls(connection, jobs)
        return rows + await _new_candidates(load, sizes, told, connection, process)
    finally:
        await bus.close()
        await connection.close()


async def _new_jobs(
    load: Load, sizes: Sizes, told: Told, connection: Connection, process: psutil.Process
) -> tuple[list[Row], list[UUID]]:
    """The jobs are those of the greatest number of candidates."""
    rows: list[Row] = []
    jobs: list[UUID] = []
    market, number = Market(), _NEW
    for loaded, count in pairwise((0, *sizes.candidates)):
        began = time.perf_counter()
        await asyncio.to_thread(load_candidates, load, loaded, count)
        loaded_s = time.perf_counter() - began
        near = await Near.load(connection, "candidate")
        jobs, taken = [], []
        used_s = cpu_s(process)
        for posting in market.postings(number, number + sizes.new_jobs + _WARM):
            job_id, seconds = await told.job(posting, load.databases[number % len(load.databases)])
            jobs.append(job_id)
            taken.append(seconds)
            number += 1
        used_s = (cpu_s(process) - used_s) / len(jobs)
        vectors = [
            await connection.fetchval("SELECT vector FROM job_vectors WHERE job_id = $1", job_id)
            for job_id in jobs
        ]
        p50 = percentile(taken[_WARM:], 50)
        what = f"one new job against {count:,} candidates"
        rows += [
            _against(f"{what}, p50", p50, "numpy, top 50", near.numpy_s(vectors)),
            _against("  against", p50, "pgvector exact, top 50", await near.exact_s(connection, vectors)),
            _against(
                "  against", p50, "pgvector exact, 100 a database", await near.lists_s(connection, vectors)
            ),
            Row(
                what="  p99; the candidates' loading with all indexes",
                ours=f"{percentile(taken[_WARM:], 99) * 1000:,.0f} ms; {loaded_s:.0f} s",
            ),
            _used(used_s),
            await _runs_of(connection, jobs[_WARM:]),
        ]
    return rows, jobs[_WARM:]


async def _runs_of(connection: Connection, jobs: Sequence[UUID]) -> Row:
    row = await connection.fetchrow(
        "SELECT avg(compared)::int AS compared, avg(kept)::int AS kept,"
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at)) AS seconds"
        " FROM runs WHERE about_id = ANY($1)",
        list(jobs),
    )
    assert row is not None
    return Row(
        what="  of it the run; pairs compared, kept",
        ours=f"{row['seconds'] * 1000:,.0f} ms; {row['compared']:,}, {row['kept']:,}",
    )


async def _kept(connection: Connection, count: int) -> list[Row]:
    sizes = await sizes_mib(connection, [*_TABLES, "candidate_vectors_vector"])
    share = 100_000 / count
    told = ", ".join(f"{name.removeprefix('candidate_')} {mib * share:,.0f}" for name, mib in sizes.items())
    whole = sum(mib for name, mib in sizes.items() if name in _TABLES)
    return [
        Row(what="MiB in PostgreSQL for 100,000 candidates", ours=f"{whole * share:,.0f}"),
        Row(what=f"  {told}", ours=""),
    ]


async def _recalls(connection: Connection, jobs: Sequence[UUID]) -> list[Row]:
    people, today = await everybody(connection), datetime.now(UTC).date()
    found: list[Recall] = []
    taken: list[float] = []
    for job_id in jobs:
        began = time.perf_counter()
        totals = await totals_of(connection, job_id, people, today)
        taken.append(time.perf_counter() - began)
        found.append(await recall(connection, job_id, people, totals))
    per_second = len(people.ids) / statistics.median(taken)
    return [
        Row(what="top 50 of all found, mean and worst job", ours=_both([each.overall for each in found])),
        Row(
            what="top 50 of each database, mean and worst job",
            ours=_both([each.of_databases for each in found]),
        ),
        Row(
            what="  in the worst database of any job",
            ours=f"{min(each.of_worst_database for each in found):.3f}",
        ),
        Row(what="  kept pairs whose score differs", ours=f"{sum(each.differing for each in found)}"),
        Row(what="scoring alone, one thread", ours=f"{per_second:,.0f} pairs/s"),
        Row(what="  all, instead of likely ones", ours=f"{statistics.median(taken):.1f} s"),
    ]


async def _new_candidates(
    load: Load, sizes: Sizes, told: Told, connection: Connection, process: psutil.Process
) -> list[Row]:
    await asyncio.to_thread(load_jobs, load, 0, sizes.jobs)
    near = await Near.load(connection, "job")
    candidates, taken = [], []
    used_s = cpu_s(process)
    for profile in Market().profiles(_NEW, _NEW + sizes.new_candidates + _WARM):
        candidate_id, seconds = await told.candidate(
            profile, load.databases[len(taken) % len(load.databases)]
        )
        candidates.append(candidate_id)
        taken.append(seconds)
    used_s = (cpu_s(process) - used_s) / len(candidates)
    vectors = [
        await connection.fetchval("SELECT vector FROM candidate_vectors WHERE candidate_id = $1", each)
        for each in candidates
    ]
    p50 = percentile(taken[_WARM:], 50)
    kept = await connection.fetchval(
        "SELECT count(*) / $2::float8 FROM matches WHERE candidate_id = ANY($1)", candidates, len(candidates)
    )
    what = f"one new candidate against {sizes.jobs:,} open jobs"
    return [
        _against(f"{what}, p50", p50, "numpy, top 50", near.numpy_s(vectors)),
        _against("  against", p50, "pgvector exact, top 50", await near.exact_s(connection, vectors)),
        _used(used_s),
        Row(what="  p99; pairs kept", ours=f"{percentile(taken[_WARM:], 99) * 1000:,.0f} ms; {kept:,.0f}"),
    ]


def _against(what: str, ours_s: float, peer: str, peer_s: float) -> Row:
    """The peer finds the nearest vectors and no more, in some hundredth of the time."""
    return Row(
        what=what,
        ours=f"{ours_s * 1000:,.0f} ms",
        peer=f"{peer_s * 1000:.2f} ms {peer}; {ours_s / peer_s:,.0f} times that",
    )


def _used(seconds: float) -> Row:
    return Row(what="  of it the matcher's own processor time, mean", ours=f"{seconds * 1000:,.0f} ms")


def _both(values: Sequence[float]) -> str:
    return f"{statistics.fmean(values):.3f} and {min(values):.3f}"
