"""preview_matches -> matches_previewed."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from hotgigs.chassis.database import Connection
from hotgigs.chassis.refused import Refused
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.match_state import Match
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.message import Event
from hotgigs.matcher import erasure_store
from hotgigs.matcher.previewing import Preview, preview
from hotgigs.matcher.resources import Resources
from hotgigs.matcher.settling import settle


async def work(command: PreviewMatchesV1, resources: Resources) -> Preview:
    """Outside of any transaction."""
    actor = command.actor
    return await preview(
        command.posting,
        resources.matching,
        only_in=None if actor.role == "admin" else [actor.database_id],
        min_score=command.min_score,
        limit=command.limit,
    )


async def on_preview_matches(command: PreviewMatchesV1, found: Preview, uow: UnitOfWork) -> None:
    async def tell(command: PreviewMatchesV1, connection: Connection) -> Sequence[Event]:
        if command.actor.role == "candidate":
            raise Refused("forbidden", "Only recruiters and administrators may preview matches.")
        now = datetime.now(UTC)
        erased = await erasure_store.erased_among(connection, [each.candidate_id for each in found.best])
        matches = [
            msgspec.convert(
                msgspec.structs.asdict(each.scored)
                | {
                    "job_id": command.command_id,
                    "candidate_id": each.candidate_id,
                    "version": 1,
                    "job_version": 1,
                    "candidate_version": each.version,
                    "created_at": now,
                },
                Match,
            )
            for each in found.best
            if each.candidate_id not in erased
        ]
        return [
            MatchesPreviewedV1(
                command_id=command.command_id,
                compared=found.compared,
                required=found.required,
                preferred=found.preferred,
                matches=tuple(matches),
            )
        ]

    await settle(command, uow, tell)


async def give_up(command: PreviewMatchesV1, uow: UnitOfWork) -> None:
    async def refuse(_: PreviewMatchesV1, __: Connection) -> Sequence[Event]:
        raise Refused("conflict", "The matches could not be computed because of a fault on our side.")

    await settle(command, uow, refuse)
