"""How much of the disk bodies may take that wait for the rest of them, or for their answer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from litestar.status_codes import HTTP_429_TOO_MANY_REQUESTS, HTTP_503_SERVICE_UNAVAILABLE

from hotgigs.gateway.errors import RETRY_AFTER_S, Problem


class SpoolSpace:
    """``max_bytes`` of all requests of this process at once, and ``max_user_bytes`` of one user's."""

    def __init__(self, *, max_bytes: int, max_user_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._max_user_bytes = max_user_bytes
        self._taken: Counter[UUID] = Counter()

    @contextmanager
    def share_of(self, user_id: UUID) -> Iterator["Share"]:
        """For one request; given back when the block ends."""
        share = Share(self, user_id)
        try:
            yield share
        finally:
            share.give_back()

    def take(self, user_id: UUID, size_bytes: int) -> None:
        """Raises Problem 429 where the user has too much, 503 where all together have."""
        if self._taken[user_id] + size_bytes > self._max_user_bytes:
            raise _refusal(HTTP_429_TOO_MANY_REQUESTS, _USER_HAS_TOO_MUCH)
        if self._taken.total() + size_bytes > self._max_bytes:
            raise _refusal(HTTP_503_SERVICE_UNAVAILABLE, _FULL)
        self._taken[user_id] += size_bytes

    def give_back(self, user_id: UUID, size_bytes: int) -> None:
        self._taken[user_id] -= size_bytes
        if not self._taken[user_id]:
            del self._taken[user_id]


class Share:
    """What one request takes."""

    def __init__(self, space: SpoolSpace, user_id: UUID) -> None:
        self._space = space
        self._user_id = user_id
        self._taken_bytes = 0

    def grow_to(self, size_bytes: int) -> None:
        """Raises Problem 429 or 503."""
        self._space.take(self._user_id, size_bytes - self._taken_bytes)
        self._taken_bytes = size_bytes

    def give_back(self) -> None:
        self._space.give_back(self._user_id, self._taken_bytes)
        self._taken_bytes = 0


_USER_HAS_TOO_MUCH = "Too many of your requests are under way at once; try again when one of them has ended."
_FULL = "The service takes in too many large requests at the moment. Nothing was changed; try again shortly."


def _refusal(status_code: int, detail: str) -> Problem:
    return Problem(status_code=status_code, detail=detail, headers={"Retry-After": str(RETRY_AFTER_S)})
