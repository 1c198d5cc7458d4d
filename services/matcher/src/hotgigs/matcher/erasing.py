"""What the matcher does when somebody is erased; it may be told several times."""

from collections.abc import Set
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from hotgigs.chassis import outbox
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.contracts.message import Message
from hotgigs.matcher import candidate_store, erasure_store, job_store, match_store, shortlist_store
from hotgigs.matcher.runs import request_runs


async def erase(erasure: Erasure, uow: UnitOfWork) -> None:
    """Shortlists that they were on, and that others found no place on, are filled up again."""
    connection, ids, now = uow.connection, erasure.candidate_ids, datetime.now(UTC)
    if ids:
        await erasure_store.bury(connection, ids)
        await candidate_store.lock_to_remove(connection, ids)
        lists = await shortlist_store.lists_with(connection, ids)
        jobs = await match_store.jobs_of(connection, ids) | {job_id for job_id, _ in lists}
        await job_store.lock(connection, jobs)
        to_be_filled = await shortlist_store.cut_jobs(connection, lists)
        await erasure_store.remove(connection, ids)
        for event in await request_runs(connection, "job", sorted(to_be_filled), at=now):
            uow.publish(event)
        await outbox.forget(connection, map(str, ids))
        gone = frozenset(ids)
        await outbox.rewrite(connection, map(str, ids), lambda message: _without(message, gone))
    uow.publish(MatchesForgottenV1(erasure_id=erasure.erasure_id, at=now))


def _without(message: Message, gone: Set[UUID]) -> Message:
    match message:
        case MatchesComputedV1():
            return msgspec.structs.replace(
                message,
                matches=tuple(each for each in message.matches if each.candidate_id not in gone),
                removed=tuple(each for each in message.removed if each.candidate_id not in gone),
            )
        case MatchesPreviewedV1():
            return msgspec.structs.replace(
                message, matches=tuple(each for each in message.matches if each.candidate_id not in gone)
            )
        case SimilarFoundV1():
            return msgspec.structs.replace(
                message, candidates=tuple(e for e in message.candidates if e.candidate_id not in gone)
            )
    return message
