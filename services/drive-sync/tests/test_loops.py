"""What is done now and then: old runs are forgotten, and grants sealed with the newest key; one that no key
opens waits for it."""

from uuid import UUID

import msgspec
import pytest
from support.drive_service import KEY, DriveService, recruiter
from support.memory_source import MemoryDrive, MemoryProvider

from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.drive_sync import forget_old, running
from hotgigs.drive_sync.ending import finish
from hotgigs.drive_sync.renew_seals import renew_seals

OWNER = recruiter()
NEW_KEY = "another key of the tests, of 32 letters or more"


async def ended(drive: DriveService, sync_id: UUID, *, days_ago: int) -> UUID:
    await drive.triggers(OWNER, sync_id)
    held = await drive.claims()
    assert held is not None
    async with drive.units_of_work.begin() as uow:
        assert await finish(uow, held, status="completed")
    await drive.pool.execute(
        "UPDATE runs SET ended_at = now() - $2 * interval '1 d', requested_at = now() - $2 * interval '1 d'"
        " WHERE run_id = $1",
        held.run_id,
        days_ago,
    )
    return held.run_id


async def forgets(drive: DriveService) -> set[UUID]:
    """The runs that are kept."""
    await forget_old.forget_old(drive.units_of_work, None)
    return {row["run_id"] for row in await drive.pool.fetch("SELECT run_id FROM runs")}


async def test_runs_that_ended_long_ago_are_forgotten_but_never_the_last(
    drive: DriveService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget_old, "AT_ONCE", 2)
    busy, quiet = await drive.sets_up(OWNER), await drive.sets_up(OWNER)
    for days_ago in (300, 200, 150, 100, 91):
        await ended(drive, busy, days_ago=days_ago)
    recent = {await ended(drive, busy, days_ago=days_ago) for days_ago in (89, 1)}
    await ended(drive, quiet, days_ago=120)
    last = await ended(drive, quiet, days_ago=110)
    assert await forgets(drive) == {*recent, last}


async def test_a_run_that_takes_long_is_not_forgotten(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    await drive.pool.execute("UPDATE runs SET requested_at = now() - interval '200 d'")
    assert await forgets(drive) == {held.run_id}


async def test_what_an_older_key_sealed_is_opened_by_the_newest_alone_after_a_while(
    drive: DriveService,
) -> None:
    sync_ids = [await drive.sets_up(OWNER) for _ in range(3)]
    await drive.pool.execute("UPDATE syncs SET sealed_grant = 'lost' WHERE sync_id = $1", sync_ids[2])
    both = Sealing([NEW_KEY, KEY], label=drive_grant.LABEL)
    await renew_seals(drive.units_of_work, msgspec.structs.replace(drive.resources, sealing=both))
    newest = Sealing([NEW_KEY], label=drive_grant.LABEL)
    for sync_id in sync_ids[:2]:
        kept = await drive.sync(sync_id)
        opened = newest.open(kept["sealed_grant"], context=drive_grant.context_of(OWNER.user_id))
        assert drive_grant.grant_in(opened).access_token == "access"
        assert kept["grant_version"] == 1
    assert (await drive.sync(sync_ids[2]))["sealed_grant"] == b"lost"
    before = await drive.pool.fetch("SELECT sealed_grant FROM syncs ORDER BY sync_id")
    await renew_seals(drive.units_of_work, msgspec.structs.replace(drive.resources, sealing=both))
    assert await drive.pool.fetch("SELECT sealed_grant FROM syncs ORDER BY sync_id") == before


async def test_a_grant_that_this_process_has_no_key_for_is_kept(drive: DriveService) -> None:
    held = await drive.holds(OWNER)
    without_key = msgspec.structs.replace(
        drive.resources,
        sealing=Sealing([NEW_KEY], label=drive_grant.LABEL),
        providers={"google_drive": MemoryProvider(MemoryDrive())},
    )
    await running.run(held, without_key)
    kept = await drive.sync(held.sync.sync_id)
    assert (await drive.run(held.run_id))["status"] == "failed"
    assert (kept["is_active"], kept["sealed_grant"]) == (True, held.sync.sealed_grant)
    assert "connect it again" in kept["last_error"]
