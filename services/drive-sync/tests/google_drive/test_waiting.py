"""What is asked again, when, and for how long."""

import asyncio

import pytest
from support.eventually import eventually
from support.free_ports import free_ports
from support.google_drive_source import Drives, all_children, content_of, file_in
from support.stand_in_drive import StandInDrive

from hotgigs.drive_sync.sources.errors import FileUnavailable, SourceAway
from hotgigs.drive_sync.sources.google_drive.clock import Clock


class StoppedClock(Clock):
    """Its sleeps last until they are cancelled; the first is told of."""

    def __init__(self) -> None:
        self.is_asleep = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.is_asleep.set()
        await asyncio.Event().wait()


async def has_been_asked(drive: StandInDrive, operation: str) -> bool:
    return operation in drive.records.read().requests


@pytest.fixture
def folder_id(drive: StandInDrive) -> str:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(3, folder_id)
    return folder_id


@pytest.mark.parametrize(
    "fault",
    [
        "too_many_requests",
        "user_rate_limit",
        "rate_limit",
        "internal",
        "unavailable",
        "html_bad_gateway",
        "not_json",
        "cut",
    ],
)
async def test_what_passes_is_asked_again_with_growing_waits(
    drive: StandInDrive, drives: Drives, folder_id: str, fault: str
) -> None:
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.faults.add("files.list", fault, times=6)
        assert len(await all_children(folder, folder_id)) == 3
    assert drive.faults.left() == 0
    waits = drives.clock.waits
    assert waits == sorted(waits)
    assert len(waits) == 6
    assert 32 <= waits[-1] <= 33


