"""The queries of matches. None commits; who writes those of a job has locked it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.inbox import KEPT
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.matcher.scoring.scored import Scored

_PAGE = 1000


class Found(Struct, frozen=True, kw_only=True):
    """A pair that is to be kept."""

    job_id: UUID
    candidate_id: UUID
    job_version: int
    candidate_version: int
    is_pinned: bool
    scored: Scored


_COLUMNS = (
    "job_id, candidate_id, version, job_version, candidate_version, score, is_pinned, found, created_at"
)
_COMPARED = ("job_version", "candidate_version", "score", "is_pinned", "found", "scored_by")
_SET = ", ".join(f"{name} = excluded.{name}" for name in ("version", *_COMPARED))
_PUT = f"""
    INSERT INTO matches AS known ({_COLUMNS}, scored_by)
    SELECT job_id, candidate_id, nextval('match_versions'), job_version, candidate_version, score, is_pinned,
           found, now(), $2
    FROM jsonb_to_recordset($1) AS pair (job_id uuid, candidate_id uuid, job_version integer,
         candidate_version integer, score double precision, is_pinned boolean, found jsonb)
    ON CONFLICT (job_id, candidate_id) DO UPDATE SET {_SET}
    WHERE ({", ".join(f"known.{name}" for name in _COMPARED)})
       IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _COMPARED)})
    RETURNING {_COLUMNS}
"""  # noqa: S608 - the column names are our own
_REMOVE = """
    WITH gone AS (
        DELETE FROM matches m USING unnest($1::uuid[], $2::uuid[]) AS pair (job_id, candidate_id)
        WHERE m.job_id = pair.job_id AND m.candidate_id = pair.candidate_id
        RETURNING m.job_id, m.candidate_id
    )
    INSERT INTO removed_matches (job_id, candidate_id, version)
    SELECT job_id, candidate_id, nextval('match_versions') FROM gone
    ON CONFLICT (job_id, candidate_id) DO UPDATE SET version = excluded.version, removed_at = now()
    RETURNING job_id, candidate_id, version, removed_at
"""


async def put(connection: Connection, found: Iterable[Found], *, scored_by: str) -> list[Match]:
    """Returns those that are not as they were."""
    rows: list[Record] = []
    pairs = [_pair(each) for each in found]
    for start in range(0, len(pairs), _PAGE):
        rows += await connection.fetch(_PUT, pairs[start : start + _PAGE], scored_by)
    return [_match(row) for row in rows]


async def remove(connection: Connection, pairs: Collection[tuple[UUID, UUID]]) -> list[RemovedMatch]:
    """Of jobs and candidates; returns those that were there."""
    rows = await connection.fetch(_REMOVE, [job_id for job_id, _ in pairs], [id_ for _, id_ in pairs])
    return [RemovedMatch(**row) for row in rows]


async def exists(connection: Connection, job_id: UUID, candidate_id: UUID) -> bool:
    return bool(
        await connection.fetchval(
            "SELECT true FROM matches WHERE job_id = $1 AND candidate_id = $2", job_id, candidate_id
        )
    )


async def candidates_of(connection: Connection, job_id: UUID) -> set[UUID]:
    rows = await connection.fetch("SELECT candidate_id FROM matches WHERE job_id = $1", job_id)
    return {row["candidate_id"] for row in rows}


async def jobs_of(connection: Connection, candidate_ids: Collection[UUID]) -> set[UUID]:
    rows = await connection.fetch(
        "SELECT DISTINCT job_id FROM matches WHERE candidate_id = ANY($1)", list(candidate_ids)
    )
    return {row["job_id"] for row in rows}


async def scores_of_job(
    connection: Connection, job_id: UUID, *, job_version: int, scored_by: str
) -> dict[UUID, float]:
    """Of the matches of that version of the job by that scorer, by candidate."""
    rows = await connection.fetch(
        "SELECT candidate_id, score FROM matches WHERE job_id = $1 AND job_version = $2 AND scored_by = $3",
        job_id,
        job_version,
        scored_by,
    )
    return {row["candidate_id"]: row["score"] for row in rows}


class Kept(Struct, frozen=True, kw_only=True):
    job_version: int
    candidate_version: int
    score: float
    scored_by: str


async def kept_of_candidate(connection: Connection, candidate_id: UUID) -> dict[UUID, Kept]:
    """The candidate's matches by job."""
    rows = await connection.fetch(
        "SELECT job_id, job_version, candidate_version, score, scored_by FROM matches"
        " WHERE candidate_id = $1",
        candidate_id,
    )
    return {row["job_id"]: Kept(**{name: row[name] for name in Kept.__struct_fields__}) for row in rows}


async def set_pinned(connection: Connection, job_id: UUID, pinned: Sequence[UUID]) -> list[Match]:
    """Whether each match of the job is pinned; returns those that are not as they were."""
    rows = await connection.fetch(
        f"UPDATE matches SET is_pinned = NOT is_pinned, version = nextval('match_versions')"  # noqa: S608
        f" WHERE job_id = $1 AND is_pinned <> (candidate_id = ANY($2)) RETURNING {_COLUMNS}",
        job_id,
        pinned,
    )
    return [_match(row) for row in rows]


async def matches_changed(
    connection: Connection, since: int, *, after: tuple[UUID, UUID], limit: int
) -> list[Match]:
    """A page in the order of jobs and candidates, of those that transaction ``since`` or a later one changed
    last."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM matches WHERE {CHANGED_SINCE} AND (job_id, candidate_id) > ($2, $3)"  # noqa: S608
        f" ORDER BY job_id, candidate_id LIMIT $4",
        since,
        *after,
        limit,
    )
    return [_match(row) for row in rows]


async def matches_removed(
    connection: Connection, since: int, *, after: tuple[UUID, UUID], limit: int
) -> list[RemovedMatch]:
    """As `matches_changed`."""
    rows = await connection.fetch(
        f"SELECT job_id, candidate_id, version, removed_at FROM removed_matches"  # noqa: S608
        f" WHERE {CHANGED_SINCE} AND (job_id, candidate_id) > ($2, $3)"
        f" ORDER BY job_id, candidate_id LIMIT $4",
        since,
        *after,
        limit,
    )
    return [RemovedMatch(**row) for row in rows]


async def forget_removed(connection: Connection) -> None:
    await connection.execute("DELETE FROM removed_matches WHERE removed_at < now() - $1::interval", KEPT)


def _pair(found: Found) -> dict[str, Any]:
    return {
        "job_id": found.job_id,
        "candidate_id": found.candidate_id,
        "job_version": found.job_version,
        "candidate_version": found.candidate_version,
        "score": found.scored.score,
        "is_pinned": found.is_pinned,
        "found": {
            name: value for name, value in msgspec.structs.asdict(found.scored).items() if name != "score"
        },
    }


def _match(row: Record) -> Match:
    fields: dict[str, Any] = dict(row)
    return msgspec.convert(fields.pop("found") | fields, Match)
