"""The deliveries that a process has in hand, from when it takes them until their end is recorded; pure."""

from collections import Counter, OrderedDict
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct

from hotgigs.notifier.claiming import Claimed, DueWebhook
from hotgigs.notifier.fair_shares import Taken, Waiting

SLOW_S = 1.0
"""A webhook is slow whose tries take longer in the mean, or where one has taken longer already: how it has
done before says little of one that has just died."""
MANY_SLOW = 3
"""So many slow webhooks of a host where nothing was accepted for as long are the host's slowness."""
MOST_HOSTS = 10_000
"""Of which it is remembered when something was accepted."""


class _Doubtful(Struct, frozen=True, kw_only=True):
    webhook_ids: set[UUID]
    hosts: set[str]

    def has(self, each: Claimed | DueWebhook) -> bool:
        return each.webhook_id in self.webhook_ids or host_of(each.url) in self.hosts


class InHand:
    """``now`` is on a clock in seconds that never goes back."""

    def __init__(self) -> None:
        self._held: dict[Claimed, bool] = {}
        self._sending_since: dict[Claimed, float] = {}
        self._accepted_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def take(self, claimed: Claimed, *, is_doubtful: bool) -> None:
        self._held[claimed] = is_doubtful

    def begin(self, claimed: Claimed, *, now: float) -> None:
        self._sending_since[claimed] = now

    def end(self, claimed: Claimed) -> None:
        self._sending_since.pop(claimed, None)

    def accept(self, claimed: Claimed, *, now: float) -> None:
        """The host has accepted it."""
        host = host_of(claimed.url)
        self._accepted_at[host] = now
        self._accepted_at.move_to_end(host)
        if len(self._accepted_at) > MOST_HOSTS:
            self._accepted_at.popitem(last=False)

    def let_go(self, claimed: Claimed) -> None:
        self._held.pop(claimed, None)
        self.end(claimed)

    def taken(self, *, now: float) -> Taken:
        doubtful = self._doubtful(now)
        kinds = [(each, was_doubtful or doubtful.has(each)) for each, was_doubtful in self._held.items()]
        return Taken(
            by_party=Counter((each.owner_id, kind) for each, kind in kinds),
            by_host=Counter((host_of(each.url), kind) for each, kind in kinds),
        )

    def waiting(self, due: list[DueWebhook], *, most_each: int, now: float) -> list[Waiting]:
        """One that is failing has one slot, and the others ``most_each``."""
        doubtful = self._doubtful(now)
        trying = Counter(each.webhook_id for each in self._held)
        return [
            Waiting(
                webhook_id=each.webhook_id,
                owner_id=each.owner_id,
                host=host_of(each.url),
                due=each.due,
                in_hand=each.in_hand,
                limit=1 if each.is_failing else most_each,
                trying=trying[each.webhook_id],
                is_doubtful=each.is_failing or each.mean_duration_ms > SLOW_S * 1000 or doubtful.has(each),
            )
            for each in due
        ]

    def _doubtful(self, now: float) -> _Doubtful:
        slow = {
            each.webhook_id: host_of(each.url)
            for each, since in self._sending_since.items()
            if now - since > SLOW_S
        }
        return _Doubtful(
            webhook_ids=set(slow),
            hosts={
                host
                for host, webhooks in Counter(slow.values()).items()
                if webhooks >= MANY_SLOW and now - self._accepted_at.get(host, now - 2 * SLOW_S) > SLOW_S
            },
        )


@lru_cache(maxsize=MOST_HOSTS)
def host_of(url: str) -> str:
    """With its port."""
    return urlsplit(url).netloc.lower()
