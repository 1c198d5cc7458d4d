"""Whose deliveries are tried next, where not all can be at once; pure.

Slots go to the owner who has the fewest, and of theirs to the webhook that has the fewest; where several have
as few, to who had none for longest. What is doubtful is counted apart from what is well, and has half of the
slots at most. A webhook has more than one slot only while those of its kind have less than a quarter of them,
and those of one host never have more: of many webhooks that die at the same moment, most are of one provider,
and they hold a quarter before anything is known of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from uuid import UUID

from msgspec import Struct, field


class Waiting(Struct, frozen=True, kw_only=True):
    """A webhook with deliveries that are due."""

    webhook_id: UUID
    owner_id: UUID
    host: str
    due: int
    in_hand: int
    """That are tried now, in all processes; ``limit`` is for them."""
    limit: int
    trying: int
    """In this process."""
    is_doubtful: bool
    """It is slow or failing."""

    @property
    def party(self) -> "Party":
        return self.owner_id, self.is_doubtful


Party = tuple[UUID, bool]
"""An owner, and whether it is about their doubtful webhooks or the others."""


class Taken(Struct, kw_only=True):
    """The slots of this process that are in use, of whom."""

    by_party: Counter[Party] = field(default_factory=Counter)
    by_host: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """And whether it is about doubtful webhooks."""

    @property
    def total(self) -> int:
        return self.by_party.total()

    def of_kind(self, *, is_doubtful: bool) -> int:
        return sum(count for party, count in self.by_party.items() if party[1] == is_doubtful)


def fair_shares(waiting: Sequence[Waiting], taken: Taken, *, slots: int) -> dict[UUID, int]:
    """How many deliveries of which webhook are to be tried now. ``waiting`` is in the order of `Turns`."""
    free = slots - taken.total
    quarter = max(1, slots // 4)
    alike = {kind: taken.of_kind(is_doubtful=kind) for kind in (False, True)}
    at_host = taken.by_host.copy()
    given: Counter[UUID] = Counter()

    def may_have_one(each: Waiting) -> bool:
        """Once it may not, it may not for as long as slots are given."""
        has = given[each.webhook_id]
        return (
            has < each.due
            and each.in_hand + has < each.limit
            and (alike[True] < slots // 2 or not each.is_doubtful)
            and (alike[each.is_doubtful] < quarter or each.trying + has == 0)
            and at_host[each.host, each.is_doubtful] < quarter
        )

    queues: dict[Party, list[tuple[int, int, Waiting]]] = defaultdict(list)
    for place, each in enumerate(waiting):
        queues[each.party].append((each.trying, place, each))
    parties = [(taken.by_party[party], place, party) for place, party in enumerate(queues)]
    heapify(parties)
    for queue in queues.values():
        heapify(queue)
    while parties and free > 0:
        party_has, party_place, party = heappop(parties)
        queue = queues[party]
        while queue and not may_have_one(queue[0][2]):
            heappop(queue)
        if not queue:
            continue
        has, place, chosen = heappop(queue)
        given[chosen.webhook_id] += 1
        alike[chosen.is_doubtful] += 1
        at_host[chosen.host, chosen.is_doubtful] += 1
        free -= 1
        heappush(queue, (has + 1, place, chosen))
        heappush(parties, (party_has + 1, party_place, party))
    return dict(given)


class Turns:
    """Who had a slot when, in this process, of those who wait."""

    def __init__(self) -> None:
        self._number = 0
        self._parties: dict[Party, int] = {}
        self._webhooks: dict[UUID, int] = {}

    def in_order(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Who had none for longest comes first, by owner and then by webhook. Who does not wait is
        forgotten."""
        self._parties = {each.party: self._parties.get(each.party, 0) for each in waiting}
        self._webhooks = {each.webhook_id: self._webhooks.get(each.webhook_id, 0) for each in waiting}
        return sorted(waiting, key=lambda each: (self._parties[each.party], self._webhooks[each.webhook_id]))

    def had(self, served: Iterable[Waiting]) -> None:
        self._number += 1
        for each in served:
            self._parties[each.party] = self._webhooks[each.webhook_id] = self._number
