"""The matcher's public state, as the events that told of it last."""

from collections.abc import AsyncIterator
from itertools import groupby
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_computed import MOST_PAIRS
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import job_store, match_store, run_store, view_store
from hotgigs.matcher.told_matches import told

PAGE = 200
NIL = UUID(int=0)


async def public_state(connection: Connection, since: int) -> AsyncIterator[Event]:
    """What was deleted before all, so that nothing of it is taken in; jobs before their matches, and matches
    before who looked at them."""
    for part in (_deleted, _jobs, _matches, _removed, _views, _runs):
        async for event in part(connection, since):
            yield event


async def _deleted(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while job_ids := await job_store.jobs_deleted(connection, since, after=after, limit=PAGE):
        for job_id in job_ids:
            yield JobDeletedV1(job_id=job_id)
        after = job_ids[-1]


async def _jobs(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while jobs := await job_store.jobs_changed(connection, since, after=after, limit=PAGE):
        for job in jobs:
            yield JobUpdatedV1(job=job)
        after = jobs[-1].job_id


async def _matches(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL, NIL
    while matches := await match_store.matches_changed(connection, since, after=after, limit=MOST_PAIRS):
        for job_id, of_it in groupby(matches, lambda match: match.job_id):
            for event in told("job", job_id, matches=list(of_it)):
                yield event
        after = matches[-1].job_id, matches[-1].candidate_id


async def _removed(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL, NIL
    while removed := await match_store.matches_removed(connection, since, after=after, limit=MOST_PAIRS):
        for job_id, of_it in groupby(removed, lambda match: match.job_id):
            for event in told("job", job_id, removed=list(of_it)):
                yield event
        after = removed[-1].job_id, removed[-1].candidate_id


async def _views(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL, NIL, NIL
    while views := await view_store.views_changed(connection, since, after=after, limit=PAGE):
        for view in views:
            yield view
        after = views[-1].job_id, views[-1].candidate_id, views[-1].database_id


async def _runs(connection: Connection, since: int) -> AsyncIterator[Event]:
    after = NIL
    while runs := await run_store.runs_changed(connection, since, after=after, limit=PAGE):
        for run in runs:
            yield MatchingProgressedV1(run=run)
        after = runs[-1].run_id
