"""The queries of what recruiters were granted, as it is told. None commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import AccessGrant
from hotgigs.ingest.access_sources import Link

_COLUMNS = ", ".join(name for name in AccessGrant.__struct_fields__ if name != "database_id")
_CHANGING = ", ".join(
    f"{name} = excluded.{name}"
    for name in (*AccessGrant.__struct_fields__, "is_revoked")
    if name not in ("candidate_id", "recruiter_id", "database_id")
)


async def last_told(connection: Connection, candidate_ids: Collection[UUID]) -> dict[Link, Record]:
    """Of these candidates, what was taken back too."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS}, is_revoked FROM grants WHERE candidate_id = ANY($1)",  # noqa: S608 - our own
        list(candidate_ids),
    )
    return {link_in(row): row for row in rows}


async def put_grants(connection: Connection, grants: Sequence[AccessGrant]) -> None:
    await connection.execute(
        f"INSERT INTO grants ({_COLUMNS}, is_revoked)"  # noqa: S608 - the column names are our own
        f" SELECT {_COLUMNS}, false FROM jsonb_populate_recordset(NULL::grants, $1)"
        f" ON CONFLICT (candidate_id, recruiter_id) DO UPDATE SET {_CHANGING}",
        [msgspec.to_builtins(grant) for grant in grants],
    )


async def revoke(connection: Connection, versions: Mapping[Link, int]) -> None:
    """Under these versions. Why they were shared is not kept."""
    await connection.execute(
        "UPDATE grants AS g SET is_revoked = true, version = told.version, share_reason = NULL,"
        "  share_notes = NULL, can_view_contact_info = false, can_download_resume = false,"
        "  can_submit_to_jobs = false"
        " FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS told (candidate_id, recruiter_id, version)"
        " WHERE g.candidate_id = told.candidate_id AND g.recruiter_id = told.recruiter_id",
        [link.candidate_id for link in versions],
        [link.recruiter_id for link in versions],
        list(versions.values()),
    )


async def granted_among(
    connection: Connection, candidate_ids: Collection[UUID], recruiter_ids: Collection[UUID]
) -> set[Link]:
    """What stands, each candidate by itself."""
    rows = await connection.fetch(
        "SELECT candidate_id, recruiter_id FROM grants"
        " WHERE candidate_id = ANY($1) AND recruiter_id = ANY($2) AND NOT is_revoked",
        list(candidate_ids),
        list(recruiter_ids),
    )
    return set(map(link_in, rows))


async def granted_to(
    connection: Connection, actors: Iterable[Actor], candidate_ids: Collection[UUID]
) -> set[Link]:
    """To the recruiters among ``actors``."""
    recruiters = {actor.user_id for actor in actors if actor.role == "recruiter"}
    return await granted_among(connection, candidate_ids, recruiters)


async def grants_changed(connection: Connection, since: int, *, after: Link, limit: int) -> list[Record]:
    """A page in the order of their keys, of those that transaction ``since`` or a later one changed last,
    revoked ones too; with the candidate's ``database_id``."""
    return await connection.fetch(
        f"SELECT c.database_id, g.* FROM ("  # noqa: S608
        f"  SELECT * FROM grants WHERE {CHANGED_SINCE} AND (candidate_id, recruiter_id) > ($2, $3)"
        f"  ORDER BY candidate_id, recruiter_id LIMIT $4"
        f" ) AS g JOIN candidates c USING (candidate_id) ORDER BY candidate_id, recruiter_id",
        since,
        *after,
        limit,
    )


def grant_in(row: Record) -> AccessGrant:
    return AccessGrant(**{name: row[name] for name in AccessGrant.__struct_fields__})


def link_in(row: Record) -> Link:
    return Link(row["candidate_id"], row["recruiter_id"])
