"""Commands to share that died. They are about themselves, and yet name candidates and say why."""

from collections.abc import Collection
from uuid import UUID

from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.contracts.envelope import MalformedMessage, UnknownMessage
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.registry import type_of

MOST = 10_000
_TYPE = type_of(ShareCandidatesV1)
QUEUE = Queue(name=f"ingest.{_TYPE.name}", routing_key=_TYPE.routing_key, kind="command")


async def subjects_of_dead_shares(bus: Bus, candidate_ids: Collection[UUID]) -> set[str]:
    """Of those that name one of the candidates: carried out, they would be refused. Raises BusUnavailable."""
    subjects = set()
    for dead in await bus.dead_letters(QUEUE, limit=MOST):
        try:
            command = dead.envelope.open()
        except (UnknownMessage, MalformedMessage):
            continue
        assert isinstance(command, ShareCandidatesV1)
        if not set(candidate_ids).isdisjoint(command.candidate_ids):
            subjects.add(dead.envelope.subject)
    return subjects
