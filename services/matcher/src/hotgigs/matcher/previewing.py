"""What a posting would match, of which nothing is kept."""

import heapq
from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.job_state import JobPosting
from hotgigs.matcher import generation, membership_store
from hotgigs.matcher.featuring import features_of_posting, to_keep
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring_pass import evidence, score_for_job


class Best(Struct, frozen=True, kw_only=True):
    candidate_id: UUID
    version: int
    scored: Scored


class Preview(Struct, frozen=True, kw_only=True):
    """``compared`` is how many candidates there are to choose from; ``best`` has the best first."""

    compared: int
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    best: tuple[Best, ...]


async def preview(
    posting: JobPosting,
    matching: Matching,
    *,
    only_in: Collection[UUID] | None,
    min_score: float,
    limit: int,
) -> Preview:
    """Of the candidates that these databases show, or of all. Raises what the embedder raises."""
    made = await features_of_posting(posting, matching)
    features = to_keep(made, version=1)
    async with matching.units_of_work.begin() as uow:
        candidates = await generation.candidates_for(uow.connection, features, only_in=only_in)
        compared = await membership_store.count_matched(uow.connection, only_in)
    weights, today = matching.weights_of(posting), matching.today()
    totals: dict[UUID, float] = {}
    async for chunk in score_for_job(features.packed, candidates, matching, weights=weights, today=today):
        pairs = zip(chunk.ids, chunk.scores.totals.tolist(), strict=True)
        totals |= {id_: total for id_, total in pairs if total >= min_score}
    wanted = heapq.nsmallest(limit, totals, key=lambda id_: (-totals[id_], id_))
    best: dict[UUID, Best] = {}
    async for chunk in score_for_job(features.packed, wanted, matching, weights=weights, today=today):
        versions = dict(zip(chunk.ids, chunk.versions, strict=True))
        for id_, scored in (await evidence(chunk, wanted, matching)).items():
            best[id_] = Best(candidate_id=id_, version=versions[id_], scored=scored)
    return Preview(
        compared=compared,
        required=made.required,
        preferred=made.preferred,
        best=tuple(best[id_] for id_ in wanted if id_ in best),
    )
