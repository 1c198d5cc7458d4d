"""What the parser makes of files is counted with the run that synced them, once."""

import itertools
from uuid import UUID, uuid4

import pytest
from support.drive_service import DriveService, recruiter, runs_in, syncs_in
from support.resume_states import uploaded

from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.on_resume_completed import on_resume_completed
from hotgigs.drive_sync.on_resume_failed import on_resume_failed

OWNER = recruiter()


def completed(resume_id: UUID, version: int = 2) -> ResumeCompletedV2:
    return ResumeCompletedV2(
        resume=uploaded(resume_id=resume_id, version=version, status="completed"), data=ResumeData()
    )


def failed(resume_id: UUID, version: int = 2, why: str | None = "No text in it.") -> ResumeFailedV1:
    return ResumeFailedV1(
        resume=uploaded(resume_id=resume_id, version=version, status="failed", error_message=why)
    )


async def hears(drive: DriveService, *events: ResumeCompletedV2 | ResumeFailedV1) -> None:
    for event in events:
        if isinstance(event, ResumeCompletedV2):
            await drive.handle_all(on_resume_completed, event)
        else:
            await drive.handle_all(on_resume_failed, event)


async def counts(drive: DriveService) -> tuple[int, int]:
    """Processed and failed: the same for the run and in all."""
    run = await drive.pool.fetchrow("SELECT files_processed, files_failed FROM runs")
    sync = await drive.pool.fetchrow("SELECT total_files_processed, total_files_failed FROM syncs")
    assert run is not None
    assert sync is not None
    assert tuple(run) == tuple(sync)
    return run[0], run[1]


async def test_files_are_counted_as_the_parser_ends(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    first, second, third = await drive.submits(held, "a", "b", "c")
    await drive.told()
    await drive.handle_all(on_resume_completed, completed(first), completed(third))
    await hears(drive, failed(second))
    assert await counts(drive) == (2, 1)
    told = await drive.told()
    assert [run.files_processed for run in runs_in(told)] == [2, 2]
    assert [sync.total_files_failed for sync in syncs_in(told)] == [0, 1]
    (error,) = runs_in(told)[-1].errors
    assert (error.file_id, error.file_name, error.resume_id) == ("b", None, second)
    assert error.reason == "No text in it."


async def test_they_are_counted_after_the_run_has_ended_too(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, "a")
    async with drive.units_of_work.begin() as uow:
        assert await finish(uow, held, status="completed")
    await hears(drive, completed(resume_id))
    assert await counts(drive) == (1, 0)


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))], ids=str)
async def test_the_newest_word_on_a_resume_counts_in_whatever_order_and_however_often_it_comes(
    drive: DriveService, order: tuple[int, ...]
) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, "a")
    events = [failed(resume_id, 2), failed(resume_id, 4), completed(resume_id, 6), failed(resume_id, 4)]
    await hears(drive, *(events[number] for number in order))
    assert await counts(drive) == (1, 0)
    assert await drive.pool.fetchval("SELECT count(*) FROM run_errors") == 0


async def test_a_resume_that_is_tried_again_and_fails_again_is_one_that_failed(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, "a")
    await drive.handle_all(on_resume_failed, failed(resume_id, 4, None), failed(resume_id, 2, "why"))
    assert await counts(drive) == (0, 1)
    assert runs_in(await drive.told())[-1].errors[0].reason != "why"


async def test_a_file_that_changed_counts_again(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    for _ in range(2):
        (resume_id,) = await drive.submits(held, "a")
        await hears(drive, completed(resume_id))
    assert await counts(drive) == (2, 0)


async def test_resumes_that_no_sync_brought_are_passed_over(drive: DriveService) -> None:
    await drive.holds(OWNER)
    await drive.told()
    await hears(drive, completed(uuid4()), failed(uuid4()))
    assert (await counts(drive), await drive.told()) == ((0, 0), [])


async def test_of_a_deleted_sync_nothing_is_counted(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, "a")
    await drive.deletes(OWNER, held.sync.sync_id)
    await hears(drive, failed(resume_id))
    assert not await drive.told()


async def test_a_run_that_was_forgotten_still_counts_to_the_total(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    (resume_id,) = await drive.submits(held, "a")
    await drive.pool.execute("DELETE FROM runs")
    await hears(drive, failed(resume_id))
    assert (await drive.sync(held.sync.sync_id))["total_files_failed"] == 1
    assert syncs_in(await drive.told())[-1].total_files_failed == 1


async def test_a_batch_tells_of_each_run_once(drive: DriveService) -> None:
    held = [await drive.holds(recruiter()) for _ in range(2)]
    resume_ids = [resume_id for each in held for resume_id in await drive.submits(each, "a", "b", "c")]
    await drive.told()
    await drive.handle_all(on_resume_completed, *map(completed, resume_ids))
    told = await drive.told()
    assert sorted(run.run_id for run in runs_in(told)) == sorted(each.run_id for each in held)
    assert [run.files_processed for run in runs_in(told)] == [3, 3]
