"""drive_files_forgotten -> the confirmations of erasures."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.gateway.candidates.erasing import put_confirmations


async def on_drive_files_forgotten(events: Sequence[DriveFilesForgottenV1], uow: UnitOfWork) -> None:
    await put_confirmations(uow.connection, "drive-sync", {event.erasure_id: event.at for event in events})
