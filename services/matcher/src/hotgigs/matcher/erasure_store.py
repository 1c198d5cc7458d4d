"""The queries of who was erased. None commits.

Locks are taken in one order everywhere, so that no two transactions wait for each other: those of
candidates' ids, then candidates, then jobs, each by their ids, and runs last of all.
"""

from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.database import Connection

_OF_CANDIDATES = tuple(
    f"DELETE FROM {table} WHERE candidate_id = ANY($1)"  # noqa: S608 - the names are our own
    for table in (
        "matches",
        "removed_matches",
        "shortlists",
        "views",
        "submissions",
        "memberships",
        "candidate_vectors",
        "candidates",
    )
)


async def erased_among(connection: Connection, candidate_ids: Collection[UUID]) -> set[UUID]:
    """Those that were erased. The others are not before the transaction ends."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock_shared(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id",
        _locks_of(candidate_ids),
    )
    rows = await connection.fetch(
        "SELECT candidate_id FROM tombstones WHERE candidate_id = ANY($1)", list(candidate_ids)
    )
    return {row["candidate_id"] for row in rows}


async def bury(connection: Connection, candidate_ids: Collection[UUID]) -> None:
    """For good. Waits for those who found that one of them is not erased."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id",
        _locks_of(candidate_ids),
    )
    await connection.execute(
        "INSERT INTO tombstones (candidate_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING",
        sorted(candidate_ids),
    )


async def remove(connection: Connection, candidate_ids: Collection[UUID]) -> None:
    """Everything of theirs. The caller has locked the candidates and the jobs that they are matched with."""
    ids = list(candidate_ids)
    await connection.execute(
        "WITH gone AS (DELETE FROM candidate_features WHERE candidate_id = ANY($1)"
        "  RETURNING candidate_id, skills)"
        " DELETE FROM candidate_skills s USING gone g"
        " WHERE s.candidate_id = g.candidate_id AND s.skill = ANY(g.skills)",
        ids,
    )
    for statement in _OF_CANDIDATES:
        await connection.execute(statement, ids)
    await connection.execute("DELETE FROM runs WHERE about = 'candidate' AND about_id = ANY($1)", ids)


def _locks_of(candidate_ids: Collection[UUID]) -> list[str]:
    """Named apart from the locks of other services, with which it may share a database."""
    return [f"matcher {candidate_id}" for candidate_id in sorted(set(candidate_ids))]
