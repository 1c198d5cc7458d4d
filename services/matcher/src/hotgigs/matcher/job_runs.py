"""One job against all candidates: what is worked out before anything is written."""

import time
from datetime import date
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.job_state import JobState
from hotgigs.matcher import generation, job_store, match_store, membership_store, submission_store
from hotgigs.matcher.featuring import features_of_job
from hotgigs.matcher.following import begun, followed
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.scoring.scored import Scored
from hotgigs.matcher.scoring_pass import evidence, score_for_job
from hotgigs.matcher.shortlists import Shortlist, shortlists_of

TOLD_EVERY_S = 0.5


class Finalist(Struct, frozen=True, kw_only=True):
    """A candidate that is to be kept, by features of that version."""

    version: int
    scored: Scored


class JobRun(Struct, frozen=True, kw_only=True):
    """What was found. ``run`` is None for one that has ended; ``job`` for one that was deleted, is closed, or
    has changed meanwhile: another run is under way then."""

    matching: Matching
    today: date
    run: Run | None = None
    job: JobState | None = None
    compared: int = 0
    finalists: dict[UUID, Finalist] = {}
    shortlists: dict[UUID, Shortlist] = {}
    """As they would be, by database."""


async def run_job(run_id: UUID, job_id: UUID, matching: Matching) -> JobRun:
    """Raises what the embedder raises."""
    nothing = JobRun(matching=matching, today=matching.today())
    run = await begun(run_id, matching)
    if run is None:
        return nothing
    nothing = JobRun(matching=matching, today=nothing.today, run=run)
    job = await matching.units_of_work.read(job_store.find, job_id)
    if job is None or job.status != "open":
        return nothing
    features = await features_of_job(job, matching, anew=run.is_forced)
    if features is None:
        return nothing
    async with matching.units_of_work.begin() as uow:
        candidates = await generation.candidates_for(uow.connection, features)
        candidates |= await match_store.candidates_of(uow.connection, job_id)
        pinned = await submission_store.candidates_of(uow.connection, job_id)
    return await _scored(
        job, run, matching, packed=features.packed, candidates=candidates | pinned, pinned=pinned
    )


async def _scored(
    job: JobState, run: Run, matching: Matching, *, packed: bytes, candidates: set[UUID], pinned: set[UUID]
) -> JobRun:
    """Evidence is read of those alone who are among the best of all that were scored so far: the memory for
    that of all is not to be had, and most are soon outdone."""
    today, weights = matching.today(), matching.weights_of(job.posting)
    databases = await matching.units_of_work.read(membership_store.databases_of, candidates)
    totals: dict[UUID, float] = {}
    finalists: dict[UUID, Finalist] = {}
    shortlists: dict[UUID, Shortlist] = {}
    compared, told_at = 0, time.monotonic()
    async for chunk in score_for_job(packed, candidates, matching, weights=weights, today=today):
        compared += len(chunk.ids)
        for candidate_id, total in zip(chunk.ids, chunk.scores.totals.tolist(), strict=True):
            if total >= matching.rules.floor or candidate_id in pinned:
                totals[candidate_id] = total
        shortlists = shortlists_of(totals, databases, matching.rules)
        kept = {id_ for each in shortlists.values() for id_ in each.scores} | (pinned & totals.keys())
        versions = dict(zip(chunk.ids, chunk.versions, strict=True))
        finalists = {id_: each for id_, each in finalists.items() if id_ in kept} | {
            id_: Finalist(version=versions[id_], scored=scored)
            for id_, scored in (await evidence(chunk, kept, matching)).items()
        }
        if time.monotonic() >= told_at + TOLD_EVERY_S:
            told_at = time.monotonic()
            await followed(run, matching, to_compare=len(candidates), compared=compared)
    return JobRun(
        matching=matching,
        today=today,
        run=run,
        job=job,
        compared=compared,
        finalists=finalists,
        shortlists=shortlists,
    )
