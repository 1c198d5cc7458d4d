"""notifications_forgotten -> the confirmations of erasures."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.gateway.candidates.erasing import put_confirmations


async def on_notifications_forgotten(events: Sequence[NotificationsForgottenV1], uow: UnitOfWork) -> None:
    await put_confirmations(uow.connection, "notifier", {event.erasure_id: event.at for event in events})
