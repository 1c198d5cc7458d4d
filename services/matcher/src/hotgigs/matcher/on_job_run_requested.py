"""job_run_requested -> matches_computed of one job: its shortlists made anew."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.job_state import JobState
from hotgigs.contracts.matcher.job_run_requested import JobRunRequestedV1
from hotgigs.matcher import (
    candidate_store,
    feature_store,
    job_store,
    match_store,
    membership_store,
    shortlist_store,
    submission_store,
)
from hotgigs.matcher.ending import end_run
from hotgigs.matcher.job_runs import Finalist, JobRun, run_job
from hotgigs.matcher.match_store import Found
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.runs import request_runs
from hotgigs.matcher.shortlists import Shortlist, shortlists_of
from hotgigs.matcher.told_matches import told


async def work(event: JobRunRequestedV1, resources: Resources) -> JobRun:
    """Outside of any transaction, and done again after a kill."""
    return await run_job(event.run_id, event.job_id, resources.matching)


async def on_job_run_requested(event: JobRunRequestedV1, found: JobRun, uow: UnitOfWork) -> None:
    """Of a job that has changed meanwhile nothing is written: the change has asked for another run."""
    if found.run is None:
        return
    kept = 0
    if found.job is not None:
        # Those who are kept must not be erased beside this.
        held = await candidate_store.hold(uow.connection, found.finalists.keys())
        now = await job_store.find(uow.connection, event.job_id, for_change=True)
        if now is not None and now.version == found.job.version and now.status == "open":
            kept = await _write(found, found.job, found.run, held, uow)
    await end_run(event.run_id, uow, compared=found.compared, kept=kept)


async def give_up(event: JobRunRequestedV1, uow: UnitOfWork) -> None:
    await end_run(event.run_id, uow, status="failed")


async def _write(found: JobRun, job: JobState, run: Run, held: set[UUID], uow: UnitOfWork) -> int:
    """How many matches the job has then."""
    connection, matching = uow.connection, found.matching
    finalists = await _current(connection, {i: found.finalists[i] for i in held}, matching.made_by)
    # What others found of this version of the job since, or what this run did not come across.
    known = await match_store.scores_of_job(
        connection, job.job_id, job_version=job.version, scored_by=matching.scored_by
    )
    scores = await _of_those_alive(
        connection, known | {id_: each.scored.score for id_, each in finalists.items()}, matching.made_by
    )
    pinned = await submission_store.candidates_of(connection, job.job_id) & scores.keys()
    shortlists = await _shortlists(connection, found, run, scores)
    kept = {id_ for shortlist in shortlists.values() for id_ in shortlist.scores} | pinned
    changed = await match_store.put(
        connection,
        [
            Found(
                job_id=job.job_id,
                candidate_id=id_,
                job_version=job.version,
                candidate_version=each.version,
                is_pinned=id_ in pinned,
                scored=each.scored,
            )
            for id_, each in finalists.items()
            if id_ in kept
        ],
        scored_by=matching.scored_by,
    )
    changed += await match_store.set_pinned(connection, job.job_id, sorted(pinned))
    gone = await match_store.candidates_of(connection, job.job_id) - kept
    removed = await match_store.remove(connection, [(job.job_id, id_) for id_ in sorted(gone)])
    await shortlist_store.replace_all(connection, job.job_id, shortlists)
    for event in told("job", job.job_id, matches=changed, removed=removed):
        uow.publish(event)
    assert run.started_at is not None
    await job_store.put_matched(
        connection, job.job_id, at=run.started_at, on=found.today, scored_by=matching.scored_by
    )
    if any(
        each.best_left_out is not None and len(each.scores) < matching.rules.length
        for each in shortlists.values()
    ):
        for again in await request_runs(connection, "job", [job.job_id], at=run.started_at):
            uow.publish(again)
    return len(kept)


async def _current(
    connection: Connection, finalists: Mapping[UUID, Finalist], made_by: str
) -> dict[UUID, Finalist]:
    """Those whose features are still what was scored; the others have runs of their own under way."""
    versions = await feature_store.versions(connection, "candidate", list(finalists), made_by=made_by)
    return {id_: each for id_, each in finalists.items() if versions.get(id_) == each.version}


async def _of_those_alive(
    connection: Connection, scores: Mapping[UUID, float], made_by: str
) -> dict[UUID, float]:
    """Who is merged into another meanwhile can be matched no longer."""
    alive = await feature_store.versions(connection, "candidate", list(scores), made_by=made_by)
    return {id_: scores[id_] for id_ in scores if id_ in alive}


async def _shortlists(
    connection: Connection, found: JobRun, run: Run, scores: Mapping[UUID, float]
) -> dict[UUID, Shortlist]:
    """By database, of those whom it shows now; and who was left out, by this run or by others since it
    began."""
    assert found.job is not None
    assert run.started_at is not None
    databases = await membership_store.databases_of(connection, scores.keys())
    shortlists = shortlists_of(scores, databases, found.matching.rules)
    noted = await shortlist_store.left_out_since(connection, found.job.job_id, run.started_at)
    for database_id, shortlist in shortlists.items():
        planned = found.shortlists.get(database_id)
        left_out = [
            each
            for each in (
                shortlist.best_left_out,
                noted.get(database_id),
                None if planned is None else planned.best_left_out,
            )
            if each is not None
        ]
        shortlists[database_id] = msgspec.structs.replace(
            shortlist, best_left_out=max(left_out, default=None)
        )
    return shortlists
