"""Fills the gateway's read models with invented candidates: COPY into staging tables, the rest by SQL, and
the indexes at the end."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from uuid import UUID

import asyncpg
from candidate_rows import INDEX_PROFILES, INSERTS, PROFILE_COLUMNS, STAGING, person_rows, profile_row
from msgspec import Struct
from people import People

_CHUNK = 10_000
_LOADERS = 2
_PROFILES = 20_000
"""Of a loader; a candidate in about 25 of a million has the same."""
_TABLES = ("candidates", "entries", "resumes", "access", "tags", "views", "notes", "activities")


class Load(Struct, frozen=True, kw_only=True):
    """``count`` candidates in ``databases``, in proportion to ``sizes``."""

    url: str
    databases: Sequence[UUID]
    sizes: Sequence[int]
    count: int


def load(what: Load) -> None:
    """The server's own processes work as well, so that two loaders keep four cores busy."""
    indexes = asyncio.run(_without_indexes(what.url))
    with ProcessPoolExecutor(_LOADERS) as pool:
        for part in [pool.submit(_load_part, what, part) for part in range(_LOADERS)]:
            part.result()
    asyncio.run(_finish(what.url, indexes))


def _load_part(what: Load, part: int) -> None:
    asyncio.run(_copy_part(what, part))


async def _copy_part(what: Load, part: int) -> None:
    people = People(databases=what.databases, sizes=what.sizes, count=what.count)
    profiles = min(_PROFILES, what.count // 5)
    connection = await _connect(what.url)
    await connection.execute("SET temp_buffers = '256MB'")
    await connection.execute(STAGING)
    first = part * profiles
    for start in range(first, first + profiles, _CHUNK):
        numbers = range(start, min(start + _CHUNK, first + profiles))
        found = people.profiles(numbers.start, numbers.stop)
        rows = [profile_row(number, profile) for number, profile in zip(numbers, found, strict=True)]
        await connection.copy_records_to_table("profiles", records=rows, columns=PROFILE_COLUMNS)
    await connection.execute(INDEX_PROFILES)
    await connection.execute("ANALYZE profiles")
    for start in range(part * _CHUNK, what.count, _CHUNK * _LOADERS):
        identities = people.identities(start, min(start + _CHUNK, what.count))
        rows = [
            row
            for number, identity in enumerate(identities, start)
            for row in person_rows(identity, first + number % profiles)
        ]
        await connection.execute("TRUNCATE people")
        await connection.copy_records_to_table("people", records=rows)
        for insert in INSERTS:
            await connection.execute(insert)
    await connection.close()


async def _without_indexes(url: str) -> list[str]:
    """Drops them, and returns the statements that make them again."""
    connection = await _connect(url)
    await connection.execute("ALTER SYSTEM SET max_wal_size = '16GB'")
    await connection.execute("ALTER SYSTEM SET autovacuum = off")
    await connection.execute("SELECT pg_reload_conf()")
    rows = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'gateway' AND tablename = ANY($1)"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)",
        _TABLES,
    )
    for row in rows:
        await connection.execute(f"DROP INDEX {row['indexname']}")
    await connection.close()
    return [row["indexdef"] for row in rows]


async def _finish(url: str, indexes: Sequence[str]) -> None:
    connection = await _connect(url)
    await connection.execute("SET maintenance_work_mem = '1GB'")
    for index in indexes:
        await connection.execute(index)
    for table in _TABLES:
        await connection.execute(f"VACUUM (ANALYZE) {table}")
    await connection.execute("ALTER SYSTEM RESET ALL")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.execute("CHECKPOINT")
    await connection.close()


async def _connect(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    settings = {"search_path": "gateway", "synchronous_commit": "off"}
    return await asyncpg.connect(url, server_settings=settings)
