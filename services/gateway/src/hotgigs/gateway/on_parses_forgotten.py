"""parses_forgotten -> the confirmations of erasures."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.gateway.candidates.erasing import put_confirmations


async def on_parses_forgotten(events: Sequence[ParsesForgottenV1], uow: UnitOfWork) -> None:
    await put_confirmations(uow.connection, "parser", {event.erasure_id: event.at for event in events})
