"""Tokens: renewed once, kept, and given up in words that help."""

import asyncio
from datetime import UTC, datetime

import pytest
from support.eventually import eventually
from support.google_drive_source import Drives, all_children
from support.stand_in_drive import StandInDrive
from support.stand_in_drive.accounts import METADATA

from hotgigs.drive_sync.sources.errors import GrantEnded, SourceAway


@pytest.fixture
def folder_id(drive: StandInDrive) -> str:
    folder_id = drive.files.add_folder("Resumes")
    drive.files.add_resumes(3, folder_id)
    return folder_id


async def has_been_renewed(drive: StandInDrive) -> bool:
    return renewals(drive) > 0


def renewals(drive: StandInDrive) -> int:
    return drive.records.read().requests.get("token", 0)


async def test_a_token_that_is_good_is_left_as_it_is(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    grant = drives.grant()
    async with drives.open(folder_id, grant) as folder:
        await all_children(folder, folder_id)
        assert folder.grant == grant
    assert renewals(drive) == 0


async def test_a_token_that_has_expired_is_renewed_before_it_is_used(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    grant = drives.grant(is_expired=True, expires_in_s=0)
    async with drives.open(folder_id, grant) as folder:
        await all_children(folder, folder_id)
        renewed = folder.grant
    assert renewed is not None
    assert drive.records.read().tokens_seen == [renewed.access_token]
    assert renewed.refresh_token == grant.refresh_token
    assert renewed.expires_at is not None
    assert renewed.expires_at > datetime.now(UTC)


async def test_many_requests_that_find_a_token_expired_renew_it_once(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.accounts.expire_access_tokens()
        pages = await asyncio.gather(*(folder.children(folder_id, None) for _ in range(8)))
    assert {len(page.entries) for page in pages} == {3}
    assert renewals(drive) == 1


async def test_a_refresh_token_that_is_replaced_is_kept(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(rotate_refresh_tokens=True)
    grant = drives.grant()
    async with drives.open(folder_id, grant) as folder:
        for _ in range(2):
            drive.accounts.expire_access_tokens()
            await folder.children(folder_id, None)
        assert folder.grant is not None
        assert folder.grant.refresh_token in drive.accounts.refresh_tokens
        assert folder.grant.refresh_token != grant.refresh_token


async def test_a_renewal_is_kept_though_nobody_waits_for_it_any_more(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(rotate_refresh_tokens=True, latency_s=0.3)
    grant = drives.grant(is_expired=True)
    async with drives.open(folder_id, grant) as folder:
        asking = asyncio.create_task(folder.children(folder_id, None))
        await eventually(lambda: has_been_renewed(drive))
        asking.cancel()
        await asyncio.wait([asking])
    assert folder.grant is not None
    assert folder.grant.refresh_token in drive.accounts.refresh_tokens
    assert grant.refresh_token not in drive.accounts.refresh_tokens


async def test_a_grant_that_was_taken_back_has_ended(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    async with drives.open(folder_id) as folder:
        await folder.cursor()
        drive.accounts.revoke()
        for _ in range(2):
            with pytest.raises(GrantEnded, match="Connect Google Drive again"):
                await folder.children(folder_id, None)
    requests = drive.records.read().requests
    assert (requests["token"], requests["files.list"]) == (1, 1)


async def test_a_token_that_is_refused_though_renewed_has_ended(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("files.list", "unauthorized", times=2)
    async with drives.open(folder_id) as folder:
        with pytest.raises(GrantEnded, match="Connect Google Drive again"):
            await folder.children(folder_id, None)
    assert renewals(drive) == 1


@pytest.mark.parametrize("is_expired", [True, False])
async def test_without_a_refresh_token_a_grant_ends_with_its_access_token(
    drive: StandInDrive, drives: Drives, folder_id: str, is_expired: bool
) -> None:
    grant = drives.grant(is_expired=is_expired, is_offline=False)
    drive.accounts.expire_access_tokens()
    async with drives.open(folder_id, grant) as folder:
        with pytest.raises(GrantEnded, match="Connect Google Drive again"):
            await folder.cursor()
    assert renewals(drive) == 0


async def test_a_folder_is_not_opened_without_a_grant(drives: Drives, folder_id: str) -> None:
    with pytest.raises(GrantEnded):
        async with drives.provider().open(folder_id, None, owner="somebody"):
            pass


async def test_a_grant_that_is_not_for_reading_files_has_ended(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    async with drives.open(folder_id, drives.grant(scopes=["openid"])) as folder:
        with pytest.raises(GrantEnded, match="download your files"):
            await folder.cursor()
    async with drives.open(folder_id, drives.grant(scopes=[METADATA])) as folder:
        file, *_ = await all_children(folder, folder_id)
        with pytest.raises(GrantEnded, match="download your files"):
            await anext(folder.content(file))


async def test_a_token_endpoint_that_is_unwell_is_asked_again(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("token", "unavailable", times=2)
    drive.faults.add("token", "too_many_requests", retry_after_s=30)
    drive.faults.add("token", "hang_up", times=3)
    async with drives.open(folder_id, drives.grant(is_expired=True)) as folder:
        await folder.cursor()
    assert drive.faults.left() == 0
    assert max(drives.clock.waits) >= 30


async def test_a_token_endpoint_that_stays_away_is_the_source_away(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.faults.add("token", "internal", times=-1)
    async with drives.open(folder_id, drives.grant(is_expired=True)) as folder:
        with pytest.raises(SourceAway):
            await folder.cursor()


async def test_a_wrong_client_is_the_servers_fault_and_ends_no_grant(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(client_id="right", client_secret="right")
    grant = drives.grant(is_expired=True)
    async with drives.open(folder_id, grant) as folder:
        with pytest.raises(SourceAway, match="set up wrongly"):
            await folder.cursor()
    given = {"google_client_id": "right", "google_client_secret": "right"}
    async with drives.open(folder_id, grant, **given) as folder:
        assert await folder.cursor()


async def test_a_grant_of_another_client_has_ended(
    drive: StandInDrive, drives: Drives, folder_id: str
) -> None:
    drive.behave(client_id="before")
    grant = drives.grant(is_expired=True)
    drive.behave(client_id="after")
    async with drives.open(folder_id, grant, google_client_id="after") as folder:
        with pytest.raises(GrantEnded):
            await folder.cursor()
