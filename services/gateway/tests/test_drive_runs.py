"""How far each run of a sync is, and what became of its files."""

from typing import Any

import msgspec
import pytest
from drive_stage import ANN, BEN, SYNCS, Stage
from told import NOW, an_id, erasure, resume, tell
from told_by_drive_sync import file_error, progressed
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.message import Event

UNREAD = file_error("unread", is_of_a_resume=True)
LOST = file_error("lost")


@pytest.fixture
async def drive(writing_app: WritingApp, pool: Pool) -> Stage:
    drive = Stage(writing_app, pool)
    await drive.set_up()
    return drive


async def runs(drive: Stage, *events: Event) -> Any:
    async with drive.pool.acquire() as connection:
        await tell(connection, *events)
    return await drive.read(ANN, f"/{an_id('sync')}/runs")


async def test_a_run_says_what_it_counted_and_what_is_still_to_come(drive: Stage) -> None:
    (told,) = await runs(
        drive,
        progressed(
            "first",
            version=5,
            status="running",
            kind="full",
            files_found=200,
            files_unchanged=20,
            files_synced=60,
            files_processed=30,
            files_failed=10,
            files_not_fetched=1,
            passed_over={"wrong_type": 3, "trashed": 2},
            errors=(LOST,),
            error_count=1,
            started_at=NOW,
        ),
    )
    assert told == {
        "run_id": str(an_id("run first")),
        "sync_id": str(an_id("sync")),
        "status": "running",
        "trigger": "manual",
        "kind": "full",
        "progress_percentage": 40,
        "files_found": 200,
        "files_unchanged": 20,
        "files_synced": 60,
        "files_processed": 30,
        "files_failed": 10,
        "files_not_fetched": 1,
        "files_waiting": 119,
        "files_in_processing": 20,
        "files_passed_over": 5,
        "passed_over": {"wrong_type": 3, "trashed": 2},
        "errors": [
            {
                "file_id": "file_lost",
                "file_name": "lost.pdf",
                "resume_id": None,
                "reason": "Google Drive did not give it.",
                "at": "2026-03-01T12:00:00Z",
            }
        ],
        "error_count": 1,
        "error_message": None,
        "requested_at": "2026-03-01T12:00:00Z",
        "started_at": "2026-03-01T12:00:00Z",
        "ended_at": None,
    }
    assert await drive.read(ANN, f"/{an_id('sync')}/runs/{an_id('run first')}") == told


@pytest.mark.parametrize(
    ("counted", "percentage"),
    [
        ({"status": "queued"}, 0),
        ({"status": "running"}, 0),
        ({"status": "running", "files_found": 3, "files_synced": 3}, 99),
        ({"status": "completed"}, 100),
        ({"status": "completed", "files_found": 3, "files_synced": 1}, 100),
        ({"status": "failed", "files_found": 4, "files_unchanged": 1}, 25),
        ({"status": "cancelled", "files_found": 1, "files_synced": 2}, 99),
    ],
)
async def test_it_is_whole_when_it_is_completed_and_not_before(
    drive: Stage, counted: dict[str, Any], percentage: int
) -> None:
    (told,) = await runs(drive, progressed("first", **counted))
    assert told["progress_percentage"] == percentage
    assert told["files_waiting"] >= 0


async def test_runs_are_listed_the_newest_first_on_pages(drive: Stage) -> None:
    listed = await runs(
        drive, *(progressed(f"{day}", requested_at=NOW.replace(day=day)) for day in (2, 5, 1, 4, 3))
    )
    assert [each["run_id"] for each in listed] == [str(an_id(f"run {day}")) for day in (5, 4, 3, 2, 1)]
    path = f"{SYNCS}/{an_id('sync')}/runs"
    answer = await drive.app.ask(ANN, "GET", f"{path}?skip=1&limit=2")
    assert [each["run_id"] for each in answer.json()] == [str(an_id(f"run {day}")) for day in (4, 3)]
    assert answer.headers["X-Total-Count"] == "5"
    assert answer.headers["Link"] == (
        f'<{path}?limit=2&skip=0>; rel="prev", <{path}?limit=2&skip=3>; rel="next"'
    )
    assert (await drive.app.ask(ANN, "GET", f"{path}?limit=101")).status_code == 400


async def test_the_run_of_another_sync_is_not_there(drive: Stage) -> None:
    other = await drive.set_up("other")
    await runs(drive, progressed("first"))
    await drive.read(ANN, f"/{other.sync_id}/runs/{an_id('run first')}", 404)
    assert await drive.read(ANN, f"/{other.sync_id}/runs") == []


async def test_a_file_that_is_a_resume_has_the_resumes_name(drive: Stage) -> None:
    failed = resume("unread", version=2, status="failed", owner_user_id=ANN.user_id, candidate_id=None)
    run = progressed("first", errors=(UNREAD,), error_count=1)
    (told,) = await runs(drive, run)
    assert (told["errors"][0]["file_name"], told["errors"][0]["reason"]) == (None, "It is a scan.")
    (told,) = await runs(drive, ResumeFailedV1(resume=failed))
    assert told["errors"][0]["file_name"] == "unread.pdf"
    assert told["errors"][0]["resume_id"] == str(failed.resume_id)


async def test_of_a_resume_of_somebody_else_no_name_is_told(drive: Stage) -> None:
    others = resume("unread", version=2, status="failed", owner_user_id=BEN.user_id, candidate_id=None)
    (told,) = await runs(
        drive, ResumeFailedV1(resume=others), progressed("first", errors=(UNREAD,), error_count=1)
    )
    assert told["errors"][0]["file_name"] is None


async def test_of_an_erased_resume_no_error_is_left(drive: Stage) -> None:
    only_the_resume = msgspec.structs.replace(erasure("unread"), candidate_ids=())
    (told,) = await runs(
        drive,
        progressed("first", errors=(UNREAD, LOST), error_count=2),
        ResumeErasedV1(erasure=only_the_resume),
    )
    assert [error["file_id"] for error in told["errors"]] == ["file_lost"]
    assert told["error_count"] == 1
    (told,) = await runs(drive, progressed("first", version=2, errors=(UNREAD, LOST), error_count=2))
    assert told["error_count"] == 1, "what is told late of it is not taken in"
