"""Taking back submissions."""

from collections.abc import Sequence
from datetime import datetime

from hotgigs.chassis.database import Connection
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.ingest import candidate_store, submission_store
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.granting import bring_up_to_sources


async def withdrawn(
    connection: Connection, submissions: Sequence[SubmissionState], *, actor: Actor | None, now: datetime
) -> Sequence[Event]:
    """Of candidates whose databases are locked. What tells of it, and of what goes with it."""
    await submission_store.withdraw(connection, [each.submission_id for each in submissions], now)
    told = [
        SubmissionWithdrawnV1(
            submission_id=each.submission_id,
            job_id=each.job_id,
            candidate_id=each.candidate_id,
            database_id=each.database_id,
        )
        for each in submissions
    ]
    candidate_ids = {each.candidate_id for each in submissions}
    groups = await candidate_store.groups_without_resumes(connection, candidate_ids)
    survivors = {id_: group.survivor for group in groups for id_ in group.candidates}
    done = [
        activity(
            "submission_withdrawn",
            survivors[each.candidate_id],
            actor=actor,
            at=now,
            recruiter_id=each.job_owner_id,
            job_id=each.job_id,
        )
        for each in submissions
    ]
    return [
        *told,
        *await bring_up_to_sources(connection, candidate_ids),
        *[event for each in done for event in await record(connection, [each])],
    ]
