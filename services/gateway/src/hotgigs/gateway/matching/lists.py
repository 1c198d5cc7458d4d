"""Queries for matches, as somebody sees them. None commits."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.gateway.matching.visible import Sight

HIGH, MEDIUM = 80.0, 60.0
"""The scores from which on a match is high, and medium."""

# What somebody sees, found by the indices alone.
_OF_CANDIDATE = """
    SELECT m.job_id, m.candidate_id, m.score, ($3::uuid[])[1] AS database_id
    FROM matches AS m JOIN jobs ON jobs.job_id = m.job_id AND jobs.status = 'open'
    WHERE m.candidate_id = $1 AND m.removed_at IS NULL AND m.score >= $2
"""
_OF_JOB = """
    SELECT m.job_id, m.candidate_id, m.score, e.database_id
    FROM matches AS m JOIN entries AS e ON e.candidate_id = m.candidate_id
    WHERE m.job_id = $1 AND m.removed_at IS NULL AND m.score >= $2
"""
_IN_ALL = "AND e.is_own AND $3::uuid[] IS NULL"
_IN_ONE = "AND e.database_id = ($3::uuid[])[1]"
_IN_FIRST_OF_SEVERAL = """
    AND e.database_id = ANY($3::uuid[]) AND NOT EXISTS (
        SELECT FROM entries AS earlier WHERE earlier.candidate_id = m.candidate_id
        AND earlier.database_id = ANY($3::uuid[])
        AND array_position($3::uuid[], earlier.database_id) < array_position($3::uuid[], e.database_id))
"""
# What evidence refers to by its number, of the profile that the entry shows.
_POSITIONS = """
    SELECT jsonb_agg(jsonb_build_object('title', held->'title', 'company', held->'company',
        'start_date', held->'start_date', 'end_date', held->'end_date', 'current', held->'current')
        ORDER BY number)
    FROM jsonb_array_elements(coalesce(e.profile, c.profile)->'experience') WITH ORDINALITY
        AS experience (held, number)
"""
_SHOWN = f"""
    SELECT DISTINCT ON (e.candidate_id) e.candidate_id, e.full_name, e.title, e.location,
        c.version AS candidate_version, ({_POSITIONS}) AS positions
    FROM entries AS e JOIN candidates AS c ON c.candidate_id = e.candidate_id
    WHERE e.candidate_id = ANY($1::uuid[])
        AND CASE WHEN $2::uuid[] IS NULL THEN e.is_own ELSE e.database_id = ANY($2::uuid[]) END
    ORDER BY e.candidate_id, array_position($2::uuid[], e.database_id)
"""  # noqa: S608 - our own


class Narrowed(Struct, frozen=True, kw_only=True):
    min_score: float = 0.0
    skip: int = 0
    limit: int = 20


class Page(Struct, frozen=True, kw_only=True):
    """``total`` and ``top_score`` are of all that the viewer sees with the least score or more; 0 for none.
    A row has all that is told of a match, with the ``positions`` of the profile that the viewer sees; null
    where that is not the one that was matched, so that the evidence may count others."""

    total: int
    top_score: float
    rows: Sequence[Record]


class Stats(Struct, frozen=True, kw_only=True):
    total: int
    high: int
    medium: int
    viewed: int

    @property
    def low(self) -> int:
        return self.total - self.high - self.medium


async def page(connection: Connection, sight: Sight, narrowed: Narrowed) -> Page:
    """The best first."""
    rows = await connection.fetch(
        _page(_seen(sight), "job_id" if sight.about == "candidate" else "candidate_id"),
        sight.about_id,
        narrowed.min_score,
        sight.database_ids,
        sight.viewer_id,
        narrowed.limit,
        narrowed.skip,
    )
    return Page(
        total=rows[0]["total"],
        top_score=rows[0]["top"],
        rows=[row for row in rows if row["match_id"] is not None],
    )


async def stats(connection: Connection, sight: Sight) -> Stats:
    row = await connection.fetchrow(
        _stats(_seen(sight)), sight.about_id, 0.0, sight.database_ids, sight.viewer_id
    )
    assert row is not None
    return Stats(**row)


async def candidate_name(connection: Connection, sight: Sight) -> str | None:
    """Of a candidate's ``sight``."""
    name: str | None = await connection.fetchval(
        "SELECT full_name FROM entries WHERE candidate_id = $1 AND database_id = ($2::uuid[])[1]",
        sight.about_id,
        sight.database_ids,
    )
    return name


