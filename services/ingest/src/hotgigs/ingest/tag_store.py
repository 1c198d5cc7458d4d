"""The queries of tags. None commits."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.candidate_state import TagState


class Place(NamedTuple):
    """A tag of a candidate, where it is said whose tags they are."""

    candidate_id: UUID
    tag: str


class TagKey(NamedTuple):
    candidate_id: UUID
    tagging_database_id: UUID
    tag: str


async def tags_there(
    connection: Connection, tagging_database_id: UUID, candidate_ids: Collection[UUID], tags: Sequence[str]
) -> list[Place]:
    """Those of ``tags`` that the candidates have now."""
    rows = await connection.fetch(
        "SELECT candidate_id, tag FROM tags WHERE candidate_id = ANY($1) AND tagging_database_id = $2"
        " AND tag = ANY($3) AND NOT is_removed",
        list(candidate_ids),
        tagging_database_id,
        tags,
    )
    return [Place(row["candidate_id"], row["tag"]) for row in rows]


async def put_tags(
    connection: Connection, tagging_database_id: UUID, add: Iterable[Place], remove: Iterable[Place]
) -> list[tuple[UUID, TagState]]:
    """Those that changed, with their candidates. Rows are locked in one order, so that no two who change
    the same tags wait for each other."""
    places = sorted([(*place, False) for place in add] + [(*place, True) for place in remove])
    rows = await connection.fetch(
        "INSERT INTO tags (candidate_id, tagging_database_id, tag, version, is_removed)"
        " SELECT candidate_id, $1, tag, 1, is_removed"
        " FROM unnest($2::uuid[], $3::text[], $4::bool[]) WITH ORDINALITY"
        "   AS t (candidate_id, tag, is_removed, place) ORDER BY place"
        " ON CONFLICT (candidate_id, tagging_database_id, tag) DO UPDATE"
        " SET version = tags.version + 1, is_removed = excluded.is_removed"
        " WHERE tags.is_removed <> excluded.is_removed"
        " RETURNING candidate_id, tag, version, is_removed",
        tagging_database_id,
        [candidate_id for candidate_id, _, _ in places],
        [tag for _, tag, _ in places],
        [is_removed for _, _, is_removed in places],
    )
    return [
        (
            row["candidate_id"],
            TagState(tag=row["tag"], version=row["version"], is_removed=row["is_removed"]),
        )
        for row in rows
    ]


async def tags_changed(connection: Connection, since: int, *, after: TagKey, limit: int) -> list[Record]:
    """A page in the order of their keys, of those that transaction ``since`` or a later one changed last,
    removed ones too: with the fields of a `TagKey`, a `TagState` and the candidate's ``database_id``."""
    return await connection.fetch(
        f"SELECT c.database_id, t.* FROM ("  # noqa: S608
        f"  SELECT candidate_id, tagging_database_id, tag, version, is_removed FROM tags"
        f"  WHERE {CHANGED_SINCE} AND (candidate_id, tagging_database_id, tag) > ($2, $3, $4)"
        f"  ORDER BY candidate_id, tagging_database_id, tag LIMIT $5"
        f" ) AS t JOIN candidates c USING (candidate_id)"
        f" ORDER BY candidate_id, tagging_database_id, tag",
        since,
        *after,
        limit,
    )
