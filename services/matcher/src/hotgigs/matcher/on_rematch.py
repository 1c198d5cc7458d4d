"""rematch -> a run of the job, or of the candidate."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import candidate_store, job_store, run_store
from hotgigs.matcher.matching import Matching
from hotgigs.matcher.owning import NO_SUCH_JOB
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.run_store import Run
from hotgigs.matcher.runs import request_runs, told
from hotgigs.matcher.settling import settle


async def work(_: RematchV1, resources: Resources) -> Matching:
    """What is current, a record cannot ask for itself."""
    return resources.matching


async def on_rematch(command: RematchV1, matching: Matching, uow: UnitOfWork) -> None:
    await settle(command, uow, _rematch_with(matching))


def _rematch_with(matching: Matching) -> Callable[[RematchV1, Connection], Awaitable[Sequence[Event]]]:
    async def rematch(command: RematchV1, connection: Connection) -> Sequence[Event]:
        await _require(command, connection)
        now = datetime.now(UTC)
        if not command.force and await _is_up_to_date(command, connection, matching):
            run = Run(
                run_id=command.run_id,
                version=1,
                about=command.about,
                about_id=command.about_id,
                requested_by=command.actor.user_id,
                status="completed",
                to_compare=0,
                requested_at=now,
                started_at=now,
                ended_at=now,
            )
            await run_store.add_completed(connection, run)
            return [told(run)]
        return await request_runs(
            connection,
            command.about,
            [command.about_id],
            at=now,
            run_id=command.run_id,
            requested_by=command.actor.user_id,
            is_forced=command.force,
        )

    return rematch


async def _require(command: RematchV1, connection: Connection) -> None:
    """Raises Refused."""
    if command.about == "job":
        job = await job_store.find(connection, command.about_id)
        if job is None:
            raise Refused("not_found", NO_SUCH_JOB)
        if job.status != "open":
            raise Refused("conflict", "The job is closed; only open jobs are matched.")
        return
    candidate = await candidate_store.find(connection, command.about_id)
    if candidate is None or candidate.profile is None:
        raise Refused("not_found", "There is no such candidate.")


async def _is_up_to_date(command: RematchV1, connection: Connection, matching: Matching) -> bool:
    """No run waits, and the last one would find the same today."""
    if await run_store.is_queued(connection, command.about_id):
        return False
    is_up_to_date = job_store.is_up_to_date if command.about == "job" else candidate_store.is_up_to_date
    return await is_up_to_date(
        connection, command.about_id, on=matching.today(), scored_by=matching.scored_by
    )
