"""From a bearer token to a principal, with what was verified remembered for a while."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications, Wakeup
from hotgigs.gateway.accounts import store
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, Tokens

API_KEY_PREFIX = "hg_"

_REMEMBERED_FOR = timedelta(seconds=60)
"""A bound on how long a revocation can go unnoticed where its NOTIFY was lost."""
_REMEMBERED_TOKENS = 10_000


class Authentication:
    def __init__(self, tokens: Tokens, pool: Pool, notifications: Notifications) -> None:
        self._tokens = tokens
        self._pool = pool
        self._notifications = notifications
        self._known: OrderedDict[bytes, tuple[Principal, datetime]] = OrderedDict()
        self._epoch = 0
        """How often everybody was forgotten."""
        self._lookers_on: set[Wakeup] = set()

    async def forget_on_revocation(self) -> None:
        """Runs until cancelled; forgets everybody when anybody's access changed anywhere."""
        with self._notifications.watch(store.CHANNEL_KEY_REVOKED) as wakeup:
            while True:
                if await wakeup.wait(timeout_s=3600):
                    self._known.clear()
                    self._epoch += 1
                    for looker_on in self._lookers_on:
                        looker_on.wake()

    @contextmanager
    def waking(self, wakeup: Wakeup) -> Iterator[None]:
        """Wakes ``wakeup`` too, for the block, after everybody was forgotten: who then asks is told anew."""
        self._lookers_on.add(wakeup)
        try:
            yield
        finally:
            self._lookers_on.discard(wakeup)

    async def principal_of(self, bearer: str) -> Principal:
        """Raises InvalidToken."""
        digest = hashlib.sha256(bearer.encode()).digest()
        known = self._known.get(digest)
        now = datetime.now(UTC)
        if known is not None and now < known[1]:
            return known[0]
        epoch = self._epoch
        principal, until = await self._verify(bearer, digest)
        if epoch != self._epoch:  # what was read may be from before the revocation
            return principal
        self._known[digest] = (principal, min(until, now + _REMEMBERED_FOR))
        while len(self._known) > _REMEMBERED_TOKENS:
            self._known.popitem(last=False)
        return principal

    async def _verify(self, bearer: str, digest: bytes) -> tuple[Principal, datetime]:
        if bearer.startswith(API_KEY_PREFIX):
            async with self._pool.acquire() as connection:
                user = await store.user_of_api_key(connection, digest)
            if user is None:
                raise InvalidToken("The API key is not valid.")
            return Principal(user_id=user["user_id"], role=user["role"]), datetime.max.replace(tzinfo=UTC)
        principal, until = await self._tokens.verify(bearer)
        if principal.session_id is not None:
            async with self._pool.acquire() as connection:
                user = await store.active_session(connection, principal.session_id)
            if user is None or user["user_id"] != principal.user_id:
                raise InvalidToken("The session has ended; log in again.")
            # The role of now, not that of when the token was issued.
            principal = Principal(
                user_id=principal.user_id, role=user["role"], session_id=principal.session_id
            )
        return principal, until
