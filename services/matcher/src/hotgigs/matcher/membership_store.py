"""The queries of which databases show a candidate. None commits."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection

FINDABLE_DATABASE_ID = UUID("3f7c52f4-52c6-5d0a-9d39-51f4a0d4a1b7")
"""Stands for all jobs' owners: it shows the persons who consent to be found."""


class Membership(Struct, frozen=True, kw_only=True):
    candidate_id: UUID
    database_id: UUID
    version: int = 0
    is_revoked: bool = False


async def put(connection: Connection, memberships: Iterable[Membership]) -> set[UUID]:
    """Keeps of each the newest; returns the candidates of those that were new. A candidate's own database
    shows it for ever."""
    newest: dict[tuple[UUID, UUID], Membership] = {}
    for each in memberships:
        key = each.candidate_id, each.database_id
        if key not in newest or newest[key].version < each.version:
            newest[key] = each
    rows = await connection.fetch(
        "INSERT INTO memberships AS known (candidate_id, database_id, version, is_revoked)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::boolean[]) AS told"
        "  ORDER BY 1, 2"
        " ON CONFLICT (candidate_id, database_id) DO UPDATE"
        "  SET version = excluded.version, is_revoked = excluded.is_revoked"
        "  WHERE known.version < excluded.version"
        " RETURNING candidate_id",
        [each.candidate_id for each in newest.values()],
        [each.database_id for each in newest.values()],
        [each.version for each in newest.values()],
        [each.is_revoked for each in newest.values()],
    )
    return {row["candidate_id"] for row in rows}


async def count_matched(connection: Connection, database_ids: Collection[UUID] | None) -> int:
    """The candidates that these databases, or any, show and that can be matched."""
    return int(
        await connection.fetchval(
            "SELECT count(DISTINCT candidate_id)"
            " FROM memberships JOIN candidate_features USING (candidate_id)"
            " WHERE NOT is_revoked AND ($1::uuid[] IS NULL OR database_id = ANY($1))",
            None if database_ids is None else list(database_ids),
        )
    )


async def databases_of(connection: Connection, candidate_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """By candidate."""
    rows = await connection.fetch(
        "SELECT candidate_id, database_id FROM memberships WHERE candidate_id = ANY($1) AND NOT is_revoked",
        list(candidate_ids),
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        found[row["candidate_id"]].add(row["database_id"])
    return found
