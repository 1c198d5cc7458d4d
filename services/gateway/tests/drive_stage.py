"""Who keeps folders in sync, and drive-sync as it answers their commands, for tests of the routes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
from told import NOW, tell
from told_by_drive_sync import sync
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import drive_grant
from hotgigs.contracts.drive_state import DriveRunState, DriveSyncState
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.drive import store

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
SYNCS = "/api/google-drive/syncs"
ACCESS_TOKEN, REFRESH_TOKEN = "ya29.an-access-token~of/Ann+s==", "1//a-refresh-token_of.Ann"
GIVEN = {
    "folder_id": "google_drive_folder_id",
    "folder_name": "Resumes 2025",
    "sync_frequency": "daily",
    "access_token": ACCESS_TOKEN,
    "refresh_token": REFRESH_TOKEN,
}
"""As the API document gives it."""


class Stage:
    """The gateway with drive-sync behind it."""

    def __init__(self, app: WritingApp, pool: Pool) -> None:
        self.app = app
        self.pool = pool
        self.sealing = Sealing(["a-key-of-the-whole-system-" * 2], label=drive_grant.LABEL)
        app.resources.drive_sealing = self.sealing
        app.ingest.effect = drive_sync

    async def set_up(self, name: str = "sync", *, owner: Principal = ANN, **changes: Any) -> DriveSyncState:
        state = sync(name, owner=owner.actor, **changes)
        async with self.pool.acquire() as connection:
            await tell(connection, DriveSyncChangedV1(sync=state))
        return state

    async def read(self, who: Principal, path: str, status: int = 200) -> Any:
        answer = await self.app.ask(who, "GET", f"{SYNCS}{path}")
        assert answer.status_code == status, answer.text
        return answer.json()

    def opened(self, sealed: bytes, owner: Principal = ANN) -> drive_grant.DriveGrant:
        """As drive-sync does."""
        opened = self.sealing.open(sealed, context=drive_grant.context_of(owner.user_id))
        return drive_grant.grant_in(opened)


async def drive_sync(connection: Connection, command: Any) -> None:
    """What drive-sync tells of a command."""
    match command:
        case SetUpDriveSyncV1():
            state = DriveSyncState(
                sync_id=command.sync_id,
                version=1,
                owner_user_id=command.actor.user_id,
                database_id=command.actor.database_id,
                provider=command.provider,
                folder_id=command.folder_id,
                folder_name=command.folder_name,
                frequency=command.frequency,
                is_active=True,
                next_sync_at=NOW + timedelta(days=1),
                created_at=NOW,
                updated_at=NOW,
            )
            await tell(connection, DriveSyncChangedV1(sync=state))
        case ChangeDriveSyncV1():
            before = await store.sync(connection, command.sync_id)
            assert before is not None
            state = msgspec.structs.replace(
                before,
                version=before.version + 1,
                folder_name=command.folder_name or before.folder_name,
                frequency=command.frequency or before.frequency,
                is_active=before.is_active if command.is_active is None else command.is_active,
                next_sync_at=NOW + timedelta(weeks=1),
            )
            await tell(connection, DriveSyncChangedV1(sync=state))
        case TriggerDriveSyncV1():
            state = DriveRunState(
                run_id=command.run_id,
                sync_id=command.sync_id,
                version=1,
                trigger="manual",
                status="queued",
                requested_at=NOW,
            )
            await tell(connection, DriveRunProgressedV1(run=state))
        case DeleteDriveSyncV1():
            await tell(connection, DriveSyncDeletedV1(sync_id=command.sync_id))
