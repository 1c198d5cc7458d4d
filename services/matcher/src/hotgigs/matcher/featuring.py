"""The features that a run needs: those that are kept, or new ones."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.job_state import JobPosting, JobState
from hotgigs.matcher import candidate_store, feature_store, job_store
from hotgigs.matcher.feature_store import Features, Subject
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.scoring.features import (
    CandidateFeatures,
    JobFeatures,
    candidate_features,
    job_features,
)


async def features_of_job(job: JobState, matching: Matching, *, anew: bool) -> Features | None:
    """None where the job has changed meanwhile, or is closed. Raises what the embedder raises."""

    async def is_current(connection: Connection) -> bool:
        now = await job_store.find(connection, job.job_id, for_change=True)
        return now is not None and now.version == job.version and now.status == "open"

    return await _features_of(
        "job",
        job.job_id,
        job.version,
        matching,
        make=lambda: job_features(job.posting, matching.embed),
        is_current=is_current,
        anew=anew,
    )


async def features_of_candidate(
    candidate_id: UUID, version: int, profile: CandidateProfile, matching: Matching, *, anew: bool
) -> Features | None:
    """None where the candidate has changed meanwhile, or is gone. Raises what the embedder raises."""

    async def is_current(connection: Connection) -> bool:
        now = await candidate_store.find(connection, candidate_id, for_change=True)
        return now is not None and now.version == version

    return await _features_of(
        "candidate",
        candidate_id,
        version,
        matching,
        make=lambda: candidate_features(profile, matching.embed),
        is_current=is_current,
        anew=anew,
    )


async def features_of_posting(posting: JobPosting, matching: Matching) -> JobFeatures:
    """Of one that is not kept. Raises what the embedder raises."""
    return await asyncio.get_running_loop().run_in_executor(
        matching.threads, job_features, posting, matching.embed
    )


def to_keep(made: JobFeatures | CandidateFeatures, version: int) -> Features:
    return Features(
        version=version,
        packed=made.packed,
        skills=made.skill_keys,
        vector=[float(each) for each in made.vector],
    )


async def _features_of(
    about: Subject,
    id_: UUID,
    version: int,
    matching: Matching,
    *,
    make: Callable[[], JobFeatures | CandidateFeatures],
    is_current: Callable[[Connection], Awaitable[bool]],
    anew: bool,
) -> Features | None:
    known = await matching.units_of_work.read(feature_store.find, about, id_, made_by=matching.made_by)
    if known is not None and known.version == version and not anew:
        return known
    made = await asyncio.get_running_loop().run_in_executor(matching.threads, make)
    features = to_keep(made, version)
    async with matching.units_of_work.begin() as uow:
        if not await is_current(uow.connection):
            return None
        await feature_store.put(uow.connection, about, id_, features, made_by=matching.made_by)
    return features
