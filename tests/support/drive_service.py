"""drive-sync's handlers and loops at work on a real database, without a bus or a source: the work of a run is
done when a test says so."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from obstore.store import MemoryStore
from support.handling import Handling

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.contracts.drive_state import DriveRunState, DriveSyncState
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.message import Message
from hotgigs.drive_sync import import_store, on_set_up_drive_sync, run_store, start_due_runs
from hotgigs.drive_sync.leasing import HeldRun
from hotgigs.drive_sync.on_change_drive_sync import on_change_drive_sync
from hotgigs.drive_sync.on_delete_drive_sync import on_delete_drive_sync
from hotgigs.drive_sync.on_trigger_drive_sync import on_trigger_drive_sync
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.runner import Runner
from hotgigs.drive_sync.settings import DriveSyncSettings

KEY = "a key of the tests, of 32 letters or more"
LEASE_S = 60.0


def recruiter(user_id: UUID | None = None) -> Actor:
    return Actor(user_id=user_id or uuid4(), role="recruiter")


def admin() -> Actor:
    return Actor(user_id=uuid4(), role="admin")


def candidate(user_id: UUID | None = None) -> Actor:
    return Actor(user_id=user_id or uuid4(), role="candidate")


class DriveService(Handling):
    def __init__(self, pool: Pool, **settings: Any) -> None:
        super().__init__(pool, "drive_sync")
        kept = DriveSyncSettings(**{"drive_lease_seconds": LEASE_S} | settings)
        self.resources = Resources(
            settings=kept,
            units_of_work=self.units_of_work,
            blobs=MemoryStore(),
            sealing=Sealing([KEY], label=drive_grant.LABEL),
            providers={},
            runner=Runner(self.units_of_work, kept),
            stopping=asyncio.Event(),
        )

    async def carry_out(self, command: Message) -> None:
        match command:
            case SetUpDriveSyncV1():
                folders = await on_set_up_drive_sync.work(command, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_set_up_drive_sync.on_set_up_drive_sync(command, folders, uow)
            case ChangeDriveSyncV1():
                await self.handle(on_change_drive_sync, command)
            case TriggerDriveSyncV1():
                await self.handle(on_trigger_drive_sync, command)
            case DeleteDriveSyncV1():
                await self.handle(on_delete_drive_sync, command)

    async def does(self, command: Message) -> tuple[DriveCommandSettledV1, list[Message]]:
        return await self.settled(DriveCommandSettledV1, self.carry_out(command))

    def sealed(self, owner: Actor, access_token: str = "access") -> bytes:
        grant = DriveGrant(access_token=access_token, refresh_token="refresh")
        context = drive_grant.context_of(owner.user_id)
        return self.resources.sealing.seal(drive_grant.content_of(grant), context=context)

    def set_up_of(self, owner: Actor, **fields: Any) -> SetUpDriveSyncV1:
        command = SetUpDriveSyncV1(
            command_id=uuid4(),
            actor=owner,
            sync_id=uuid4(),
            provider="google_drive",
            folder_id=str(uuid4()),
            folder_name="Resumes",
            frequency="daily",
            sealed_grant=self.sealed(owner),
        )
        return msgspec.structs.replace(command, **fields)

    async def sets_up(self, owner: Actor, **fields: Any) -> UUID:
        command = self.set_up_of(owner, **fields)
        settled, _ = await self.does(command)
        assert settled.rejection is None
        return command.sync_id

    async def changes(
        self, owner: Actor, sync_id: UUID, **fields: Any
    ) -> tuple[DriveCommandSettledV1, list[Message]]:
        return await self.does(ChangeDriveSyncV1(command_id=uuid4(), actor=owner, sync_id=sync_id, **fields))

    async def triggers(self, owner: Actor, sync_id: UUID) -> DriveRunState:
        """The run that does for it."""
        command = TriggerDriveSyncV1(command_id=uuid4(), actor=owner, sync_id=sync_id, run_id=uuid4())
        settled, told = await self.does(command)
        assert settled.rejection is None
        return runs_in(told)[-1]

    async def deletes(self, owner: Actor, sync_id: UUID) -> None:
        settled, _ = await self.does(DeleteDriveSyncV1(command_id=uuid4(), actor=owner, sync_id=sync_id))
        assert settled.rejection is None

    async def claims(self) -> HeldRun | None:
        return await start_due_runs.claim(self.units_of_work, lease_s=LEASE_S)

    async def holds(self, owner: Actor, **fields: Any) -> HeldRun:
        """A run of a new sync."""
        sync_id = await self.sets_up(owner, **fields)
        await self.triggers(owner, sync_id)
        held = await self.claims()
        assert held is not None
        assert held.sync.sync_id == sync_id
        return held

    async def submits(self, held: HeldRun, *file_ids: str) -> list[UUID]:
        """Resumes, one of each file."""
        resume_ids = [uuid4() for _ in file_ids]
        async with self.units_of_work.begin() as uow:
            await run_store.advance(uow.connection, held, counts={"files_synced": len(file_ids)})
            for resume_id, file_id in zip(resume_ids, file_ids, strict=True):
                await import_store.add(uow.connection, held, resume_id=resume_id, file_id=file_id)
        return resume_ids

    async def sync(self, sync_id: UUID) -> dict[str, Any]:
        row = await self.pool.fetchrow("SELECT * FROM syncs WHERE sync_id = $1", sync_id)
        assert row is not None
        return dict(row)

    async def run(self, run_id: UUID) -> dict[str, Any]:
        row = await self.pool.fetchrow("SELECT * FROM runs WHERE run_id = $1", run_id)
        assert row is not None
        return dict(row)

    async def lease_runs_out(self, run_id: UUID) -> None:
        await self.pool.execute(
            "UPDATE runs SET lease_until = now() - interval '1 s' WHERE run_id = $1", run_id
        )

    async def is_due(self, sync_id: UUID, *, since: str = "1 min") -> None:
        await self.pool.execute(
            "UPDATE syncs SET next_sync_at = now() - $2::text::interval WHERE sync_id = $1", sync_id, since
        )


def runs_in(told: Sequence[Message]) -> list[DriveRunState]:
    return [each.run for each in told if isinstance(each, DriveRunProgressedV1)]


def syncs_in(told: Sequence[Message]) -> list[DriveSyncState]:
    return [each.sync for each in told if isinstance(each, DriveSyncChangedV1)]
