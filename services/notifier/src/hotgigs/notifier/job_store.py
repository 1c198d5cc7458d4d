"""The queries of jobs, as the matcher tells of them. None commits."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.job_state import JobState
from hotgigs.notifier import event_store, tombstones

_COLUMNS = ("job_id", "version", "owner_user_id", "database_id", "title", "company_name", "is_open")
_PUT = f"""
    INSERT INTO jobs AS known ({", ".join(_COLUMNS)})
    SELECT {", ".join(_COLUMNS)} FROM jsonb_populate_recordset(NULL::jobs, $1) ORDER BY job_id
    ON CONFLICT (job_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
    WHERE known.version < excluded.version
"""  # noqa: S608 - the column names are our own


async def put_jobs(connection: Connection, told: Iterable[JobState]) -> None:
    """Keeps the newest version of each that is not gone."""
    newest = {each.job_id: each for each in sorted(told, key=lambda each: each.version)}
    for job_id in await tombstones.gone(connection, newest):
        del newest[job_id]
    await connection.execute(_PUT, [_row(each) for each in newest.values()])
    await event_store.wake_waiting(connection, newest)


async def delete_jobs(connection: Connection, job_ids: Sequence[UUID]) -> None:
    """For good, with the matches that nobody was told of yet. What was told stays told."""
    await tombstones.bury(connection, job_ids)
    await connection.execute("DELETE FROM jobs WHERE job_id = ANY($1)", list(job_ids))
    await event_store.forget_waiting_of_jobs(connection, job_ids)
    await connection.execute("DELETE FROM told_matches WHERE job_id = ANY($1)", list(job_ids))


def _row(job: JobState) -> dict[str, object]:
    return {
        "job_id": job.job_id,
        "version": job.version,
        "owner_user_id": job.owner_user_id,
        "database_id": job.database_id,
        "title": job.posting.title,
        "company_name": job.posting.company_name,
        "is_open": job.status == "open",
    }
