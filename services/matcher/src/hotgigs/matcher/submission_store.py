"""The queries of who was submitted to which job. None commits."""

from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.database import Connection

_PUT = """
    INSERT INTO submissions AS known (submission_id, job_id, candidate_id, is_withdrawn)
    SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM deleted_jobs WHERE job_id = $2)
    ON CONFLICT (submission_id) DO UPDATE SET is_withdrawn = true
    WHERE excluded.is_withdrawn AND NOT known.is_withdrawn
"""


async def put(
    connection: Connection, submission_id: UUID, *, job_id: UUID, candidate_id: UUID, is_withdrawn: bool
) -> bool:
    """Whether that was new. What is withdrawn stays so, whenever it is heard that it was made."""
    status = await connection.execute(_PUT, submission_id, job_id, candidate_id, is_withdrawn)
    return bool(status == "INSERT 0 1")


async def candidates_of(connection: Connection, job_id: UUID) -> set[UUID]:
    """Those that are submitted to the job."""
    rows = await connection.fetch(
        "SELECT DISTINCT candidate_id FROM submissions WHERE job_id = $1 AND NOT is_withdrawn", job_id
    )
    return {row["candidate_id"] for row in rows}


async def pinned_among(
    connection: Connection, pairs: Collection[tuple[UUID, UUID]]
) -> set[tuple[UUID, UUID]]:
    """Of jobs and candidates, those where the one is submitted to the other."""
    rows = await connection.fetch(
        "SELECT DISTINCT job_id, candidate_id FROM submissions"
        " JOIN unnest($1::uuid[], $2::uuid[]) AS asked (job_id, candidate_id) USING (job_id, candidate_id)"
        " WHERE NOT is_withdrawn",
        [job_id for job_id, _ in pairs],
        [candidate_id for _, candidate_id in pairs],
    )
    return {(row["job_id"], row["candidate_id"]) for row in rows}


async def jobs_of(connection: Connection, candidate_id: UUID) -> set[UUID]:
    """Those that the candidate is submitted to."""
    rows = await connection.fetch(
        "SELECT DISTINCT job_id FROM submissions WHERE candidate_id = $1 AND NOT is_withdrawn", candidate_id
    )
    return {row["job_id"] for row in rows}
