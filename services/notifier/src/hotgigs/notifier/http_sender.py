"""Tries to deliver, over HTTP.

A try has a connection of its own, which ends with it. From looking the name up to the answer's end it takes
the timeout at most. The verdict falls with the answer's headers: a body that drips, breaks or never ends
changes nothing of it, and is read for its first 1 KiB, or for what comes of that in time.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ssl import SSLContext

from aiohttp import (
    AsyncResolver,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    hdrs,
)
from aiohttp.abc import AbstractResolver
from msgspec import Struct
from yarl import URL

from hotgigs.contracts import webhook_url
from hotgigs.contracts.public_addresses import is_public
from hotgigs.contracts.webhook_state import ANSWER_BYTES, AttemptError
from hotgigs.notifier import retry_after
from hotgigs.notifier.answers import error_of, error_of_status, text_of
from hotgigs.notifier.checked_sockets import CheckedResolver, CheckedSockets, MayConnect
from hotgigs.notifier.final_answers import FinalAnswer
from hotgigs.notifier.sending import Answered, Outgoing
from hotgigs.notifier.settings import NotifierSettings
from hotgigs.notifier.signing import signed_headers

_HEADERS = {
    hdrs.CONTENT_TYPE: "application/json",
    hdrs.USER_AGENT: "HotGigs-Webhooks/1.0",
    hdrs.ACCEPT: "*/*",
    hdrs.ACCEPT_ENCODING: "identity",
}


class _Heard(Struct):
    """Of an answer, so far."""

    status_code: int | None = None
    retry_after: str | None = None
    body: bytes = b""


class HttpSender:
    """A `hotgigs.notifier.sending.Sender`. Open with `http_sender`."""

    def __init__(
        self,
        *,
        timeout_s: float,
        allow_http: bool,
        allow_private: bool,
        resolver: AbstractResolver,
        may_connect: MayConnect = is_public,
        tls: SSLContext | bool = True,
    ) -> None:
        """``tls``: what certificates are verified by; True for those that the system trusts.
        ``may_connect`` is not asked where private addresses are allowed."""
        self._timeout_s = timeout_s
        self._allow_http = allow_http
        self._allow_private = allow_private
        self._may_connect = _anywhere if allow_private else may_connect
        self._resolver = CheckedResolver(resolver, self._may_connect)
        self._tls = tls

    async def send(self, outgoing: Outgoing) -> Answered:
        """Raises ValueError where ``outgoing`` has no key."""
        started_at = datetime.now(UTC)
        begun = time.monotonic()
        headers = _HEADERS | signed_headers(outgoing.delivery_id, started_at, outgoing.body, outgoing.keys)
        heard = _Heard()
        failed = await self._try(outgoing, headers, heard)
        answered = heard.status_code is not None
        return Answered(
            started_at=started_at,
            duration_ms=round((time.monotonic() - begun) * 1000),
            status_code=heard.status_code,
            error=error_of_status(heard.status_code) if heard.status_code is not None else failed,
            answer=text_of(heard.body),
            retry_after_s=retry_after.wait_s(heard.retry_after, datetime.now(UTC)) if answered else None,
        )

    async def _try(self, outgoing: Outgoing, headers: dict[str, str], heard: _Heard) -> AttemptError | None:
        """What kept it from being answered to the end. A URL that is no webhook's any more, as the settings
        are now, is not tried."""
        if webhook_url.refusal(outgoing.url, allow_http=self._allow_http, allow_private=self._allow_private):
            return "forbidden_address"
        try:
            async with self._session() as session, asyncio.timeout(self._timeout_s):
                await _post(session, outgoing, headers, heard)
        except (ClientError, OSError, ValueError) as failure:
            return error_of(failure)
        return None

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[ClientSession]:
        sockets = CheckedSockets(self._may_connect)
        session = ClientSession(
            connector=TCPConnector(
                force_close=True,
                use_dns_cache=False,
                limit=0,
                resolver=self._resolver,
                socket_factory=sockets.open,
                ssl=self._tls,
            ),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(),
            trust_env=False,
            auto_decompress=False,
            read_bufsize=ANSWER_BYTES,
            response_class=FinalAnswer,
        )
        try:
            yield session
        finally:
            sockets.cut()
            await session.close()


@asynccontextmanager
async def http_sender(settings: NotifierSettings) -> AsyncIterator[HttpSender]:
    """As ``settings`` say, with the names that the system's DNS knows."""
    resolver = AsyncResolver()
    try:
        yield HttpSender(
            timeout_s=settings.webhook_timeout,
            allow_http=settings.webhook_allow_http,
            allow_private=settings.webhook_allow_private,
            resolver=resolver,
        )
    finally:
        await resolver.close()


async def _post(session: ClientSession, outgoing: Outgoing, headers: dict[str, str], heard: _Heard) -> None:
    async with session.post(
        URL(outgoing.url, encoded=True), data=outgoing.body, headers=headers, allow_redirects=False
    ) as response:
        assert isinstance(response, FinalAnswer)
        heard.status_code = response.status
        heard.retry_after = response.headers.get(hdrs.RETRY_AFTER)
        try:
            while (missing := ANSWER_BYTES - len(heard.body)) and (
                came := await response.content.read(missing)
            ):
                heard.body += came
        finally:
            response.cut()


def _anywhere(_address: str) -> bool:
    return True
