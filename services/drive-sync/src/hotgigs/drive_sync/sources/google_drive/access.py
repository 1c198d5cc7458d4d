"""The access token of one folder's requests, renewed as needed."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

import google_auth_httplib2
from google.auth.exceptions import RefreshError, TransportError
from google.oauth2.credentials import Credentials
from httplib2 import Http
from msgspec import Struct

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.drive_sync.sources.errors import GrantEnded, SourceAway
from hotgigs.drive_sync.sources.google_drive.backoff import asked_seconds
from hotgigs.drive_sync.sources.google_drive.connections import Connections
from hotgigs.drive_sync.sources.google_drive.error_shapes import Refusal
from hotgigs.drive_sync.sources.google_drive.patience import Patience, Unanswered

LET_IN_NO_LONGER = "Google Drive lets HotGigs in no longer. Connect Google Drive again."
RUN_OUT = "The access to Google Drive has run out and cannot be renewed. Connect Google Drive again."
NOT_GRANTED = (
    "HotGigs was not given leave to read files when Google Drive was connected. Connect Google Drive again, "
    "and let it see and download your files."
)
SET_UP_WRONGLY = (
    "This server's Google client is set up wrongly. Its administrator must check the client id and secret."
)

_LAST_WAIT_SECONDS = 5.0

_ENDED = frozenset(
    {"access_denied", "admin_policy_enforced", "invalid_grant", "invalid_scope", "unauthorized_client"}
)
"""Errors of the token endpoint that say something of the grant; all others say something of the client."""


class OAuthClient(Struct, frozen=True, kw_only=True):
    token_uri: str
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return "OAuthClient(...)"


class Access:
    def __init__(self, grant: DriveGrant, client: OAuthClient, connections: Connections) -> None:
        self.grant = grant
        """As it is now."""
        self._client = client
        self._connections = connections
        self._one_at_a_time = asyncio.Lock()
        self._renewal: asyncio.Task[Refusal | None] | None = None
        self._ended: str | None = None

    async def token(self, patience: Patience) -> str:
        """Not expired, as far as is known. Raises GrantEnded or SourceAway."""
        if self._ended is not None:
            raise GrantEnded(self._ended)
        if _is_past(self.grant.expires_at):
            await self.renew(self.grant.access_token, patience)
        return self.grant.access_token

    async def renew(self, stale: str, patience: Patience) -> None:
        """Unless somebody has renewed the ``stale`` token already. Raises GrantEnded or SourceAway."""
        async with self._one_at_a_time:
            while self.grant.access_token == stale:
                if self._ended is not None:
                    raise GrantEnded(self._ended)
                if self.grant.refresh_token is None:
                    raise self.end(RUN_OUT)
                refusal = await self._renewed()
                if refusal is None:
                    return
                if refusal.reasons & _ENDED:
                    raise self.end(LET_IN_NO_LONGER)
                if refusal.reasons:
                    raise SourceAway(SET_UP_WRONGLY)
                try:
                    await patience.wait(refusal.asked_seconds)
                except Unanswered as err:
                    raise SourceAway(str(err)) from None

    def end(self, message: str) -> GrantEnded:
        """For all requests from now on."""
        self._ended = message
        return GrantEnded(message)

    async def close(self) -> None:
        """Waits a while for a renewal that is under way: the refresh token may be another after it."""
        if self._renewal is not None:
            await asyncio.wait([self._renewal], timeout=_LAST_WAIT_SECONDS)

    async def _renewed(self) -> Refusal | None:
        """Cancelled, what Google answers is kept all the same."""
        self._renewal = asyncio.create_task(self._renew())
        return await asyncio.shield(self._renewal)

    async def _renew(self) -> Refusal | None:
        renewed = await self._connections.run(self._ask)
        if isinstance(renewed, Refusal):
            return renewed
        self.grant = renewed
        return None

    def _ask(self, http: Http) -> DriveGrant | Refusal:
        credentials = Credentials(
            self.grant.access_token,
            refresh_token=self.grant.refresh_token,
            token_uri=self._client.token_uri,
            client_id=self._client.client_id,
            client_secret=self._client.client_secret,
        )
        try:
            credentials.refresh(_request_over(http))
        except _EndpointUnwell as err:
            return err.refusal
        except RefreshError as err:
            return Refusal(status=400, reasons=frozenset(() if err.retryable else (_code(err),)))
        except (TransportError, OSError, HTTPException, ValueError, TypeError, AttributeError):
            # The last three are what the library trips over where the answer is not that of a token endpoint.
            return Refusal(status=0)
        expiry: datetime | None = credentials.expiry
        return DriveGrant(
            access_token=str(credentials.token),
            refresh_token=credentials.refresh_token,
            expires_at=None if expiry is None else expiry.replace(tzinfo=UTC),
        )


class _EndpointUnwell(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


def _request_over(http: Http) -> Callable[..., Any]:
    """Keeps the library from trying again by itself, in its thread and without a look at Retry-After."""
    request = google_auth_httplib2.Request(http)

    def ask(*args: Any, **kwargs: Any) -> Any:
        response = request(*args, **kwargs)
        if response.status in {408, 429} or response.status >= 500:
            asked = asked_seconds(response.headers.get("retry-after"), datetime.now(UTC))
            raise _EndpointUnwell(Refusal(status=response.status, asked_seconds=asked))
        return response

    return ask


def _code(error: RefreshError) -> str:
    """The OAuth 2.0 error code. The library has words of its own where users are to sign in again."""
    if len(error.args) > 1 and isinstance(error.args[1], dict):
        return str(error.args[1].get("error", "unknown"))
    return "access_denied" if str(error.args[0]).startswith("Reauthentication") else "unknown"


def _is_past(expires_at: datetime | None) -> bool:
    if expires_at is None:
        return False
    return (expires_at if expires_at.tzinfo else expires_at.replace(tzinfo=UTC)) <= datetime.now(UTC)
