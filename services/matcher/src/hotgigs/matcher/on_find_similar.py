"""find_similar -> similar_found."""

from collections.abc import Sequence

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import erasure_store
from hotgigs.matcher.settling import settle
from hotgigs.matcher.similarity import similar_to


async def on_find_similar(command: FindSimilarV1, uow: UnitOfWork) -> None:
    await settle(command, uow, _find)


async def _find(command: FindSimilarV1, connection: Connection) -> Sequence[Event]:
    actor = command.actor
    if actor.role == "candidate":
        raise Refused("forbidden", "Only recruiters and administrators may do this.")
    similar = await similar_to(
        connection,
        command.candidate_id,
        only_in=None if actor.role == "admin" else [actor.database_id],
        limit=command.limit,
    )
    if similar is None:
        raise Refused("not_found", "There is no such candidate.")
    erased = await erasure_store.erased_among(connection, [each.candidate_id for each in similar])
    return [
        SimilarFoundV1(
            command_id=command.command_id,
            candidates=tuple(each for each in similar if each.candidate_id not in erased),
        )
    ]
