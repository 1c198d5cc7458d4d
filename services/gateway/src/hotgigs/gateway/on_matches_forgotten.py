"""matches_forgotten -> the confirmations of erasures."""

from collections.abc import Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.gateway.candidates.erasing import put_confirmations


async def on_matches_forgotten(events: Sequence[MatchesForgottenV1], uow: UnitOfWork) -> None:
    await put_confirmations(uow.connection, "matcher", {event.erasure_id: event.at for event in events})
