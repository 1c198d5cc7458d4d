"""What a database had before candidates were told is carried over."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from support.candidate_commands import submission, unshare
from support.ingest_service import Ingest, of_type, recruiter

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool
from hotgigs.chassis.migrate import alembic_config, migrate, schema_of, sqlalchemy_url
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate
from hotgigs.ingest.service import service

SCHEMA = schema_of(service)
ADDED, PARSED = "2026-01-01T12:00:00Z", "2026-02-01T12:00:00Z"


async def to_version(url: str, version: str) -> None:
    engine = create_async_engine(sqlalchemy_url(url))

    def move(connection: Connection) -> None:
        command.downgrade(alembic_config(connection, SCHEMA), version)

    async with engine.begin() as connection:
        await connection.run_sync(move)
    await engine.dispose()


@pytest.fixture
async def older(bare_database_url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A database of the version before."""
    await migrate(bare_database_url, [SCHEMA])
    await to_version(bare_database_url, "ingest_0002")
    connection = await database.connect(bare_database_url, schema="ingest", purpose="test")
    yield connection
    await connection.close()


@pytest.fixture
async def newer(bare_database_url: str, older: object) -> AsyncIterator[Pool]:
    pool = await database.open_pool(bare_database_url, schema="ingest", max_size=2)
    yield pool
    pool.terminate()


async def add_candidate(
    connection: "asyncpg.Connection[asyncpg.Record]",
    owner: UUID,
    database_id: UUID,
    *resumes: tuple[str, str],
) -> UUID:
    """A candidate whose resumes have these sources and data, each a second newer than the one before."""
    candidate_id = uuid4()
    await connection.execute(
        "INSERT INTO candidates (candidate_id, database_id, owner_user_id, email, full_name,"
        f" leading_resume_id, added_at) VALUES ($1, $2, $3, 'ada@mail.example', 'ada', $1, '{ADDED}')",
        candidate_id,
        database_id,
        owner,
    )
    for number, (source, data) in enumerate(resumes):
        await connection.execute(
            "INSERT INTO resumes (resume_id, version, attempt, owner_user_id, database_id, source, filename,"
            " status, candidate_id, received_at, processing_completed_at, data) VALUES (gen_random_uuid(),"
            f" 2, 1, $1, $2, $3, 'cv.pdf', 'completed', $4, '{ADDED}'::timestamptz + $5 * interval '1 s',"
            f" '{PARSED}', $6)",
            owner,
            database_id,
            source,
            candidate_id,
            number,
            data,
        )
    return candidate_id


ADA = '{"email": " Ada@mail.example", "full_name": "Áda  EXAMPLE", "location": "Bern"}'
NEWER = '{"phone": "+1 (555) 010-0", "full_name": "Ada Example", "location": "Rome"}'


async def test_candidates_are_told_and_recognised_as_if_they_were_imported_now(
    older: "asyncpg.Connection[asyncpg.Record]", newer: Pool, bare_database_url: str
) -> None:
    recruiter, person, admin = uuid4(), uuid4(), uuid4()
    imported = await add_candidate(
        older, recruiter, recruiter, ("bulk_upload", ADA), ("resume_import", NEWER)
    )
    own = await add_candidate(older, person, MASTER_DATABASE_ID, ("candidate_upload", ADA))
    by_admin = await add_candidate(older, admin, MASTER_DATABASE_ID, ("resume_import", ADA))
    await asyncio.wait_for(migrate(bare_database_url, [SCHEMA]), timeout=60)

    ingest = Ingest(newer)
    state = await ingest.state_of(imported)
    assert (state.version, state.database_id, state.source) == (1, recruiter, "bulk_upload")
    assert (state.profile.location, len(state.resume_ids)) == ("Rome", 2)
    assert (state.added_at.isoformat(), state.updated_at.isoformat()) == (
        "2026-01-01T12:00:00+00:00",
        "2026-02-01T12:00:00+00:00",
    )
    users = [(await ingest.state_of(each)).user_id for each in (imported, own, by_admin)]
    assert users == [None, person, None]

    by_phone = ResumeData(phone="+15550100", full_name="Example Ada")
    assert await ingest.imported(recruiter, by_phone) == imported
    assert await ingest.imported(recruiter, ResumeData(email="ada@mail.example")) == imported
    assert await ingest.uploaded(person, ResumeData(email="ada@mail.example")) == own


async def test_the_version_before_finds_its_candidates_again(
    older: "asyncpg.Connection[asyncpg.Record]", newer: Pool, bare_database_url: str
) -> None:
    recruiter = uuid4()
    await migrate(bare_database_url, [SCHEMA])
    candidate_id = await Ingest(newer).imported(recruiter, ResumeData(email="Ada@mail.example"))
    await to_version(bare_database_url, "ingest_0002")
    row = await older.fetchrow("SELECT candidate_id, owner_user_id, email FROM candidates")
    assert row is not None
    assert tuple(row) == (candidate_id, recruiter, "ada@mail.example")


SHARED = (
    "INSERT INTO shares (candidate_id, recruiter_id, version, can_view_contact_info, can_download_resume,"
    " can_submit_to_jobs, share_reason, granted_by, granted_at, revoked_at)"
    f" VALUES ($1, $2, $3, false, true, true, $4, $1, '{ADDED}', $5::timestamptz)"
)


async def test_what_was_shared_goes_on_under_its_version_and_what_was_taken_back_stays_so(
    older: "asyncpg.Connection[asyncpg.Record]", newer: Pool, bare_database_url: str
) -> None:
    owner, kept, gone = recruiter(), recruiter(), recruiter()
    ingest = Ingest(newer)
    await migrate(bare_database_url, [SCHEMA])
    ada = await ingest.imported(owner.user_id, ResumeData(email="ada@mail.example"))
    await to_version(bare_database_url, "ingest_0003")
    await older.execute(SHARED, ada, kept.user_id, 3, "Fits.", None)
    await older.execute(SHARED, ada, gone.user_id, 2, None, datetime.fromisoformat(PARSED))
    await migrate(bare_database_url, [SCHEMA])
    _, events = await ingest.does(on_submit_candidate, submission(ada, gone, kept))
    (event,) = of_type(events, AccessGrantedV1)
    (granted,) = event.grants
    assert (granted.recruiter_id, granted.version, granted.can_view_contact_info) == (gone.user_id, 3, False)
    _, events = await ingest.does(on_unshare_candidate, unshare(ada, kept))
    versions = {each.recruiter_id: each.version for each in of_type(events, AccessRevokedV1)}
    assert versions == {kept.user_id: 4, gone.user_id: 4}

    await to_version(bare_database_url, "ingest_0003")
    rows = await older.fetch("SELECT version, revoked_at IS NOT NULL AS is_revoked FROM shares")
    assert [tuple(row) for row in rows] == [(4, True)] * 2
    await migrate(bare_database_url, [SCHEMA])
