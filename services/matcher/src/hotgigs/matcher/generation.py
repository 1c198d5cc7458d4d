"""Which candidates are worth scoring for a job, and which jobs for a candidate.

Decided in docs/adr/0022. No query commits.

Where there are few, all of them. Else those who share the most telling skills, and those whose vectors are
the nearest: so many of each database, however small its share of all candidates is.
"""

from collections.abc import Collection, Mapping, Sequence
from math import log
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.matcher.feature_store import Features, Subject
from hotgigs.matcher.scoring.place_keys import is_place

FEW = 2000
"""Up to so many, all are scored."""
BUDGET = 4000
"""Candidates that are scored for one job, shared out among databases."""
LEAST = 300
"""Of each database, whatever the budget: three times as many as a shortlist has."""
LEAST_PART = 0.1
"""Of a database whose members are compared one by one."""
COMPARED = 20_000
"""Up to so many members of a database are compared one by one, in some ten milliseconds."""
JOBS = 1000
"""That are scored for one candidate."""
BY_VECTOR = 0.3
"""The part of these that is nearest by vector alone; the rest is best by skills and vector together."""
MOST_BY_INDEX = 4000
"""Nearest neighbours that are asked of the index at once; a database that needs more is searched whole."""
_PLACE = 2.0
"""What a place counts for beside a skill that is as rare."""
_EF_SEARCH = 1000
"""The most that pgvector takes: each is one more vector to be compared, and the index returns no more."""

_DATABASES = """
    SELECT database_id, count(*) AS size FROM memberships
    WHERE NOT is_revoked AND ($1::uuid[] IS NULL OR database_id = ANY($1)) GROUP BY database_id
"""
_BY_SKILLS = """
    WITH hits AS (
        SELECT s.candidate_id, sum(asked.weight) AS weight
        FROM unnest($1::text[], $2::double precision[]) AS asked (skill, weight)
        JOIN candidate_skills s ON s.skill = asked.skill
        WHERE s.skill = ANY($1)
        GROUP BY s.candidate_id
    ), ranked AS (
        SELECT h.candidate_id,
               row_number() OVER (
                   PARTITION BY m.database_id
                   ORDER BY (v.vector <=> $3::real[]::halfvec) - h.weight / (SELECT max(weight) FROM hits),
                            h.candidate_id
               ) AS place
        FROM hits h JOIN memberships m USING (candidate_id) JOIN candidate_vectors v USING (candidate_id)
        WHERE NOT m.is_revoked AND m.database_id = ANY($4)
    )
    SELECT DISTINCT candidate_id AS id FROM ranked WHERE place <= $5
"""
_NEAREST_OF_ALL = """
    WITH nearest AS MATERIALIZED (
        SELECT candidate_id, vector <=> $1::real[]::halfvec AS distance FROM candidate_vectors
        ORDER BY vector <=> $1::real[]::halfvec LIMIT $2
    ), ranked AS (
        SELECT n.candidate_id,
               row_number() OVER (PARTITION BY m.database_id ORDER BY n.distance, n.candidate_id) AS place
        FROM nearest n JOIN memberships m USING (candidate_id)
        WHERE NOT m.is_revoked AND m.database_id = ANY($3)
    )
    SELECT DISTINCT candidate_id AS id FROM ranked WHERE place <= $4
"""
_PROMISING_OF_EACH = """
    WITH hits AS MATERIALIZED (
        SELECT s.candidate_id, sum(asked.weight) AS weight
        FROM unnest($1::text[], $2::double precision[]) AS asked (skill, weight)
        JOIN candidate_skills s ON s.skill = asked.skill
        WHERE s.skill = ANY($1)
        GROUP BY s.candidate_id
    ), ranked AS (
        SELECT m.candidate_id, count(*) OVER (PARTITION BY m.database_id) AS size,
               row_number() OVER (
                   PARTITION BY m.database_id
                   ORDER BY (v.vector <=> $3::real[]::halfvec)
                            - coalesce(h.weight / (SELECT max(weight) FROM hits), 0),
                            m.candidate_id
               ) AS place
        FROM memberships m JOIN candidate_vectors v USING (candidate_id) LEFT JOIN hits h USING (candidate_id)
        WHERE NOT m.is_revoked AND m.database_id = ANY($4)
    )
    SELECT DISTINCT candidate_id AS id FROM ranked WHERE place <= greatest($5, size * $6::double precision)
"""
_JOBS_BY_SKILLS = """
    WITH hits AS (
        SELECT s.job_id, sum(held.weight) AS weight
        FROM unnest($1::text[], $2::double precision[]) AS held (skill, weight)
        JOIN job_skills s ON s.skill = held.skill
        WHERE s.skill = ANY($1)
        GROUP BY s.job_id
    )
    SELECT h.job_id AS id FROM hits h JOIN job_vectors v USING (job_id)
    ORDER BY (v.vector <=> $3::real[]::halfvec) - h.weight / (SELECT max(weight) FROM hits), h.job_id LIMIT $4
"""
_NEAREST_JOBS = "SELECT job_id AS id FROM job_vectors ORDER BY vector <=> $1::real[]::halfvec LIMIT $2"


