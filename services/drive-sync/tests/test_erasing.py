"""Of files whose resumes are erased nothing is left, and they are not taken in again."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from support.drive_service import DriveService, admin, recruiter, runs_in
from support.resume_states import uploaded

from hotgigs.chassis.database import Pool
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.drive_state import DriveFileError
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.drive_sync import erasure_store, run_errors, run_store
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.on_candidate_erased import on_candidate_erased
from hotgigs.drive_sync.on_resume_completed import on_resume_completed
from hotgigs.drive_sync.on_resume_erased import on_resume_erased

OWNER = recruiter()
NOW = datetime(2026, 3, 1, tzinfo=UTC)
FILE = "the file of the erased"
NAME = "name-of-the-erased.pdf"


def erasure_of(*resume_ids: UUID, owner: Actor = OWNER) -> Erasure:
    return Erasure(
        erasure_id=uuid4(), database_id=owner.database_id, resume_ids=resume_ids, actor=admin(), at=NOW
    )


async def erases(drive: DriveService, *resume_ids: UUID) -> None:
    await drive.handle(on_resume_erased, ResumeErasedV1(erasure=erasure_of(*resume_ids)))


async def is_erased(drive: DriveService, held: HeldRun, *file_ids: str) -> set[str]:
    return await drive.units_of_work.read(erasure_store.erased_among, held.sync, file_ids)


async def keeps(drive: DriveService, held: HeldRun, file_id: str = FILE) -> None:
    """In the ledger, with a word on why it was not fetched."""
    await drive.pool.execute(
        "INSERT INTO files (sync_id, file_id, name, state) VALUES ($1, $2, $3, 'pending')",
        held.sync.sync_id,
        file_id,
        NAME,
    )
    error = DriveFileError(file_id=file_id, file_name=NAME, reason="not given", at=NOW)
    async with drive.units_of_work.begin() as uow:
        await run_errors.add(uow.connection, held.run_id, [error])


async def tables_with(pool: Pool, word: str) -> set[str]:
    tables = await pool.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'drive_sync'"
    )
    found = set()
    for table in (row["table_name"] for row in tables):
        text = "encode(t.envelope, 'escape')" if table == "outbox" else "t::text"
        if await pool.fetchval(f"SELECT count(*) FROM {table} AS t WHERE position($1 IN {text}) > 0", word):
            found.add(table)
    return found


async def test_nothing_is_left_of_the_file_and_the_erasure_is_confirmed(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, FILE)
    await keeps(drive, held)
    assert await tables_with(drive.pool, FILE) == {"files", "imports", "run_errors"}
    await drive.told()
    erasure = erasure_of(resume_id)
    await drive.handle(on_candidate_erased, CandidateErasedV1(erasure=erasure))
    for word in (FILE, NAME, str(resume_id)):
        assert await tables_with(drive.pool, word) == set()
    *told, confirmed = await drive.told()
    assert isinstance(confirmed, DriveFilesForgottenV1)
    assert confirmed.erasure_id == erasure.erasure_id
    (run,) = runs_in(told)
    assert (run.run_id, run.errors, run.error_count) == (held.run_id, (), 0)


async def test_other_files_stay(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    gone, _ = await drive.submits(held, FILE, "another")
    await keeps(drive, held, "another")
    await erases(drive, gone)
    assert await tables_with(drive.pool, "another") == {"files", "imports", "run_errors"}
    assert await is_erased(drive, held, FILE, "another") == {FILE}


async def test_what_waits_to_be_told_of_it_is_not_told(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    resume_ids = await drive.submits(held, FILE, FILE, "another")
    await keeps(drive, held)
    async with drive.units_of_work.begin() as uow:
        for resume_id in resume_ids:
            uow.publish(
                DriveFileFetchedV1(
                    resume_id=resume_id,
                    sync_id=held.sync.sync_id,
                    owner_user_id=OWNER.user_id,
                    database_id=OWNER.database_id,
                    source="google_drive",
                    filename=NAME,
                )
            )
        assert await finish(uow, held, status="completed")
    await erases(drive, resume_ids[0])
    told = await drive.told()
    fetched = [each.resume_id for each in told if isinstance(each, DriveFileFetchedV1)]
    assert fetched == [resume_ids[2]]
    assert {run.status for run in runs_in(told)} >= {"running", "completed"}
    assert {(run.errors, run.error_count) for run in runs_in(told)} == {((), 0)}


async def test_the_file_is_forgotten_by_every_sync_of_the_database_that_knows_it(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, FILE)
    async with drive.units_of_work.begin() as uow:
        assert await finish(uow, held, status="completed")
    other = await drive.holds(OWNER)
    await drive.submits(other, FILE)
    await keeps(drive, other)
    await erases(drive, resume_id)
    assert await tables_with(drive.pool, FILE) == set()
    assert await is_erased(drive, other, FILE) == {FILE}


async def test_another_database_keeps_its_own(drive: DriveService) -> None:
    held, other = await drive.holds(OWNER), await drive.holds(recruiter())
    (resume_id,) = await drive.submits(held, FILE)
    await drive.submits(other, FILE)
    await erases(drive, resume_id)
    assert await is_erased(drive, other, FILE) == set()
    assert await tables_with(drive.pool, FILE) == {"imports"}


async def test_it_stays_away_when_the_folder_was_deleted_and_is_set_up_again(drive: DriveService) -> None:
    held = await drive.holds(OWNER, folder_id="folder")
    (resume_id,) = await drive.submits(held, FILE)
    await drive.deletes(OWNER, held.sync.sync_id)
    await erases(drive, resume_id)
    again = await drive.holds(OWNER, folder_id="folder")
    assert await is_erased(drive, again, FILE) == {FILE}


async def test_a_word_that_comes_late_of_the_erased_is_passed_over(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, FILE)
    await erases(drive, resume_id)
    await drive.told()
    event = ResumeCompletedV2(resume=uploaded(resume_id=resume_id, version=9), data=ResumeData())
    await drive.handle_all(on_resume_completed, event)
    assert not await drive.told()
    assert (await drive.run(held.run_id))["files_processed"] == 0


@pytest.mark.parametrize("is_known", [True, False])
async def test_every_erasure_is_confirmed_however_often_it_is_told(
    drive: DriveService, is_known: bool
) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, FILE)
    event = ResumeErasedV1(erasure=erasure_of(resume_id if is_known else uuid4()))
    for _ in range(2):
        await drive.told()
        await drive.handle(on_resume_erased, event)
        assert isinstance((await drive.told())[-1], DriveFilesForgottenV1)
    assert await is_erased(drive, held, FILE) == ({FILE} if is_known else set())


async def test_who_submits_a_file_while_it_is_erased_comes_before_or_sees_it(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, FILE)
    async with drive.units_of_work.begin() as uow:
        await run_store.advance(uow.connection, held)
        erasing = asyncio.create_task(erases(drive, resume_id))
        while not await drive.pool.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"):
            assert not erasing.done()
        assert await erasure_store.erased_among(uow.connection, held.sync, [FILE]) == set()
        await run_errors.add(
            uow.connection, held.run_id, [DriveFileError(file_id=FILE, reason="late", at=NOW)]
        )
    await erasing
    assert await tables_with(drive.pool, FILE) == set()
