"""view_match -> match_viewed, of the first time."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import erasure_store, match_store, view_store
from hotgigs.matcher.settling import settle


async def on_view_match(command: ViewMatchV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _view)


async def _view(command: ViewMatchV1, connection: Connection) -> Sequence[Event]:
    if command.actor.role == "candidate":
        raise Refused("forbidden", "Only recruiters and administrators may do this.")
    erased = await erasure_store.erased_among(connection, [command.candidate_id])
    if erased or not await match_store.exists(connection, command.job_id, command.candidate_id):
        raise Refused("not_found", "There is no such match.")
    viewed = MatchViewedV1(
        job_id=command.job_id,
        candidate_id=command.candidate_id,
        database_id=command.actor.database_id,
        viewed_at=datetime.now(UTC),
    )
    return [await view_store.put(connection, viewed)]
