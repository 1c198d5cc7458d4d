"""A small app inside the rate limits, as the gateway builds its own, on windows in memory."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid5

import httpx
from litestar import Litestar, get, post
from litestar.config.cors import CORSConfig
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.response import Stream
from windows_in_memory import SharedWindows, Time

from hotgigs.chassis.notifications import Notifications
from hotgigs.gateway.accounts.authentication import Authentication
from hotgigs.gateway.accounts.bearer import authenticating
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, KeysUnavailable, Tokens
from hotgigs.gateway.errors import answer_failure
from hotgigs.gateway.rate_limits.keys import Keys
from hotgigs.gateway.rate_limits.limiter import Limiter
from hotgigs.gateway.rate_limits.limits import limits_of
from hotgigs.gateway.rate_limits.middleware import HEADERS, answer_within_limits, limiting, refusing
from hotgigs.gateway.settings import GatewaySettings

ORIGIN = "https://app.example"


class Names(Tokens):
    """Everybody's token is their name, but for "nobody", and "away" while the keys are."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def verify(self, token: str) -> tuple[Principal, datetime]:
        self.asked.append(token)
        if token == "nobody":
            raise InvalidToken("Nobody knows you.")
        if token == "away":
            raise KeysUnavailable
        principal = Principal(user_id=uuid5(UUID(int=0), token), role="recruiter")
        return principal, datetime.now(UTC) + timedelta(hours=1)


class LimitedApp:
    """``carried_out`` names the requests that came to a route."""

    def __init__(self, **settings: int) -> None:
        self.carried_out: list[str] = []
        self.time = Time()
        self.windows = SharedWindows(self.time)
        self.tokens = Names()
        notifications = Notifications("", schema="", channel="")
        self._authentication = Authentication(self.tokens, cast("Any", None), notifications)
        self._limiting = limiting(
            cast("Any", self._litestar()),
            authentication=self._authentication,
            limiter=Limiter(self.windows.take, now=self.time.monotonic, epoch=self.time.epoch),
            limits=limits_of(GatewaySettings.model_validate(settings)),
            keys=Keys("a secret of the gateways"),
        )

    def _litestar(self) -> Litestar:
        @post(["/api/resumes/upload", "/api/resumes/bulk-upload"])
        async def upload() -> None:
            self.carried_out.append("upload")

        @post(["/api/auth/login", "/api/auth/register", "/api/auth/refresh"], exclude_from_auth=True)
        async def account() -> None:
            self.carried_out.append("account")

        @get("/things")
        async def things() -> str:
            self.carried_out.append("things")
            return "things"

        @get("/broken")
        async def broken() -> None:
            raise ZeroDivisionError

        @get("/stream")
        async def stream() -> Stream:
            async def parts() -> AsyncIterator[bytes]:
                yield b"part"

            return Stream(parts())

        return Litestar(
            [upload, account, things, broken, stream],
            middleware=[refusing, DefineMiddleware(authenticating, authentication=self._authentication)],
            exception_handlers={HTTPException: answer_within_limits, Exception: answer_failure},
            cors_config=CORSConfig(allow_origins=[ORIGIN], expose_headers=HEADERS),
            openapi_config=None,
            logging_config=None,
        )

    async def ask(
        self,
        path: str = "/things",
        *,
        method: str = "GET",
        user: str | None = "ada",
        address: str = "192.0.2.1",
        **headers: str,
    ) -> httpx.Response:
        if user is not None:
            headers["Authorization"] = f"Bearer {user}"
        transport = httpx.ASGITransport(cast("Any", self._limiting), client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, headers=headers)

    async def post(self, path: str, **others: str) -> httpx.Response:
        return await self.ask(path, method="POST", **others)