async def match_named(connection: Connection, match_id: UUID) -> Record | None:
    """The ``job_id`` and ``candidate_id`` of a match."""
    return await connection.fetchrow(
        "SELECT job_id, candidate_id FROM matches WHERE match_id = $1 AND removed_at IS NULL", match_id
    )


async def sees_candidate(connection: Connection, sight: Sight, candidate_id: UUID) -> bool:
    """Whether a match with the candidate is among what ``sight``, of a job, shows."""
    return bool(
        await connection.fetchval(
            "SELECT EXISTS (SELECT FROM entries WHERE candidate_id = $1"
            " AND CASE WHEN $2::uuid[] IS NULL THEN is_own ELSE database_id = ANY($2::uuid[]) END)",
            candidate_id,
            sight.database_ids,
        )
    )


async def count_candidates(connection: Connection, sight: Sight) -> int:
    """Whom ``sight``, of a job, could show."""
    if sight.database_ids is None:
        return int(await connection.fetchval("SELECT count(*) FROM entries WHERE is_own"))
    return int(
        await connection.fetchval(
            "SELECT count(DISTINCT candidate_id) FROM entries WHERE database_id = ANY($1::uuid[])",
            sight.database_ids,
        )
    )


async def shown_candidates(
    connection: Connection, sight: Sight, candidate_ids: Sequence[UUID]
) -> dict[UUID, Record]:
    """By id, what a match tells of those of the candidates that ``sight`` shows."""
    rows = await connection.fetch(_SHOWN, candidate_ids, sight.database_ids)
    return {row["candidate_id"]: row for row in rows}


def _seen(sight: Sight) -> str:
    if sight.about == "candidate":
        return _OF_CANDIDATE
    match sight.database_ids:
        case None:
            return _OF_JOB + _IN_ALL
        case [_]:
            return _OF_JOB + _IN_ONE
        case _:
            return _OF_JOB + _IN_FIRST_OF_SEVERAL


def _is_viewed(alias: str) -> str:
    return f"""
        EXISTS (SELECT FROM match_views AS v WHERE v.job_id = {alias}.job_id
            AND v.candidate_id = {alias}.candidate_id
            AND v.database_id = coalesce($4::uuid, jobs.database_id))
    """


@cache
def _page(seen: str, tie: str) -> str:
    return f"""
        WITH seen AS MATERIALIZED ({seen})
        SELECT total, top, m.match_id, m.job_id, m.candidate_id, m.score, m.skill_score, m.experience_score,
            m.education_score, m.location_score, m.evidence, m.created_at, jobs.posting,
            e.full_name, e.title, e.location, {_is_viewed("m")} AS is_viewed,
            CASE WHEN m.candidate_version = c.version THEN ({_POSITIONS}) END AS positions
        FROM (SELECT count(*) AS total, coalesce(max(score), 0) AS top FROM seen) AS totals
        LEFT JOIN (SELECT * FROM seen ORDER BY score DESC, {tie} LIMIT $5 OFFSET $6) AS page ON true
        LEFT JOIN matches AS m ON m.job_id = page.job_id AND m.candidate_id = page.candidate_id
        LEFT JOIN jobs ON jobs.job_id = page.job_id
        LEFT JOIN entries AS e ON e.database_id = page.database_id AND e.candidate_id = page.candidate_id
        LEFT JOIN candidates AS c ON c.candidate_id = page.candidate_id
        ORDER BY page.score DESC, page.{tie}
    """  # noqa: S608 - as above


@cache
def _stats(seen: str) -> str:
    return f"""
        WITH seen AS MATERIALIZED ({seen})
        SELECT count(*) AS total, count(*) FILTER (WHERE score >= {HIGH}) AS high,
            count(*) FILTER (WHERE score >= {MEDIUM} AND score < {HIGH}) AS medium,
            count(*) FILTER (WHERE {_is_viewed("seen")}) AS viewed
        FROM seen JOIN jobs ON jobs.job_id = seen.job_id
    """  # noqa: S608 - as above
