"""candidate_run_requested -> matches_computed of one candidate: its place on the shortlists of all jobs."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.match_state import RemovedMatch
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.matcher import (
    candidate_store,
    job_store,
    match_store,
    membership_store,
    shortlist_store,
    submission_store,
)
from hotgigs.matcher.candidate_runs import CandidateRun, run_candidate
from hotgigs.matcher.candidate_store import Candidate
from hotgigs.matcher.ending import end_run
from hotgigs.matcher.match_store import Found
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.runs import request_runs
from hotgigs.matcher.shortlists import Placing, place
from hotgigs.matcher.told_matches import told


async def work(event: CandidateRunRequestedV1, resources: Resources) -> CandidateRun:
    """Outside of any transaction, and done again after a kill."""
    return await run_candidate(event.run_id, event.candidate_id, resources.matching)


async def on_candidate_run_requested(
    event: CandidateRunRequestedV1, found: CandidateRun, uow: UnitOfWork
) -> None:
    """Of a candidate that has changed meanwhile nothing is written: the change has asked for another run."""
    if found.run is None:
        return
    kept = 0
    if found.candidate is not None:
        now = await candidate_store.find(uow.connection, event.candidate_id, for_change=True)
        if now is not None and now.version == found.candidate.version:
            kept = await _write(found, found.candidate, found.run, uow)
    await end_run(event.run_id, uow, compared=found.compared, kept=kept)


async def give_up(event: CandidateRunRequestedV1, uow: UnitOfWork) -> None:
    await end_run(event.run_id, uow, status="failed")


class _Placed(Struct, kw_only=True):
    """What becomes of the candidate on all shortlists; pairs are of a job and a database, unless they say."""

    on: dict[tuple[UUID, UUID], float]
    off: list[tuple[UUID, UUID, UUID]]
    """Jobs, databases and candidates, those included whose place was taken."""
    evicted: set[tuple[UUID, UUID]]
    """Jobs and candidates."""
    cut: dict[tuple[UUID, UUID], float]
    to_be_filled: set[UUID]
    """Jobs."""


async def _write(found: CandidateRun, candidate: Candidate, run: Run, uow: UnitOfWork) -> int:
    """How many matches the candidate has then, with jobs that have not changed meanwhile."""
    connection, id_, matching = uow.connection, candidate.candidate_id, found.matching
    pinned = await submission_store.jobs_of(connection, id_)
    concerned = {
        job_id
        for job_id, pair in found.pairs.items()
        if pair.total >= matching.rules.floor or job_id in pinned
    }
    concerned |= await match_store.jobs_of(connection, [id_])
    concerned |= {job_id for job_id, _ in await shortlist_store.lists_with(connection, [id_])}
    is_open = await job_store.lock(connection, concerned)
    totals = await _totals(connection, found, candidate, is_open)
    placed = await _place(connection, found, candidate, totals)
    await shortlist_store.remove(connection, placed.off)
    await shortlist_store.put(connection, id_, placed.on)
    await shortlist_store.put_cut(connection, placed.cut)
    kept = {job_id for job_id, _ in placed.on} | {
        job_id for job_id in pinned if totals.get(job_id) is not None
    }
    changed = await match_store.put(
        connection,
        [
            Found(
                job_id=job_id,
                candidate_id=id_,
                job_version=found.pairs[job_id].job_version,
                candidate_version=candidate.version,
                is_pinned=job_id in pinned,
                scored=found.pairs[job_id].evidence(job_id),
            )
            for job_id in sorted(kept & found.pairs.keys())
        ],
        scored_by=matching.scored_by,
    )
    removed = await match_store.remove(connection, [(job_id, id_) for job_id in sorted(totals.keys() - kept)])
    for event in told("candidate", id_, matches=changed, removed=removed):
        uow.publish(event)
    await _remove_evicted(placed.evicted, uow)
    assert run.started_at is not None
    await candidate_store.put_matched(
        connection, id_, at=run.started_at, on=found.today, scored_by=matching.scored_by
    )
    for request in await request_runs(connection, "job", sorted(placed.to_be_filled), at=run.started_at):
        uow.publish(request)
    return len(kept)


async def _totals(
    connection: Connection, found: CandidateRun, candidate: Candidate, is_open: Mapping[UUID, int]
) -> dict[UUID, float | None]:
    """By job, of those that are as they were when they were scored; None where the pair cannot be kept. Jobs
    that have changed since are left to their own runs."""
    if candidate.profile is None:
        return dict.fromkeys(is_open)
    totals: dict[UUID, float | None] = {}
    kept = await match_store.kept_of_candidate(connection, candidate.candidate_id)
    for job_id, version in is_open.items():
        pair, known = found.pairs.get(job_id), kept.get(job_id)
        if pair is not None and pair.job_version == version:
            totals[job_id] = pair.total
        elif known is not None and (
            known.job_version == version
            and known.candidate_version == candidate.version
            and known.scored_by == found.matching.scored_by
        ):
            # The job's own run has come across what this one has not.
            totals[job_id] = known.score
    return totals


async def _place(
    connection: Connection, found: CandidateRun, candidate: Candidate, totals: Mapping[UUID, float | None]
) -> _Placed:
    id_, rules = candidate.candidate_id, found.matching.rules
    databases = (await membership_store.databases_of(connection, [id_])).get(id_, set())
    now_on = await shortlist_store.lists_with(connection, [id_])
    lists = {(job_id, database_id) for job_id in totals for database_id in databases}
    lists |= {each for each in now_on if each[0] in totals}
    placed = _Placed(on={}, off=[], evicted=set(), cut={}, to_be_filled=set())
    others = await shortlist_store.others(connection, id_, sorted(lists), length=rules.length)
    for (job_id, database_id), each in others.items():
        total = totals[job_id] if database_id in databases else None
        placing = place(id_, total, each, rules)
        _take(placing, (job_id, database_id), total, id_, placed)
        if each.own_score is not None and not placing.is_on_it:
            placed.off.append((job_id, database_id, id_))
    return placed


def _take(
    placing: Placing, where: tuple[UUID, UUID], total: float | None, candidate_id: UUID, placed: _Placed
) -> None:
    job_id, database_id = where
    if placing.is_on_it:
        assert total is not None
        placed.on[where] = total
    if placing.evicted is not None:
        placed.off.append((job_id, database_id, placing.evicted))
        placed.evicted.add((job_id, placing.evicted))
    if placing.best_left_out is not None:
        placed.cut[where] = placing.best_left_out
    if placing.is_to_be_filled:
        placed.to_be_filled.add(job_id)


async def _remove_evicted(pairs: Collection[tuple[UUID, UUID]], uow: UnitOfWork) -> None:
    """Those who are on no other shortlist of the job, and were not submitted to it."""
    if not pairs:
        return
    stay = await shortlist_store.on_any(uow.connection, pairs)
    stay |= await submission_store.pinned_among(uow.connection, pairs)
    by_job: dict[UUID, list[RemovedMatch]] = defaultdict(list)
    for each in await match_store.remove(uow.connection, sorted(set(pairs) - stay)):
        by_job[each.job_id].append(each)
    for job_id, removed in by_job.items():
        for event in told("job", job_id, removed=removed):
            uow.publish(event)
