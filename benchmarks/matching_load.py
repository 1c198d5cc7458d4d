"""Fills the matcher's tables with an invented labour market: COPY by two processes, indexes at the end."""

import asyncio
import struct
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import msgspec
import numpy as np
from market_vectors import MarketVectors
from matching_people import Market
from msgspec import Struct
from numpy.typing import NDArray
from remembered_vectors import RememberedVectors

from hotgigs.matcher.scoring.features import candidate_features, job_features

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

_LOADERS = 2
_CHUNK = 500
_SHARED = 0.03
"""Of the candidates, with one more database."""
_POSTED_AT = datetime(2026, 10, 1, tzinfo=UTC)


class Load(Struct, frozen=True, kw_only=True):
    """``made_by`` is what the matcher says of features that it makes itself; ``pieces`` is a file of
    `RememberedVectors`. ``sizes`` are the databases' shares."""

    url: str
    databases: Sequence[UUID]
    sizes: Sequence[int]
    made_by: str
    pieces: Path


def load_candidates(what: Load, start: int, stop: int) -> None:
    _load(what, "candidate", start, stop)


def load_jobs(what: Load, start: int, stop: int) -> None:
    _load(what, "job", start, stop)


def numbered_id(number: int) -> UUID:
    return UUID(int=0x0199 << 112 | number << 80 | 7 << 76 | 2 << 62 | number)


async def connect(url: str) -> Connection:
    """Half vectors are arrays of float32."""
    settings = {"search_path": "matcher,public", "synchronous_commit": "off"}
    connection = await asyncpg.connect(url, server_settings=settings, command_timeout=600)
    schema = await connection.fetchval(
        "SELECT nspname FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace WHERE typname = 'halfvec'"
    )
    await connection.set_type_codec(
        "halfvec", schema=schema, encoder=_encoded, decoder=_decoded, format="binary"
    )
    return connection


