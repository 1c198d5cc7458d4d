"""withdraw_submission -> submission_withdrawn, and what that leaves the job's owner."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.submission_state import SubmissionState
from hotgigs.ingest import candidate_store, submission_store
from hotgigs.ingest.settling import settle
from hotgigs.ingest.withdrawing import withdrawn


async def on_withdraw_submission(command: WithdrawSubmissionV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _withdraw)


async def _withdraw(command: WithdrawSubmissionV1, connection: Connection) -> Sequence[Event]:
    """Who submitted the candidate may, though it is not shared with them any more."""
    databases = await candidate_store.databases_of(connection, [command.candidate_id])
    await candidate_store.lock_databases(connection, databases.values())
    submission = await submission_store.submission(connection, command.submission_id)
    if (
        submission is None
        or submission.database_id not in databases.values()
        or not _may_withdraw(command.actor, submission)
    ):
        raise Refused("not_found", "There is no such submission.")
    return await withdrawn(connection, [submission], actor=command.actor, now=datetime.now(UTC))


def _may_withdraw(actor: Actor, submission: SubmissionState) -> bool:
    """Whether they submitted it, or the job is theirs."""
    if actor.role == "admin" or actor.user_id == submission.submitted_by:
        return True
    return actor.role == "recruiter" and actor.user_id == submission.job_owner_id
