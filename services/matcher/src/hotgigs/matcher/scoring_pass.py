"""Scoring many pairs in chunks, off the event loop."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from msgspec import Struct
from prometheus_client import Counter

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.matcher import feature_store, job_store
from hotgigs.matcher.feature_store import Scorable, Subject
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring.scorer import Scores, score_candidates, score_jobs

CHUNK = 500
"""Pairs that are in memory at once, each with some 20 KiB of features."""

_pairs = Counter(
    "hotgigs_scored_pairs_total",
    "Pairs that were scored: a job against candidates, or a candidate against jobs",
    ["against"],
)


class Scoring(Struct, frozen=True, kw_only=True):
    """One chunk: ``versions`` are those of the features that were scored, in the order of ``ids``."""

    ids: tuple[UUID, ...]
    versions: tuple[int, ...]
    scores: Scores


async def score_for_job(
    packed: bytes,
    candidate_ids: Collection[UUID],
    matching: Matching,
    *,
    weights: MatchWeights,
    today: date,
) -> AsyncIterator[Scoring]:
    """Candidates that cannot be scored are left out."""
    async for chunk in _chunks("candidate", candidate_ids, matching):
        score = partial(
            score_candidates, packed, [each.packed for each in chunk], weights=weights, today=today
        )
        yield _scoring(chunk, await asyncio.get_running_loop().run_in_executor(matching.threads, score))


async def score_for_candidate(
    packed: bytes, job_ids: Collection[UUID], matching: Matching, *, today: date
) -> AsyncIterator[Scoring]:
    """Jobs that cannot be scored are left out."""
    own = await matching.units_of_work.read(job_store.weights_of, job_ids)
    async for chunk in _chunks("job", job_ids, matching):
        weights = [own.get(each.id, matching.weights) for each in chunk]
        score = partial(score_jobs, packed, [each.packed for each in chunk], weights=weights, today=today)
        yield _scoring(chunk, await asyncio.get_running_loop().run_in_executor(matching.threads, score))


async def evidence(
    scoring: Scoring, wanted: Mapping[UUID, object] | Collection[UUID], matching: Matching
) -> dict[UUID, Scored]:
    """Of those that are wanted."""
    indexes = [index for index, id_ in enumerate(scoring.ids) if id_ in wanted]

    def read() -> dict[UUID, Scored]:
        return {scoring.ids[index]: scoring.scores.scored(index) for index in indexes}

    return await asyncio.get_running_loop().run_in_executor(matching.threads, read)


async def _chunks(
    about: Subject, ids: Collection[UUID], matching: Matching
) -> AsyncIterator[Sequence[Scorable]]:
    """The next one is read while one is scored."""
    ordered = sorted(ids)

    def read(start: int) -> asyncio.Task[list[Scorable]]:
        return asyncio.create_task(
            matching.units_of_work.read(
                feature_store.scorable, about, ordered[start : start + CHUNK], made_by=matching.made_by
            )
        )

    reading = read(0)
    try:
        for start in range(CHUNK, len(ordered) + CHUNK, CHUNK):
            chunk = await reading
            reading = read(start)
            if chunk:
                yield chunk
                _pairs.labels(f"{about}s").inc(len(chunk))
    finally:
        reading.cancel()


def _scoring(chunk: Sequence[Scorable], scores: Scores) -> Scoring:
    return Scoring(
        ids=tuple(each.id for each in chunk), versions=tuple(each.version for each in chunk), scores=scores
    )
