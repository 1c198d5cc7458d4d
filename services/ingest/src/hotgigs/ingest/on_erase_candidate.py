"""erase_candidate -> candidate_erased, of the candidate and all that are merged with it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.message import Event
from hotgigs.ingest.access import open_candidate
from hotgigs.ingest.erasing import erase_group
from hotgigs.ingest.settling import settle


async def on_erase_candidate(command: EraseCandidateV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _erase)


async def _erase(command: EraseCandidateV1, connection: Connection) -> Sequence[Event]:
    opened = await open_candidate(connection, command.actor, command.candidate_id)
    opened.only_for("owner", "person")
    return await erase_group(
        connection,
        opened.group,
        erasure_id=command.command_id,
        actor=command.actor,
        now=datetime.now(UTC),
    )
