"""set_up_drive_sync -> drive_sync_changed."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_state import DriveSyncState
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.message import Event
from hotgigs.drive_sync import sync_store
from hotgigs.drive_sync.owning import require_provider, require_role
from hotgigs.drive_sync.resources import Resources
from hotgigs.drive_sync.schedule import next_sync_at
from hotgigs.drive_sync.settling import settle


async def work(_: SetUpDriveSyncV1, resources: Resources) -> Collection[str]:
    """The folders that the operator has named, which a record cannot ask for itself."""
    return resources.settings.watched_folders


async def on_set_up_drive_sync(
    command: SetUpDriveSyncV1, watched_folders: Collection[str], uow: UnitOfWork
) -> None:
    await settle(command, uow, _set_up_with(watched_folders))


def _set_up_with(
    watched_folders: Collection[str],
) -> Callable[[SetUpDriveSyncV1, Connection], Awaitable[Sequence[Event]]]:
    async def set_up(command: SetUpDriveSyncV1, connection: Connection) -> Sequence[Event]:
        _require(command, watched_folders)
        now = await sync_store.clock(connection)
        sync = DriveSyncState(
            sync_id=command.sync_id,
            version=1,
            owner_user_id=command.actor.user_id,
            database_id=command.actor.database_id,
            provider=command.provider,
            folder_id=command.folder_id,
            folder_name=command.folder_name,
            frequency=command.frequency,
            is_active=True,
            next_sync_at=next_sync_at(command.frequency, now=now),
            created_at=now,
            updated_at=now,
        )
        grant = command.sealed_grant if command.provider == "google_drive" else None
        if not await sync_store.add(connection, sync, sealed_grant=grant):
            raise Refused("conflict", "This folder is kept in sync already.")
        return [DriveSyncChangedV1(sync=sync)]

    return set_up


def _require(command: SetUpDriveSyncV1, watched_folders: Collection[str]) -> None:
    """Raises Refused."""
    require_role(command.actor)
    require_provider(command.actor, command.provider)
    if command.provider == "watched_folder":
        if command.folder_id not in watched_folders:
            raise Refused("not_found", "The operator has named no such folder.")
    elif command.sealed_grant is None:
        raise Refused("conflict", "Connect Google Drive first.")
