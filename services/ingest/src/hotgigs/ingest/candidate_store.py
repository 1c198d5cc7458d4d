"""The queries of candidates, and of what they are recognised by. None commits."""

from collections.abc import Collection, Iterable
from uuid import UUID

import msgspec
from asyncpg import Record

from hotgigs.chassis.database import Connection
from hotgigs.chassis.tables import CHANGED_SINCE
from hotgigs.ingest.candidates import Candidate, Group, Imported, groups_of
from hotgigs.ingest.identity import Identity

_COLUMNS = ", ".join(Candidate.__struct_fields__)
_SET = ", ".join(f"{name} = excluded.{name}" for name in ("version", "updated_at", "merged_into", "edits"))
_GROUPS = """
    WITH RECURSIVE up AS (
        SELECT candidate_id, merged_into FROM candidates WHERE candidate_id = ANY($1)
        UNION
        SELECT c.candidate_id, c.merged_into FROM candidates c JOIN up ON c.candidate_id = up.merged_into
    ), down AS (
        SELECT candidate_id FROM up WHERE merged_into IS NULL
        UNION
        SELECT c.candidate_id FROM candidates c JOIN down ON c.merged_into = down.candidate_id
    )
"""
_FIND = f"""
    SELECT {", ".join(f"c.{name}" for name in Candidate.__struct_fields__)}
    FROM candidates c JOIN identities i USING (candidate_id)
    WHERE i.database_id = $1 AND c.user_id IS NOT DISTINCT FROM $2
      AND ((i.email = $3 AND ($5::text[] = '{{}}' OR (
                SELECT bool_and(n.name_words = '{{}}') OR bool_or(n.name_words && $5)
                FROM identities n WHERE n.candidate_id = c.candidate_id)))
        OR (i.phone = $4 AND $5 <> '{{}}' AND EXISTS (
                SELECT FROM identities n WHERE n.candidate_id = c.candidate_id AND n.name_words = $5)))
    ORDER BY (i.email = $3) IS TRUE DESC, c.added_at, c.candidate_id LIMIT 1
"""  # noqa: S608 - the column names are our own


async def lock_databases(
    connection: Connection, database_ids: Collection[UUID], *, beside_others: bool = False
) -> None:
    """Until the transaction ends nobody else finds, adds, changes or erases candidates of these databases.
    With ``beside_others``, those who lock them so too do not wait for each other.

    To be taken before any lock of a row, and once in a transaction, so that no two wait for each other.
    """
    lock = "pg_advisory_xact_lock_shared" if beside_others else "pg_advisory_xact_lock"
    await connection.execute(
        f"SELECT {lock}(hashtextextended(id, 0)) FROM unnest($1::text[]) AS id",  # noqa: S608
        sorted(map(str, set(database_ids))),
    )


async def databases_of(connection: Connection, candidate_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By candidate, which never leaves its database."""
    rows = await connection.fetch(
        "SELECT candidate_id, database_id FROM candidates WHERE candidate_id = ANY($1)", list(candidate_ids)
    )
    return {row["candidate_id"]: row["database_id"] for row in rows}


async def find_candidate(
    connection: Connection, database_id: UUID, user_id: UUID | None, identity: Identity
) -> Candidate | None:
    """The person's candidate in this database, which the caller has locked; a match by mail goes before
    one by phone and name, an older candidate before a newer one."""
    row = await connection.fetchrow(
        _FIND, database_id, user_id, identity.email, identity.phone, identity.name_words
    )
    return None if row is None else _candidate(row)


async def known_of(connection: Connection, candidate_id: UUID) -> tuple[Candidate, list[Identity]] | None:
    """The candidate and by what the person is recognised, in whichever candidate of its group."""
    candidates = {each.candidate_id: each for each in await _whole_groups(connection, [candidate_id])}
    if candidate_id not in candidates:
        return None
    rows = await connection.fetch(
        "SELECT email, phone, name_words FROM identities WHERE candidate_id = ANY($1)", list(candidates)
    )
    return candidates[candidate_id], [msgspec.convert(dict(row), Identity) for row in rows]


async def put_identity(connection: Connection, of_id: UUID, candidate: Candidate, identity: Identity) -> None:
    """What a resume, or with the candidate's own id its edited profile, is recognised by from now on."""
    if identity.is_of_nobody():
        await connection.execute("DELETE FROM identities WHERE of_id = $1", of_id)
        return
    await connection.execute(
        "INSERT INTO identities (of_id, candidate_id, database_id, email, phone, name_words)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (of_id) DO UPDATE SET"
        " email = excluded.email, phone = excluded.phone, name_words = excluded.name_words",
        of_id,
        candidate.candidate_id,
        candidate.database_id,
        identity.email,
        identity.phone,
        identity.name_words,
    )


async def put_candidates(connection: Connection, candidates: Iterable[Candidate]) -> None:
    """Adds those that are not there; of the others it writes what can change."""
    await connection.execute(
        f"INSERT INTO candidates ({_COLUMNS})"  # noqa: S608 - the column names are our own
        f" SELECT {_COLUMNS} FROM jsonb_populate_recordset(NULL::candidates, $1)"
        f" ON CONFLICT (candidate_id) DO UPDATE SET {_SET}",
        [msgspec.to_builtins(each) for each in candidates],
    )


async def groups(connection: Connection, candidate_ids: Collection[UUID]) -> list[Group]:
    """The groups of those that are there, by their survivors' ids."""
    candidates = await _whole_groups(connection, candidate_ids)
    resumes = await connection.fetch(
        "SELECT resume_id, candidate_id, received_at, CASE WHEN newest = 1 THEN data - 'evidence' END AS data"
        " FROM (SELECT *, row_number() OVER (PARTITION BY candidate_id"
        "         ORDER BY received_at DESC, resume_id DESC) AS newest"
        "       FROM resumes WHERE candidate_id = ANY($1)) AS r",
        [each.candidate_id for each in candidates],
    )
    return groups_of(candidates, [msgspec.convert(dict(row), Imported) for row in resumes])


async def groups_without_resumes(connection: Connection, candidate_ids: Collection[UUID]) -> list[Group]:
    """As `groups`, for what does not depend on them."""
    return groups_of(await _whole_groups(connection, candidate_ids), ())


async def group_of(connection: Connection, candidate_id: UUID) -> Group | None:
    found = await groups(connection, [candidate_id])
    return found[0] if found else None


async def candidates_changed(connection: Connection, since: int, *, after: UUID, limit: int) -> list[UUID]:
    """A page in the order of their ids, of those that transaction ``since`` or a later one changed last."""
    rows = await connection.fetch(
        f"SELECT candidate_id FROM candidates WHERE {CHANGED_SINCE} AND candidate_id > $2"  # noqa: S608
        f" ORDER BY candidate_id LIMIT $3",
        since,
        after,
        limit,
    )
    return [row["candidate_id"] for row in rows]


async def _whole_groups(connection: Connection, candidate_ids: Collection[UUID]) -> list[Candidate]:
    rows = await connection.fetch(
        f"{_GROUPS} SELECT {_COLUMNS} FROM candidates JOIN down USING (candidate_id)",  # noqa: S608
        list(candidate_ids),
    )
    return list(map(_candidate, rows))


def _candidate(row: Record) -> Candidate:
    return msgspec.convert(dict(row), Candidate)
