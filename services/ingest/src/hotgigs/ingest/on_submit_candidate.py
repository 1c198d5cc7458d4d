"""submit_candidate -> candidate_submitted, and access_granted to the job's owner."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.ingest import grant_store, submission_store
from hotgigs.ingest.access import Opened, open_candidate
from hotgigs.ingest.activities import activity, record
from hotgigs.ingest.granting import bring_up_to_sources
from hotgigs.ingest.settling import settle
from hotgigs.ingest.submission_store import Kept


async def on_submit_candidate(command: SubmitCandidateV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _submit)


async def _submit(command: SubmitCandidateV1, connection: Connection) -> Sequence[Event]:
    await submission_store.lock_job(connection, command.job_id, beside_others=True)
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    if await submission_store.is_job_deleted(connection, command.job_id):
        raise Refused("not_found", "There is no such job.")
    candidate_id = await _submitted_one(command, opened, connection)
    if await submission_store.is_submitted(
        connection, command.job_id, opened.group.candidates, command.actor.user_id
    ):
        raise Refused("conflict", "You have submitted this candidate to this job already.")
    now = datetime.now(UTC)
    submission = SubmissionState(
        submission_id=command.submission_id,
        job_id=command.job_id,
        job_owner_id=command.job_owner_id,
        candidate_id=candidate_id,
        database_id=opened.candidate.database_id,
        submitted_by=command.actor.user_id,
        note=command.note,
        submitted_at=now,
    )
    kept = Kept(
        state=submission,
        submitter_role=command.actor.role,
        job_database_id=command.job_database_id,
    )
    if not await submission_store.add_submission(connection, kept):
        return ()
    told = await bring_up_to_sources(connection, [submission.candidate_id])
    done = activity(
        "submitted",
        opened.candidate,
        actor=command.actor,
        at=now,
        recruiter_id=command.job_owner_id,
        job_id=command.job_id,
    )
    return [CandidateSubmittedV1(submission=submission), *told, *await record(connection, [done])]


async def _submitted_one(command: SubmitCandidateV1, opened: Opened, connection: Connection) -> UUID:
    """The candidate of the group through which the actor has it, the survivor before the others. Raises
    Refused: whom it is shared with must be let by everything that he was granted of the group."""
    survivor_id = opened.candidate.candidate_id
    if opened.access != "shared":
        return survivor_id
    told = await grant_store.last_told(connection, opened.group.candidates)
    own = {
        link.candidate_id: row["can_submit_to_jobs"]
        for link, row in told.items()
        if link.recruiter_id == command.actor.user_id and not row["is_revoked"]
    }
    if not all(own.values()):
        raise Refused(
            "forbidden", "This candidate is shared with you without the permission to submit it to jobs."
        )
    return survivor_id if survivor_id in own else min(own)
