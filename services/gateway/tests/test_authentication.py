import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest

from hotgigs.chassis.notifications import Notifications, Wakeup
from hotgigs.gateway.accounts import store
from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, Tokens


class TokensOnHold(Tokens):
    """Whether a token is good is read at once, and told when ``told`` is set."""

    def __init__(self) -> None:
        self.is_good = True
        self.times_asked = 0
        self.asked = asyncio.Event()
        self.told = asyncio.Event()

    async def verify(self, token: str) -> tuple[Principal, datetime]:
        is_good = self.is_good
        self.times_asked += 1
        self.asked.set()
        await self.told.wait()
        if not is_good:
            raise InvalidToken
        return Principal(user_id=uuid4(), role="recruiter"), datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def notifications() -> Notifications:
    """Of this process alone."""
    return Notifications("", schema="", channel="")


@pytest.fixture
def tokens() -> TokensOnHold:
    return TokensOnHold()


@pytest.fixture
async def authentication(tokens: TokensOnHold, notifications: Notifications) -> AsyncIterator[Authentication]:
    authentication = Authentication(tokens, cast("Any", None), notifications)
    forgetting = asyncio.create_task(authentication.forget_on_revocation())
    await asyncio.sleep(0)
    yield authentication
    forgetting.cancel()
    with suppress(asyncio.CancelledError):
        await forgetting


async def revoke(authentication: Authentication, notifications: Notifications) -> None:
    """When it returns, everybody is forgotten."""
    forgotten = Wakeup()
    with authentication.waking(forgotten):
        notifications.wake(store.CHANNEL_KEY_REVOKED)
        assert await forgotten.wait(5)


async def test_who_was_let_in_is_remembered_until_a_revocation(
    authentication: Authentication, tokens: TokensOnHold, notifications: Notifications
) -> None:
    tokens.told.set()
    assert await authentication.principal_of("token") == await authentication.principal_of("token")
    assert tokens.times_asked == 1

    tokens.is_good = False
    await revoke(authentication, notifications)

    with pytest.raises(InvalidToken):
        await authentication.principal_of("token")


async def test_who_was_read_before_a_revocation_and_told_after_it_is_not_remembered(
    authentication: Authentication, tokens: TokensOnHold, notifications: Notifications
) -> None:
    asking = asyncio.create_task(authentication.principal_of("token"))
    await tokens.asked.wait()

    tokens.is_good = False
    await revoke(authentication, notifications)
    tokens.told.set()
    await asking

    with pytest.raises(InvalidToken):
        await authentication.principal_of("token")
