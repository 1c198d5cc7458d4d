"""The queries of who has looked at which match. None commits."""

from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1

_COLUMNS = "job_id, candidate_id, database_id, viewed_at"


async def put(connection: Connection, viewed: MatchViewedV1) -> MatchViewedV1:
    """Keeps, and returns, the first time. The job is there."""
    key = viewed.job_id, viewed.candidate_id, viewed.database_id
    await connection.execute(
        f"INSERT INTO views ({_COLUMNS}) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",  # noqa: S608
        *key,
        viewed.viewed_at,
    )
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM views WHERE (job_id, candidate_id, database_id) = ($1, $2, $3)",  # noqa: S608
        *key,
    )
    assert row is not None
    return MatchViewedV1(**row)


async def views_changed(
    connection: Connection, since: int, *, after: tuple[UUID, UUID, UUID], limit: int
) -> list[MatchViewedV1]:
    """A page in the order of jobs, candidates and databases, of those that transaction ``since`` or a later
    one wrote."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM views"  # noqa: S608 - the column names are our own
        f" WHERE {CHANGED_SINCE} AND (job_id, candidate_id, database_id) > ($2, $3, $4)"
        f" ORDER BY job_id, candidate_id, database_id LIMIT $5",
        since,
        *after,
        limit,
    )
    return [MatchViewedV1(**row) for row in rows]
