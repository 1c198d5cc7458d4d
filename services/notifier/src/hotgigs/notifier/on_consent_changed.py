"""consent_changed -> whom the owners of jobs find."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.notifier.consent_store import put_consents


async def on_consent_changed(events: Sequence[ConsentChangedV1], uow: UnitOfWork) -> None:
    await put_consents(uow.connection, events)
