"""What the matcher works with beside its transactions."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec import Struct
from threadpoolctl import threadpool_limits

from hotgigs.chassis.service import Runtime
from hotgigs.embeddings import Embedder
from hotgigs.embeddings.model_files import WEIGHTS, model_file
from hotgigs.matcher.embedding_queue import EmbeddingQueue
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.settings import MatcherSettings
from hotgigs.matcher.shortlists import Rules

_READERS = 4
"""Threads beside those of runs, for who asks and waits for an answer."""


class Resources(Struct, frozen=True, kw_only=True):
    matching: Matching
    jobs_at_once: int
    candidates_at_once: int


@asynccontextmanager
async def open_resources(runtime: Runtime[MatcherSettings]) -> AsyncIterator[Resources]:
    """Raises ModelMissing."""
    settings = runtime.settings
    model = await asyncio.to_thread(_digest, model_file(WEIGHTS, folder=settings.matcher_model_dir))
    embedder = Embedder(threads=settings.matcher_embedding_threads, folder=settings.matcher_model_dir)
    threads = ThreadPoolExecutor(
        settings.matcher_jobs_at_once + settings.matcher_candidates_at_once + _READERS,
        thread_name_prefix="matching",
    )
    queue = EmbeddingQueue(embedder)
    try:
        # Runs share the processors among themselves. Threads of numpy's own would wait for each other,
        # spinning: beside other work a product of such small matrices takes some times its processor time.
        threadpool_limits(1, user_api="blas")
        yield Resources(
            matching=Matching(
                units_of_work=runtime.units_of_work,
                threads=threads,
                embed=queue.embed,
                model=model,
                rules=Rules(length=settings.matcher_shortlist_length, floor=settings.matcher_score_floor),
                weights=settings.weights,
                today=_today,
            ),
            jobs_at_once=settings.matcher_jobs_at_once,
            candidates_at_once=settings.matcher_candidates_at_once,
        )
    finally:
        # Who still waits is answered; work that was cut off by a drain is done again elsewhere.
        queue.close()
        threads.shutdown(wait=False, cancel_futures=True)


def _digest(weights: Path) -> str:
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def _today() -> date:
    return datetime.now(UTC).date()