async def test_connections_that_break_are_made_again(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    """The library does so once by itself where one that it has used before is closed."""
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.faults.add("files.list", "hang_up", times=6)
        assert len(await all_children(folder, folder_id)) == 3
    assert drive.faults.left() == 0
    assert 3 <= len(drives.clock.waits) <= 6


async def test_an_answer_that_does_not_come_in_time_is_asked_for_again(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("files.list", "late", seconds=60)
    async with drives.open(folder_id, drive_timeout_seconds=0.3) as folder:
        assert len(await all_children(folder, folder_id)) == 3


@pytest.mark.parametrize("fault", ["too_many_requests", "user_rate_limit", "unavailable"])
async def test_google_is_left_alone_for_as_long_as_it_asks(
    drive: StandInDrive, drives: Drives, folder_id: str, fault: str
) -> None:
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.faults.add("files.list", fault, retry_after_s=120)
        await folder.children(folder_id, None)
    (wait,) = drives.clock.waits
    assert 119 < wait <= 121


async def test_a_source_that_stays_away_is_given_up_in_time(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("any", "unavailable", times=-1)
    async with drives.open(folder_id, drive_max_wait_seconds=300) as folder:
        with pytest.raises(SourceAway):
            await folder.cursor()
    assert 200 < sum(drives.clock.waits) <= 300


async def test_a_longer_wait_than_a_run_has_is_not_begun(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("any", "too_many_requests", retry_after_s=301)
    async with drives.open(folder_id, drive_max_wait_seconds=300) as folder:
        with pytest.raises(SourceAway, match="asked less"):
            await folder.cursor()
    assert drives.clock.waits == []


async def test_a_server_that_is_not_there_is_the_source_away(drives: Drives, folder_id: str) -> None:
    (port,) = free_ports(1)
    async with drives.open(folder_id, drive_api_endpoint=f"http://127.0.0.1:{port}") as folder:
        with pytest.raises(SourceAway):
            await folder.cursor()


async def test_content_of_a_source_that_asks_to_be_left_alone_is_the_source_away(
    drive: StandInDrive, drives: Drives
) -> None:
    """Not one file after the other that is not given, each after the longest wait."""
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(1, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        drive.faults.add("files.media", "user_rate_limit", times=-1)
        with pytest.raises(SourceAway):
            await content_of(folder, file)


async def test_content_of_a_source_that_answers_nothing_is_the_source_away(
    drive: StandInDrive, drives: Drives
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(1, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        drive.stop()
        with pytest.raises(SourceAway):
            await content_of(folder, file)


async def test_content_that_needs_a_token_that_does_not_come_is_the_source_away(
    drive: StandInDrive, drives: Drives
) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(1, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        drive.accounts.expire_access_tokens()
        drive.faults.add("token", "unavailable", times=-1)
        with pytest.raises(SourceAway):
            await content_of(folder, file)


async def test_a_days_quota_is_not_waited_for(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    async with drives.open(folder_id) as folder:
        file, *_ = await all_children(folder, folder_id)
        drive.faults.add("any", "daily_limit", times=2)
        with pytest.raises(SourceAway, match="quota"):
            await folder.children(folder_id, None)
        with pytest.raises(SourceAway, match="quota"):
            await content_of(folder, file)
    assert drives.clock.waits == []


async def test_folders_of_one_user_leave_google_alone_together(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    provider = drives.provider(drive_max_wait_seconds=300)
    async with (
        provider.open(folder_id, drives.grant(), owner="one") as asked,
        provider.open(folder_id, drives.grant(), owner="one") as other,
        provider.open(folder_id, drives.grant(), owner="two") as anothers,
    ):
        drive.faults.add("any", "too_many_requests", retry_after_s=1000)
        with pytest.raises(SourceAway):
            await asked.cursor()
        requests = drive.records.read().requests
        with pytest.raises(SourceAway):
            await other.cursor()
        assert drive.records.read().requests == requests
        assert await anothers.cursor()


async def test_a_gate_stays_shut_for_the_run_after(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    provider = drives.provider(drive_max_wait_seconds=300)
    drive.faults.add("any", "too_many_requests", retry_after_s=1000)
    for _ in range(2):
        async with provider.open(folder_id, drives.grant(), owner="one") as folder:
            with pytest.raises(SourceAway):
                await folder.cursor()
    drives.clock.slept += 1002
    async with provider.open(folder_id, drives.grant(), owner="one") as folder:
        assert await folder.cursor()


async def test_a_users_quota_is_kept(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    drive.behave(quota_per_second=15)
    async with drives.open(folder_id, clock=Clock(), drive_requests_per_second=10) as folder:
        await asyncio.gather(*(folder.children(folder_id, None) for _ in range(20)))
    assert drive.records.read().over_quota == {}


async def test_a_folder_is_looked_at_once(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    async with drives.open(folder_id) as folder:
        await asyncio.gather(*(folder.children(folder_id, None) for _ in range(5)))
    assert drive.records.read().requests["files.get"] == 1


async def test_waiting_can_be_cancelled(drive: StandInDrive, drives: Drives, folder_id: str) -> None:
    clock = StoppedClock()
    drive.faults.add("any", "unavailable", retry_after_s=100)
    provider = drives.provider(clock=clock)
    async with provider.open(folder_id, drives.grant(), owner="somebody") as folder:
        asking = asyncio.create_task(folder.cursor())
        await clock.is_asleep.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


async def test_closing_breaks_off_what_is_under_way(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    provider = drives.provider(drive_timeout_seconds=110)
    async with provider.open(folder_id, drives.grant(), owner="somebody") as folder:
        await folder.cursor()
        drive.faults.add("files.list", "late", times=-1, seconds=100)
        asking = asyncio.create_task(folder.children(folder_id, None))
        await eventually(lambda: has_been_asked(drive, "files.list"))
        asking.cancel()
        await asyncio.wait([asking])
        await asyncio.wait_for(provider.close(), timeout=60)
    assert drive.records.read().requests["files.list"] == 1


async def test_no_more_threads_are_used_than_files_are_fetched_at_once(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(latency_s=0.05)
    async with drives.open(folder_id, drive_files_at_once=2) as folder:
        await asyncio.gather(*(folder.children(folder_id, None) for _ in range(12)))
    assert drive.records.read().most_at_once == 3


async def test_the_event_loop_goes_on_while_google_is_slow(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("files.list", "late", seconds=1)
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        asking = asyncio.create_task(folder.children(folder_id, None))
        turns = 0
        while not asking.done():
            await asyncio.sleep(0)
            turns += 1
    assert turns > 1000
    assert len(asking.result().entries) == 3


async def test_a_file_that_is_cut_every_time_is_unavailable(drive: StandInDrive, drives: Drives) -> None:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(1, folder_id)
    async with drives.open(folder_id) as folder:
        file = await file_in(folder, folder_id)
        drive.faults.add("files.media", "cut", times=-1)
        with pytest.raises(FileUnavailable):
            await content_of(folder, file)
