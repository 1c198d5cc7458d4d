"""files_erased -> the confirmations of erasures."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.gateway.candidates.erasing import put_confirmations


async def on_files_erased(events: Sequence[FilesErasedV1], uow: UnitOfWork) -> None:
    await put_confirmations(uow.connection, "ingest", {event.erasure_id: event.at for event in events})
