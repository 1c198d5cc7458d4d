"""The queries of shortlists. None commits; who writes those of a job has locked it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hotgigs.chassis.database import Connection
from hotgigs.matcher.shortlists import Others, Shortlist

_OTHERS = """
    SELECT asked.job_id, asked.database_id, others.count, last.score AS last_score,
           last.candidate_id AS last_id, own.score AS own_score, cut.best_left_out
    FROM unnest($2::uuid[], $3::uuid[]) AS asked (job_id, database_id)
    LEFT JOIN shortlists own ON own.job_id = asked.job_id AND own.database_id = asked.database_id
      AND own.candidate_id = $1
    LEFT JOIN cut_shortlists cut ON cut.job_id = asked.job_id AND cut.database_id = asked.database_id
    CROSS JOIN LATERAL (
        SELECT count(*) FROM shortlists s
        WHERE s.job_id = asked.job_id AND s.database_id = asked.database_id AND s.candidate_id <> $1
    ) AS others
    LEFT JOIN LATERAL (
        SELECT score, candidate_id FROM shortlists s
        WHERE others.count >= $4 AND s.job_id = asked.job_id AND s.database_id = asked.database_id
          AND s.candidate_id <> $1
        ORDER BY score, candidate_id DESC LIMIT 1
    ) AS last ON true
"""


async def others(
    connection: Connection, candidate_id: UUID, lists: Sequence[tuple[UUID, UUID]], *, length: int
) -> dict[tuple[UUID, UUID], Others]:
    """The shortlists of jobs in databases, as the candidate finds them; the last of one that is not full is
    not looked for."""
    rows = await connection.fetch(
        _OTHERS, candidate_id, [job_id for job_id, _ in lists], [id_ for _, id_ in lists], length
    )
    return {
        (row["job_id"], row["database_id"]): Others(
            count=row["count"],
            last_score=row["last_score"] or 0.0,
            last_id=row["last_id"],
            own_score=row["own_score"],
            best_left_out=row["best_left_out"],
        )
        for row in rows
    }


async def lists_with(connection: Connection, candidate_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """The jobs and databases of the shortlists that they are on."""
    rows = await connection.fetch(
        "SELECT DISTINCT job_id, database_id FROM shortlists WHERE candidate_id = ANY($1)",
        list(candidate_ids),
    )
    return {(row["job_id"], row["database_id"]) for row in rows}


async def cut_jobs(connection: Connection, lists: Collection[tuple[UUID, UUID]]) -> set[UUID]:
    """The jobs of those shortlists that left somebody out."""
    rows = await connection.fetch(
        "SELECT DISTINCT job_id FROM cut_shortlists"
        " JOIN unnest($1::uuid[], $2::uuid[]) AS asked (job_id, database_id) USING (job_id, database_id)",
        [job_id for job_id, _ in lists],
        [database_id for _, database_id in lists],
    )
    return {row["job_id"] for row in rows}


async def put(connection: Connection, candidate_id: UUID, scores: Mapping[tuple[UUID, UUID], float]) -> None:
    """The candidate is on the shortlists of these jobs in these databases."""
    await connection.execute(
        "INSERT INTO shortlists AS known (job_id, database_id, candidate_id, score)"
        " SELECT job_id, database_id, $1, score"
        "  FROM unnest($2::uuid[], $3::uuid[], $4::double precision[]) AS new (job_id, database_id, score)"
        " ON CONFLICT (job_id, database_id, candidate_id) DO UPDATE SET score = excluded.score"
        "  WHERE known.score <> excluded.score",
        candidate_id,
        [job_id for job_id, _ in scores],
        [database_id for _, database_id in scores],
        list(scores.values()),
    )


async def remove(connection: Connection, entries: Iterable[tuple[UUID, UUID, UUID]]) -> None:
    """Of jobs, databases and candidates."""
    those = list(entries)
    await connection.execute(
        "DELETE FROM shortlists s"
        " USING unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS gone (job_id, database_id, candidate_id)"
        " WHERE s.job_id = gone.job_id AND s.database_id = gone.database_id"
        "  AND s.candidate_id = gone.candidate_id",
        [each[0] for each in those],
        [each[1] for each in those],
        [each[2] for each in those],
    )


async def put_cut(connection: Connection, best_left_out: Mapping[tuple[UUID, UUID], float]) -> None:
    await connection.execute(
        "INSERT INTO cut_shortlists (job_id, database_id, best_left_out)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::double precision[])"
        " ON CONFLICT (job_id, database_id) DO UPDATE"
        "  SET best_left_out = excluded.best_left_out, noted_at = excluded.noted_at",
        [job_id for job_id, _ in best_left_out],
        [database_id for _, database_id in best_left_out],
        list(best_left_out.values()),
    )


async def replace_all(connection: Connection, job_id: UUID, shortlists: Mapping[UUID, Shortlist]) -> None:
    """All of the job's, by database."""
    databases: list[UUID] = []
    candidates: list[UUID] = []
    scores: list[float] = []
    for database_id, shortlist in shortlists.items():
        for candidate_id, score in shortlist.scores.items():
            databases.append(database_id)
            candidates.append(candidate_id)
            scores.append(score)
    await connection.execute("DELETE FROM shortlists WHERE job_id = $1", job_id)
    await connection.execute(
        "INSERT INTO shortlists (job_id, database_id, candidate_id, score)"
        " SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::double precision[])",
        job_id,
        databases,
        candidates,
        scores,
    )
    await connection.execute("DELETE FROM cut_shortlists WHERE job_id = $1", job_id)
    await put_cut(
        connection,
        {
            (job_id, database_id): shortlist.best_left_out
            for database_id, shortlist in shortlists.items()
            if shortlist.best_left_out is not None
        },
    )


async def on_any(connection: Connection, pairs: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those of the jobs and candidates that are on a shortlist together."""
    rows = await connection.fetch(
        "SELECT DISTINCT job_id, candidate_id FROM shortlists"
        " JOIN unnest($1::uuid[], $2::uuid[]) AS asked (job_id, candidate_id) USING (job_id, candidate_id)",
        [job_id for job_id, _ in pairs],
        [candidate_id for _, candidate_id in pairs],
    )
    return {(row["job_id"], row["candidate_id"]) for row in rows}


async def left_out_since(connection: Connection, job_id: UUID, at: datetime) -> dict[UUID, float]:
    """The best who was left out of each of the job's shortlists, by database, where that was noted since."""
    rows = await connection.fetch(
        "SELECT database_id, best_left_out FROM cut_shortlists WHERE job_id = $1 AND noted_at >= $2",
        job_id,
        at,
    )
    return {row["database_id"]: row["best_left_out"] for row in rows}
