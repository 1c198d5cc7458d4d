"""Google's token endpoint, where a code becomes tokens.

It is asked at one address only: redirects are not followed. Its certificate must be one that this machine's
store, or ``SSL_CERT_FILE``, trusts.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from hotgigs.gateway.drive_connections.refused import ConsentRefused, reason_of
from hotgigs.gateway.settings import GatewaySettings

MAX_ANSWER_BYTES = 64 * 1024
"""Tokens have fewer than 4 KiB."""


class TokenEndpoint:
    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._trust = ssl.create_default_context()

    async def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Mapping[str, object]:
        """What it answers, of whatever shape. Raises ConsentRefused."""
        settings = self._settings
        async with AsyncOAuth2Client(  # type: ignore[no-untyped-call]
            client_id=settings.google_client_id,
            client_secret=settings.google_client_secret.get_secret_value(),
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method
            headers={"Accept-Encoding": "identity"},
            verify=self._trust,
            timeout=settings.google_timeout_seconds,
            follow_redirects=False,
            event_hooks={"response": [_bounded]},
        ) as client:
            # What fails may have quoted what it was given: none of it is kept as a cause.
            try:
                async with asyncio.timeout(settings.google_timeout_seconds):
                    answer: Mapping[str, object] = await client.fetch_token(  # type: ignore[no-untyped-call]
                        settings.google_token_uri,
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=verifier,
                        redirect_uri=redirect_uri,
                    )
            except OAuthError as err:
                raise ConsentRefused(reason_of(err.error)) from None
            except (httpx2.HTTPError, _TooLarge, TimeoutError, ValueError, TypeError, AttributeError):
                raise ConsentRefused("unavailable") from None
        return answer


class _TooLarge(Exception):
    """The answer."""


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Raises _TooLarge."""
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > MAX_ANSWER_BYTES:
                raise _TooLarge
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bounded(response: httpx2.Response) -> None:
    """Raises _TooLarge for what unpacks to more than it is: nothing was said to be accepted that does."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _TooLarge
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Bounded(response.stream)
