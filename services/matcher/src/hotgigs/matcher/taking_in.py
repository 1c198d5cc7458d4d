"""What is heard of candidates is kept, and their runs are asked for: these do all the rest."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import CandidateState
from hotgigs.matcher import candidate_store, erasure_store, feature_store, membership_store
from hotgigs.matcher.membership_store import Membership
from hotgigs.matcher.runs import request_runs


async def take_in(states: Sequence[CandidateState], uow: UnitOfWork) -> None:
    """Of who was erased nothing is kept."""
    erased = await erasure_store.erased_among(uow.connection, {each.candidate_id for each in states})
    alive = [each for each in states if each.candidate_id not in erased]
    changed = await candidate_store.put_candidates(uow.connection, alive)
    own = [
        Membership(candidate_id=each.candidate_id, database_id=each.database_id)
        for each in alive
        if each.candidate_id in changed
    ]
    await membership_store.put(uow.connection, own)
    # No job's run takes one up that is merged into another, even before its own run.
    merged = await candidate_store.merged_among(uow.connection, changed)
    await feature_store.forget(uow.connection, "candidate", sorted(merged))
    await _run_again(changed, uow)


async def take_in_memberships(memberships: Iterable[Membership], uow: UnitOfWork) -> None:
    """Of who was erased nothing is kept. They may be of candidates of whom nothing else was heard yet."""
    told = list(memberships)
    erased = await erasure_store.erased_among(uow.connection, {each.candidate_id for each in told})
    changed = await membership_store.put(
        uow.connection, [each for each in told if each.candidate_id not in erased]
    )
    await _run_again(changed, uow)


async def _run_again(candidate_ids: Collection[UUID], uow: UnitOfWork) -> None:
    for event in await request_runs(uow.connection, "candidate", sorted(candidate_ids), at=datetime.now(UTC)):
        uow.publish(event)
