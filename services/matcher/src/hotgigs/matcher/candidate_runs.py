"""One candidate against all open jobs: what is worked out before anything is written."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from hotgigs.matcher import (
    candidate_store,
    generation,
    match_store,
    membership_store,
    shortlist_store,
    submission_store,
)
from hotgigs.matcher.candidate_store import Candidate
from hotgigs.matcher.featuring import features_of_candidate
from hotgigs.matcher.following import begun
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring_pass import Scoring, score_for_candidate
from hotgigs.matcher.scoring_pass import evidence as evidence_of
from hotgigs.matcher.shortlists import place


class Pair(Struct, frozen=True, kw_only=True):
    job_version: int
    total: float
    scoring: Scoring
    scored: Scored | None = None
    """Found already, for those that seem to be kept."""

    def evidence(self, job_id: UUID) -> Scored:
        return self.scored or self.scoring.scores.scored(self.scoring.ids.index(job_id))


class CandidateRun(Struct, frozen=True, kw_only=True):
    """What was found. ``run`` is None for one that has ended; ``candidate`` for one that is gone, or has
    changed meanwhile: another run is under way then. One that is merged into another has no ``pairs``."""

    matching: Matching
    today: date
    run: Run | None = None
    candidate: Candidate | None = None
    compared: int = 0
    pairs: dict[UUID, Pair] = {}
    """By job; those that were scored."""


async def run_candidate(run_id: UUID, candidate_id: UUID, matching: Matching) -> CandidateRun:
    """Raises what the embedder raises."""
    today = matching.today()
    run = await begun(run_id, matching)
    if run is None:
        return CandidateRun(matching=matching, today=today)
    candidate = await matching.units_of_work.read(candidate_store.find, candidate_id)
    if candidate is None or candidate.profile is None:
        return CandidateRun(matching=matching, today=today, run=run, candidate=candidate)
    features = await features_of_candidate(
        candidate_id, candidate.version, candidate.profile, matching, anew=run.is_forced
    )
    if features is None:
        return CandidateRun(matching=matching, today=today, run=run)
    async with matching.units_of_work.begin() as uow:
        jobs = await generation.jobs_for(uow.connection, features)
        jobs |= await match_store.jobs_of(uow.connection, [candidate_id])
        pinned = await submission_store.jobs_of(uow.connection, candidate_id)
    pairs: dict[UUID, Pair] = {}
    async for chunk in score_for_candidate(features.packed, jobs | pinned, matching, today=today):
        of_chunk = zip(chunk.ids, chunk.versions, chunk.scores.totals.tolist(), strict=True)
        found = {
            job_id: Pair(job_version=version, total=total, scoring=chunk)
            for job_id, version, total in of_chunk
        }
        seem_kept = await _that_seem_kept(candidate_id, found, matching) | pinned & found.keys()
        scored = await evidence_of(chunk, seem_kept, matching)
        pairs |= {
            job_id: Pair(
                job_version=pair.job_version, total=pair.total, scoring=chunk, scored=scored.get(job_id)
            )
            for job_id, pair in found.items()
        }
    return CandidateRun(
        matching=matching, today=today, run=run, candidate=candidate, compared=len(pairs), pairs=pairs
    )


async def _that_seem_kept(candidate_id: UUID, pairs: Mapping[UUID, Pair], matching: Matching) -> set[UUID]:
    """As the shortlists are now: evidence takes longer than a transaction that holds jobs should."""
    good = [job_id for job_id, pair in pairs.items() if pair.total >= matching.rules.floor]
    databases = await matching.units_of_work.read(membership_store.databases_of, [candidate_id])
    lists = [(job_id, database_id) for job_id in good for database_id in databases.get(candidate_id, ())]
    others = await matching.units_of_work.read(
        shortlist_store.others, candidate_id, lists, length=matching.rules.length
    )
    return {
        job_id
        for (job_id, _), each in others.items()
        if place(candidate_id, pairs[job_id].total, each, matching.rules).is_on_it
    }
