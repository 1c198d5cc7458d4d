"""Fills the gateway's read models with invented candidates: COPY into a staging table, the tsvectors made by
SQL, and the indexes made at the end."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from uuid import UUID

import asyncpg
import msgspec
from people import People, Person

from hotgigs.chassis.database import connect

CHUNK = 10_000
LOADERS = 2

_STAGING = """
    CREATE TEMPORARY TABLE staging (
        candidate_id uuid, database_id uuid, source text, added_at timestamptz, resume_id uuid, profile text,
        email_key text, phone_key text, name_key text, full_name text, email text, title text, location text,
        years float, top_skills text[], tags text[], find_key text, heading text, body text, lexemes text[]
    )"""
_COLUMNS = (
    "candidate_id database_id source added_at resume_id profile email_key phone_key name_key full_name email title"
    " location years top_skills tags find_key heading body lexemes"
).split()
_CANDIDATES = """
    INSERT INTO candidates (candidate_id, version, database_id, source, added_at, updated_at, survivor_id,
        merged_ids, resume_ids, profile, edited, email_key, phone_key, name_key)
    SELECT candidate_id, 1, database_id, source, added_at, added_at, candidate_id, '{}', ARRAY[resume_id],
        profile::jsonb, '{}', email_key, phone_key, name_key
    FROM staging"""
_ENTRIES = """
    INSERT INTO entries (database_id, candidate_id, is_own, can_view_contact_info, can_download_resume,
        can_submit_to_jobs, source, added_at, full_name, name_key, email, title, location, years, top_skills,
        tags, find_key, search)
    SELECT database_id, candidate_id, true, true, true, true, source, added_at, full_name, name_key, email,
        title, location, years, top_skills, tags, find_key,
        setweight(to_tsvector('english', heading), 'A') || to_tsvector('english', body)
            || array_to_tsvector(lexemes)
    FROM staging"""


def _row(person: Person) -> tuple[object, ...]:
    c = person.candidate
    p = c.profile
    assert p.full_name and p.email and p.location
    name_key = p.full_name.lower()
    find_key = f"{name_key} {p.email}"
    skills = [s.name.lower() for s in p.skills]
    heading = " ".join([p.full_name, p.title or "", *skills])
    body = " ".join(
        [p.summary or "", p.ai_summary or "", p.location]
        + [" ".join([e.title or "", e.company or "", e.description or "", *e.achievements]) for e in p.experience]
        + [f"{e.degree} {e.institution}" for e in p.education]
    )
    lexemes = {f"d:{c.database_id}", f"o:{c.source}"}
    lexemes.update(f"t:{tag}" for tag in person.tags)
    lexemes.update(f"s:{skill}" for skill in skills)
    lexemes.update(f"l:{word}" for word in p.location.lower().replace(",", "").split())
    lexemes.update(f"g:{word[i : i + 3]}" for word in find_key.split() for i in range(len(word) - 2))
    return (
        c.candidate_id, c.database_id, c.source, c.added_at, c.resume_ids[0], msgspec.json.encode(p).decode(),
        p.email, (p.phone or "").lstrip("+"), name_key, p.full_name, p.email, p.title, p.location,
        p.total_experience_years, p.top_skills, person.tags, find_key, heading, body, sorted(lexemes),
    )  # fmt: skip


def load(url: str, *, databases: Sequence[UUID], sizes: Sequence[int], count: int) -> None:
    asyncio.run(_drop_indexes(url))
    with ProcessPoolExecutor(LOADERS) as pool:
        for done in [
            pool.submit(_load_part, url, databases, sizes, count, part) for part in range(LOADERS)
        ]:
            done.result()


def _load_part(url: str, databases: Sequence[UUID], sizes: Sequence[int], count: int, part: int) -> None:
    asyncio.run(_load_chunks(url, People(databases=databases, sizes=sizes, count=count), count, part))


async def _load_chunks(url: str, people: People, count: int, part: int) -> None:
    connection = await connect(url, schema="gateway", purpose="bench")
    await connection.execute("SET ROLE postgres; SET synchronous_commit = off; SET temp_buffers = '256MB'")
    await connection.execute(_STAGING)
    for start in range(part * CHUNK, count, CHUNK * LOADERS):
        rows = [_row(person) for person in people.chunk(start, min(start + CHUNK, count))]
        await connection.execute("TRUNCATE staging")
        await connection.copy_records_to_table("staging", records=rows, columns=_COLUMNS)
        await connection.execute(_CANDIDATES)
        await connection.execute(_ENTRIES)
    await connection.close()


async def _drop_indexes(url: str) -> None:
    pass