async def candidates_for(
    connection: Connection, job: Features, *, only_in: Collection[UUID] | None = None
) -> set[UUID]:
    """In a transaction of its own. ``only_in``: of those that these databases show."""
    databases = None if only_in is None else list(only_in)
    sizes = {row["database_id"]: row["size"] for row in await connection.fetch(_DATABASES, databases)}
    if sum(sizes.values()) <= FEW:
        rows = await connection.fetch(
            "SELECT DISTINCT candidate_id AS id FROM memberships JOIN candidate_features USING (candidate_id)"
            " WHERE NOT is_revoked AND ($1::uuid[] IS NULL OR database_id = ANY($1))",
            databases,
        )
        return {row["id"] for row in rows}
    total = await _count(connection, "candidate")
    share = max(LEAST, BUDGET // len(sizes))
    weighted = await _weighted(connection, "candidate", job.skills, total)
    await _set_up_search(connection)
    found: set[UUID] = set()
    large = [database_id for database_id, size in sizes.items() if size > COMPARED]
    wide = max(share, BUDGET // max(len(large), 1))
    nearest = int(wide * BY_VECTOR)
    by_index = _by_index({database_id: sizes[database_id] for database_id in large}, total, nearest)
    if by_index:
        found |= await _ids(connection, _BY_SKILLS, *weighted, job.vector, by_index, wide - nearest)
        smallest = min(sizes[database_id] for database_id in by_index)
        limit = nearest * total // smallest + nearest
        found |= await _ids(connection, _NEAREST_OF_ALL, job.vector, limit, by_index, nearest)
    if one_by_one := [database_id for database_id in sizes if database_id not in set(by_index)]:
        found |= await _ids(
            connection, _PROMISING_OF_EACH, *weighted, job.vector, one_by_one, share, LEAST_PART
        )
    return found


async def jobs_for(connection: Connection, candidate: Features) -> set[UUID]:
    """In a transaction of its own."""
    total = await _count(connection, "job")
    if total <= JOBS:
        return await _ids(connection, "SELECT job_id AS id FROM job_features")
    nearest = int(JOBS * BY_VECTOR)
    await _set_up_search(connection)
    weighted = await _weighted(connection, "job", candidate.skills, total)
    found = await _ids(connection, _JOBS_BY_SKILLS, *weighted, candidate.vector, JOBS - nearest)
    return found | await _ids(connection, _NEAREST_JOBS, candidate.vector, nearest)


def _by_index(sizes: Mapping[UUID, int], total: int, nearest: int) -> list[UUID]:
    """The databases with so large a share of all candidates that the nearest of all have enough of theirs."""
    return [
        database_id
        for database_id, size in sizes.items()
        if nearest * total // size + nearest <= MOST_BY_INDEX
    ]


async def _set_up_search(connection: Connection) -> None:
    """For the rest of the transaction. Where the index has returned ``ef_search`` it goes on from there, not
    quite in order, until the limit of the query is reached: else it would return no more. How many have a
    skill is guessed far too low, and then each of them would be looked up by itself."""
    await connection.execute(f"SET LOCAL hnsw.ef_search = {_EF_SEARCH}")
    await connection.execute("SET LOCAL hnsw.iterative_scan = relaxed_order")
    await connection.execute("SET LOCAL enable_nestloop = off")


async def _weighted(
    connection: Connection, about: Subject, skills: Sequence[str], total: int
) -> tuple[list[str], list[float]]:
    """The skills and places, and how telling each is: its inverse document frequency."""
    rows = await connection.fetch(
        f"SELECT skill, count(*) FROM {about}_skills WHERE skill = ANY($1) GROUP BY skill",  # noqa: S608
        list(skills),
    )
    return [row["skill"] for row in rows], [
        log(1 + total / row["count"]) * (_PLACE if is_place(row["skill"]) else 1.0) for row in rows
    ]


async def _count(connection: Connection, about: Subject) -> int:
    return int(await connection.fetchval(f"SELECT count(*) FROM {about}_features"))  # noqa: S608


async def _ids(connection: Connection, statement: str, *arguments: object) -> set[UUID]:
    return {row["id"] for row in await connection.fetch(statement, *arguments)}