def _load(what: Load, subject: str, start: int, stop: int) -> None:
    indexes = asyncio.run(_without_indexes(what.url, subject))
    with ProcessPoolExecutor(_LOADERS, mp_context=get_context("spawn")) as pool:
        bounds = [start + (stop - start) * part // _LOADERS for part in range(_LOADERS + 1)]
        parts = [pool.submit(_load_part, what, subject, *part) for part in pairwise(bounds)]
        for part in parts:
            part.result()
    asyncio.run(_finish(what.url, subject, indexes, stop))


def _load_part(what: Load, subject: str, start: int, stop: int) -> None:
    copy = _copy_candidates if subject == "candidate" else _copy_jobs
    asyncio.run(copy(what, start, stop))


async def _copy_candidates(what: Load, start: int, stop: int) -> None:
    connection = await connect(what.url)
    market, vectors = Market(), MarketVectors(RememberedVectors(what.pieces), seed=(0, start))
    for first in range(start, stop, _CHUNK):
        numbers = range(first, min(first + _CHUNK, stop))
        profiles = list(market.profiles(numbers.start, numbers.stop))
        features = [candidate_features(profile, vectors.embed) for profile in profiles]
        ids = list(map(numbered_id, numbers))
        homes = [_homes(number, what) for number in numbers]
        await connection.copy_records_to_table(
            "candidates",
            columns=("candidate_id", "version", "database_id", "profile"),
            records=[
                (id_, 1, own[0], msgspec.json.encode(profile).decode())
                for id_, own, profile in zip(ids, homes, profiles, strict=True)
            ],
        )
        await _copy_features(connection, "candidate", what.made_by, ids, features)
        await connection.copy_records_to_table(
            "memberships",
            columns=("candidate_id", "database_id", "version", "is_revoked"),
            records=[
                (id_, database, int(database != own[0]), False)
                for id_, own in zip(ids, homes, strict=True)
                for database in dict.fromkeys(own)
            ],
        )
    await connection.close()


async def _copy_jobs(what: Load, start: int, stop: int) -> None:
    connection = await connect(what.url)
    market, vectors = Market(), MarketVectors(RememberedVectors(what.pieces), seed=(1, start))
    for first in range(start, stop, _CHUNK):
        numbers = range(first, min(first + _CHUNK, stop))
        postings = list(market.postings(numbers.start, numbers.stop))
        features = [job_features(posting, vectors.embed) for posting in postings]
        ids = list(map(numbered_id, numbers))
        owners = [_homes(number, what)[0] for number in numbers]
        await connection.copy_records_to_table(
            "jobs",
            columns=(
                *("job_id", "version", "owner_user_id", "database_id", "posting", "status"),
                *("matches_since", "created_at", "updated_at"),
            ),
            records=[
                (id_, 1, own, own, msgspec.json.encode(posting).decode(), "open", 1, _POSTED_AT, _POSTED_AT)
                for id_, own, posting in zip(ids, owners, postings, strict=True)
            ],
        )
        await _copy_features(connection, "job", what.made_by, ids, features)
    await connection.close()


async def _copy_features(
    connection: Connection, subject: str, made_by: str, ids: Sequence[UUID], features: Sequence[Struct]
) -> None:
    await connection.copy_records_to_table(
        f"{subject}_features",
        columns=(f"{subject}_id", "version", "made_by", "packed", "skills"),
        records=[
            (id_, 1, made_by, made.packed, list(made.skill_keys))
            for id_, made in zip(ids, features, strict=True)
        ],
    )
    await connection.copy_records_to_table(
        f"{subject}_vectors",
        columns=(f"{subject}_id", "vector"),
        records=[(id_, made.vector) for id_, made in zip(ids, features, strict=True)],
    )
    await connection.copy_records_to_table(
        f"{subject}_skills",
        columns=("skill", f"{subject}_id"),
        records=[
            (key, id_)
            for id_, made in zip(ids, features, strict=True)
            for key in dict.fromkeys(made.skill_keys)
        ],
    )


def _homes(number: int, what: Load) -> list[UUID]:
    random = Random(f"home {number}")
    count = 2 if random.random() < _SHARED else 1
    return random.choices(what.databases, cum_weights=list(accumulate(what.sizes)), k=count)


async def _without_indexes(url: str, subject: str) -> list[str]:
    """Drops those of tables that are filled, and returns the statements that make them again."""
    connection = await connect(url)
    await connection.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
    await connection.execute("SELECT pg_reload_conf()")
    rows = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'matcher' AND tablename LIKE $1"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)",
        f"{subject}%",
    )
    for row in rows:
        await connection.execute(f"DROP INDEX {row['indexname']}")
    await connection.close()
    return [row["indexdef"] for row in rows]


async def _finish(url: str, subject: str, indexes: Sequence[str], count: int) -> None:
    """Raises RuntimeError where a loader failed."""
    connection = await connect(url)
    await connection.execute("SET maintenance_work_mem = '1GB'")
    for index in indexes:
        await connection.execute(index)
    for table in (
        f"{subject}s",
        f"{subject}_features",
        f"{subject}_vectors",
        f"{subject}_skills",
        "memberships",
    ):
        await connection.execute(f"VACUUM (ANALYZE) {table}")
    await connection.execute("CHECKPOINT")
    loaded = await connection.fetchval(f"SELECT count(*) FROM {subject}_vectors")
    await connection.close()
    if loaded < count:
        raise RuntimeError(f"{loaded} of {count} {subject}s were loaded")


def _encoded(vector: NDArray[np.float32]) -> bytes:
    """pgvector's ``halfvec_send``: the length, 16 bits unused, and the components, big-endian."""
    return struct.pack(">HH", len(vector), 0) + vector.astype(">f2").tobytes()


def _decoded(value: bytes) -> NDArray[np.float32]:
    return np.frombuffer(value, ">f2", offset=4).astype(np.float32)
