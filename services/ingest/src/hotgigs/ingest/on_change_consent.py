"""change_consent -> consent_changed."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.message import Event
from hotgigs.ingest.access import open_candidate
from hotgigs.ingest.consenting import change_consent
from hotgigs.ingest.settling import settle


async def on_change_consent(command: ChangeConsentV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _change)


async def _change(command: ChangeConsentV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    opened.only_for("person")
    return await change_consent(connection, opened.candidate, can_be_found=command.can_be_found)
