"""The queries of persons' consent to be found. None commits."""

from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE


async def can_be_found(connection: Connection, candidate_id: UUID) -> bool:
    return bool(
        await connection.fetchval("SELECT can_be_found FROM consents WHERE candidate_id = $1", candidate_id)
    )


async def put_consent(connection: Connection, candidate_id: UUID, *, can_be_found: bool) -> int | None:
    """The version of the change; None where it is none."""
    version: int | None = await connection.fetchval(
        "INSERT INTO consents AS old (candidate_id, version, can_be_found) VALUES ($1, 1, $2)"
        " ON CONFLICT (candidate_id) DO UPDATE SET version = old.version + 1,"
        "  can_be_found = excluded.can_be_found WHERE old.can_be_found <> excluded.can_be_found"
        " RETURNING version",
        candidate_id,
        can_be_found,
    )
    return version


async def consents_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[Record]:
    """A page in the order of their candidates' ids, of those that transaction ``since`` or a later one
    changed last; with the candidate's ``database_id``."""
    return await connection.fetch(
        f"SELECT c.database_id, k.* FROM ("  # noqa: S608
        f"  SELECT * FROM consents WHERE {CHANGED_SINCE} AND candidate_id > $2"
        f"  ORDER BY candidate_id LIMIT $3"
        f" ) AS k JOIN candidates c USING (candidate_id) ORDER BY candidate_id",
        since,
        after,
        limit,
    )
