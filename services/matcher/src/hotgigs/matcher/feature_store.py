"""The queries of what candidates and jobs are scored by, and found by. None commits."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from hotgigs.chassis.database import Connection

Subject = Literal["job", "candidate"]


class Features(Struct, frozen=True, kw_only=True):
    """Of one candidate, or job, of that version."""

    version: int
    packed: bytes
    skills: tuple[str, ...]
    vector: list[float]


class Scorable(Struct, frozen=True, kw_only=True):
    id: UUID
    version: int
    packed: bytes


async def put(connection: Connection, about: Subject, id_: UUID, features: Features, *, made_by: str) -> None:
    """In place of those that are there. The caller has locked the candidate, or job."""
    await forget(connection, about, [id_])
    skills = sorted(set(features.skills))
    await connection.execute(
        f"INSERT INTO {about}_features ({about}_id, version, made_by, packed, skills)"  # noqa: S608
        f" VALUES ($1, $2, $3, $4, $5)",
        id_,
        features.version,
        made_by,
        features.packed,
        skills,
    )
    await connection.execute(
        f"INSERT INTO {about}_vectors ({about}_id, vector) VALUES ($1, $2::real[]::halfvec)",  # noqa: S608
        id_,
        features.vector,
    )
    await connection.execute(
        f"INSERT INTO {about}_skills (skill, {about}_id) SELECT unnest($2::text[]), $1",
        id_,
        skills,
    )


async def forget(connection: Connection, about: Subject, ids: Sequence[UUID]) -> None:
    """They are matched no longer, if they were."""
    await connection.execute(
        f"WITH gone AS (DELETE FROM {about}_features WHERE {about}_id = ANY($1)"  # noqa: S608
        f"  RETURNING {about}_id, skills)"
        f" DELETE FROM {about}_skills s USING gone g"
        f" WHERE s.{about}_id = g.{about}_id AND s.skill = ANY(g.skills)",
        ids,
    )
    await connection.execute(f"DELETE FROM {about}_vectors WHERE {about}_id = ANY($1)", ids)  # noqa: S608


async def find(connection: Connection, about: Subject, id_: UUID, *, made_by: str) -> Features | None:
    row = await connection.fetchrow(
        f"SELECT version, packed, skills, vector::real[] AS vector"  # noqa: S608
        f" FROM {about}_features JOIN {about}_vectors USING ({about}_id)"
        f" WHERE {about}_id = $1 AND made_by = $2",
        id_,
        made_by,
    )
    if row is None:
        return None
    return Features(
        version=row["version"],
        packed=row["packed"],
        skills=tuple(row["skills"]),
        vector=list(row["vector"]),
    )


async def scorable(
    connection: Connection, about: Subject, ids: Sequence[UUID], *, made_by: str
) -> list[Scorable]:
    """Those that can be scored beside what ``made_by`` made, by their ids."""
    rows = await connection.fetch(
        f"SELECT {about}_id AS id, version, packed FROM {about}_features"  # noqa: S608
        f" WHERE {about}_id = ANY($1) AND made_by = $2 ORDER BY {about}_id",
        ids,
        made_by,
    )
    return [Scorable(**row) for row in rows]


async def made_otherwise(connection: Connection, about: Subject, *, made_by: str, limit: int) -> list[UUID]:
    """Those whose features something else made, the oldest first, up to ``limit``."""
    rows = await connection.fetch(
        f"SELECT {about}_id AS id FROM {about}_features WHERE made_by <> $1"  # noqa: S608
        f" ORDER BY made_at LIMIT $2",
        made_by,
        limit,
    )
    return [row["id"] for row in rows]


async def versions(
    connection: Connection, about: Subject, ids: Sequence[UUID], *, made_by: str
) -> dict[UUID, int]:
    """Of those that can be scored."""
    rows = await connection.fetch(
        f"SELECT {about}_id AS id, version FROM {about}_features"  # noqa: S608
        f" WHERE {about}_id = ANY($1) AND made_by = $2",
        ids,
        made_by,
    )
    return {row["id"]: row["version"] for row in rows}
