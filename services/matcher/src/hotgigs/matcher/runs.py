"""Asking for runs, and telling of them.

Of a run that the system did by itself nothing is told: ten thousand imported candidates make ten thousand
runs that nobody follows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.match_state import MatchingRun
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.contracts.matcher.job_run_requested import JobRunRequestedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import run_store
from hotgigs.matcher.run_store import Run


async def request_runs(
    connection: Connection,
    about: Literal["job", "candidate"],
    about_ids: Sequence[UUID],
    *,
    at: datetime,
    run_id: UUID | None = None,
    requested_by: UUID | None = None,
    is_forced: bool = False,
) -> list[Event]:
    """The events that set the runs going, and tell of them. Of each that waits already it makes no other."""
    events: list[Event] = []
    for run, is_new in await run_store.request(
        connection,
        about,
        about_ids,
        at=at,
        run_id=run_id,
        requested_by=requested_by,
        is_forced=is_forced,
    ):
        if is_new and about == "job":
            events.append(JobRunRequestedV1(run_id=run.run_id, job_id=run.about_id))
        elif is_new:
            events.append(CandidateRunRequestedV1(run_id=run.run_id, candidate_id=run.about_id))
        if requested_by is not None:
            events.append(told(run))
    return events


def told(run: Run) -> MatchingProgressedV1:
    return MatchingProgressedV1(
        run=MatchingRun(**{name: getattr(run, name) for name in MatchingRun.__struct_fields__})
    )
