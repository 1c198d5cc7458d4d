"""matches_computed -> match.created of those that are new, or better than before."""

from collections.abc import Iterable, Sequence

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.match_state import Match, RemovedMatch
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.notifier import event_store, told_match_store
from hotgigs.notifier.happening import match_created


async def on_matches_computed(events: Sequence[MatchesComputedV1], uow: UnitOfWork) -> None:
    """A pair that is made again is news, even before its removal is heard of."""
    last = _last_words(events)
    happened = [(match_created(each), each) for each in last if isinstance(each, Match)]
    await told_match_store.lock(uow.connection)
    new = await event_store.add(uow.connection, [each for each, _ in happened])
    over: list[Match | RemovedMatch] = [each for each in last if isinstance(each, RemovedMatch)]
    over += [match for each, match in happened if each.event_id in new]
    await event_store.forget_waiting(uow.connection, over)
    await told_match_store.forget_older(uow.connection, over)


def _last_words(events: Iterable[MatchesComputedV1]) -> list[Match | RemovedMatch]:
    """One of each pair."""
    told: list[Match | RemovedMatch] = []
    for event in events:
        told += [*event.matches, *event.removed]
    last = {(each.job_id, each.candidate_id): each for each in sorted(told, key=lambda each: each.version)}
    return [*last.values()]
