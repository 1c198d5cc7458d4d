"""The read model of jobs. Nothing here commits; the jobs are locked (`hotgigs.gateway.locks`)."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.contracts.job_state import JobState
from hotgigs.gateway import tombstones
from hotgigs.gateway.locks import lock_matches
from hotgigs.gateway.newest_rows import put_newest

_PUT = put_newest("jobs", "job_id", JobState.__struct_fields__)
_RETIRE = """
    DELETE FROM matches USING jobs WHERE jobs.job_id = ANY($1) AND matches.job_id = jobs.job_id
        AND matches.job_version < jobs.matches_since AND removed_at IS NULL
"""


async def put_jobs(connection: Connection, jobs: Sequence[JobState]) -> None:
    """Keeps the newest version of each that is not gone, without the matches that it retires."""
    newest = {job.job_id: job for job in sorted(jobs, key=lambda job: job.version)}
    for job_id in await tombstones.gone(connection, newest):
        del newest[job_id]
    await connection.execute(_PUT, [msgspec.to_builtins(newest[job_id]) for job_id in sorted(newest)])
    if retiring := [job.job_id for job in newest.values() if job.matches_since > 1]:
        await lock_matches(connection, alone=True)
        await connection.execute(_RETIRE, retiring)


async def delete_jobs(connection: Connection, job_ids: Sequence[UUID]) -> None:
    """With all that is told of them, for good."""
    await lock_matches(connection, alone=True)
    await tombstones.bury(connection, job_ids)
    for table in ("matches", "match_views", "jobs"):
        await connection.execute(f"DELETE FROM {table} WHERE job_id = ANY($1)", job_ids)  # noqa: S608 - our own
    await connection.execute("DELETE FROM matching_runs WHERE about_id = ANY($1)", job_ids)
