"""What was asked of the stand-in."""

import threading
import time
from collections import Counter, defaultdict, deque

from msgspec import Struct
from support.stand_in_drive.guarded import Guarded, guarded


class Record(Struct, frozen=True, kw_only=True):
    requests: dict[str, int]
    """By operation, whatever the answer."""
    statuses: dict[int, int]
    fetches: dict[str, int]
    """How often a file's content, or a document's export, was asked for from its beginning and served."""
    whole_fetches: dict[str, int]
    """How often the last byte of it was sent."""
    bytes_sent: int
    """Of contents."""
    most_at_once: int
    most_fetches_at_once: int
    tokens_seen: list[str]
    """Each access token once, in the order of their first use."""
    over_quota: dict[str, int]
    """Requests refused because of the user's quota."""
    busiest_second: dict[str, int]
    """The most requests of a user in any second."""


class Records(Guarded):
    def __init__(self, lock: threading.RLock) -> None:
        super().__init__(lock)
        self.clock = time.monotonic
        self._begin()

    def _begin(self) -> None:
        self.requests: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.fetches: Counter[str] = Counter()
        self.whole_fetches: Counter[str] = Counter()
        self.over_quota: Counter[str] = Counter()
        self.busiest_second: Counter[str] = Counter()
        self.tokens_seen: dict[str, None] = {}
        self.bytes_sent = 0
        self.now = 0
        self.fetches_now = 0
        self.most_at_once = 0
        self.most_fetches_at_once = 0
        self._arrivals: dict[str, deque[float]] = defaultdict(deque)

    @guarded
    def read(self) -> Record:
        return Record(
            requests=dict(self.requests),
            statuses=dict(self.statuses),
            fetches=dict(self.fetches),
            whole_fetches=dict(self.whole_fetches),
            bytes_sent=self.bytes_sent,
            most_at_once=self.most_at_once,
            most_fetches_at_once=self.most_fetches_at_once,
            tokens_seen=list(self.tokens_seen),
            over_quota=dict(self.over_quota),
            busiest_second=dict(self.busiest_second),
        )

    @guarded
    def forget(self) -> None:
        now, fetches_now = self.now, self.fetches_now
        self._begin()
        self.now, self.fetches_now = now, fetches_now

    # -- what the server tells

    def begun(self, operation: str, *, is_fetch: bool) -> None:
        self.requests[operation] += 1
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        if is_fetch:
            self.fetches_now += 1
            self.most_fetches_at_once = max(self.most_fetches_at_once, self.fetches_now)

    def ended(self, *, is_fetch: bool) -> None:
        self.now -= 1
        self.fetches_now -= is_fetch

    def is_over_quota(self, mail: str, quota: int | None) -> bool:
        """Counts the request of this user as one of this second, if it is not over."""
        arrivals = self._arrivals[mail]
        now = self.clock()
        while arrivals and arrivals[0] <= now - 1.0:
            arrivals.popleft()
        if quota is not None and len(arrivals) >= quota:
            self.over_quota[mail] += 1
            return True
        arrivals.append(now)
        self.busiest_second[mail] = max(self.busiest_second[mail], len(arrivals))
        return False
