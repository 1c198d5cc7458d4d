"""Which files of a run did not become candidates, and why. None of the queries commits."""

from collections.abc import Sequence
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.contracts.drive_state import DriveFileError


async def add(connection: Connection, run_id: UUID, errors: Sequence[DriveFileError]) -> None:
    """One of a file: the last stands. Nothing where the run was forgotten. With `run_store.advance`, or what
    else changes the run's version, in the same transaction."""
    await connection.executemany(
        "INSERT INTO run_errors (run_id, file_id, file_name, resume_id, reason, at)"
        " SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (SELECT FROM runs WHERE run_id = $1)"
        " ON CONFLICT (run_id, file_id) DO UPDATE SET file_name = excluded.file_name,"
        "  resume_id = excluded.resume_id, reason = excluded.reason, at = excluded.at",
        [(run_id, each.file_id, each.file_name, each.resume_id, each.reason, each.at) for each in errors],
    )


async def remove(connection: Connection, resume_ids: Sequence[UUID]) -> None:
    """Of resumes that were tried again."""
    await connection.execute("DELETE FROM run_errors WHERE resume_id = ANY($1)", resume_ids)
