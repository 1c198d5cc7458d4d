"""What drive-sync tells of syncs and runs comes in any order, some of it twice, and beside erasures."""

from datetime import UTC, datetime, timedelta
from typing import cast

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from told import NOW, after, an_id, erasure, in_any_order, shown, tell, tell_together
from told_by_drive_sync import changed, file_error, progressed

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.message import Event
from hotgigs.gateway.drive.forget_old_runs import forget_old_runs

STORY: tuple[Event, ...] = (
    changed("kept"),
    changed("kept", version=2, folder_name="Resumes 2026", total_files_synced=3),
    changed("kept", version=3, is_active=False, next_sync_at=None),
    progressed("first", of="kept"),
    progressed("first", of="kept", version=2, status="running", files_found=3, passed_over={"empty": 1}),
    progressed(
        "first",
        of="kept",
        version=3,
        status="completed",
        files_found=3,
        files_synced=3,
        errors=(file_error("unread", is_of_a_resume=True), file_error("lost")),
        error_count=2,
        ended_at=NOW,
    ),
    progressed("second", of="kept"),
)
END: tuple[Event, ...] = (
    changed("deleted"),
    changed("deleted", version=2, is_active=False),
    progressed("of the deleted", of="deleted"),
    progressed("of the deleted", of="deleted", version=2, status="cancelled", ended_at=NOW),
    DriveSyncDeletedV1(sync_id=an_id("deleted")),
    changed("other"),
    progressed(
        "with errors",
        of="other",
        errors=tuple(file_error(name, is_of_a_resume=True) for name in ("gone", "left", "also gone")),
        error_count=130,
    ),
    progressed(
        "with errors",
        of="other",
        version=2,
        errors=(
            file_error("lost"),
            *(file_error(name, is_of_a_resume=True) for name in ("gone", "left", "also gone")),
        ),
        error_count=131,
    ),
    CandidateErasedV1(erasure=erasure("gone")),
    ResumeErasedV1(erasure=msgspec.structs.replace(erasure("also gone"), candidate_ids=())),
    DriveFilesForgottenV1(erasure_id=erasure("gone").erasure_id, at=NOW),
)


@in_any_order
@given(order=st.permutations(STORY), repeated=st.lists(st.sampled_from(STORY), max_size=5))
async def test_the_newest_word_on_each_sync_and_run_stands_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(STORY))
    (sync,) = seen["drive_syncs"]
    assert (sync["version"], sync["folder_name"], sync["is_active"]) == (3, "Resumes 2025", False)
    runs = {row["run_id"]: row for row in seen["drive_runs"]}
    assert {run_id: row["version"] for run_id, row in runs.items()} == {
        an_id("run first"): 3,
        an_id("run second"): 1,
    }
    first = runs[an_id("run first")]
    assert [error["file_id"] for error in first["errors"]] == ["file_unread", "file_lost"]
    assert (first["files_synced"], first["passed_over"]) == (3, {})


@in_any_order
@given(order=st.permutations(END), repeated=st.lists(st.sampled_from(END), max_size=8))
async def test_nothing_that_is_deleted_or_erased_comes_back_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(END))
    assert {row["sync_id"] for row in seen["drive_syncs"]} == {an_id("other")}
    (run,) = seen["drive_runs"]
    assert [error["file_id"] for error in run["errors"]] == ["file_lost", "file_left"]
    assert (run["version"], run["error_count"]) == (2, 129)
    assert [row["service"] for row in seen["erasure_confirmations"]] == ["drive-sync"]
    assert an_id("deleted") in {row["id"] for row in seen["tombstones"]}


async def test_runs_that_ended_long_ago_are_forgotten_but_for_the_last_of_each_sync(pool: Pool) -> None:
    long_ago, lately = (datetime.now(UTC) - timedelta(days=days) for days in (91, 89))
    units_of_work = UnitsOfWork(pool, cast("Relay", None), source="tests")
    async with pool.acquire() as connection:
        for sync, ends in {
            "one": [long_ago, long_ago, lately, None],
            "another": [long_ago, long_ago],
        }.items():
            for number, ended_at in enumerate(ends):
                requested_at = NOW + timedelta(hours=number)
                await tell(
                    connection,
                    progressed(f"{number} of {sync}", of=sync, requested_at=requested_at, ended_at=ended_at),
                )
        await forget_old_runs(units_of_work, None)
        left = {row["run_id"] for row in await connection.fetch("SELECT run_id FROM drive_runs")}
    assert left == {an_id(f"run {name}") for name in ("2 of one", "3 of one", "1 of another")}


async def test_of_several_words_in_one_batch_of_messages_the_newest_stands(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell_together(connection, [changed("kept", version=version) for version in (2, 3, 1)])
        await tell_together(
            connection, [progressed("first", of="kept", version=version) for version in (2, 3, 1)]
        )
        seen = await shown(connection)
    assert [row["version"] for row in (*seen["drive_syncs"], *seen["drive_runs"])] == [3, 3]
