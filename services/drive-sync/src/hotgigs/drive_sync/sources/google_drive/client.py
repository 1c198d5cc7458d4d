"""Asks the Drive API for one user, with patience."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from typing import Any, TypeVar

import msgspec
from google.auth.exceptions import TransportError
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.errors import HttpError
from httplib2 import Http, HttpLib2Error
from httplib2.decode import DecodeLimitError, DecodeRatioError
from msgspec import Struct

from hotgigs.drive_sync.sources.errors import SourceAway
from hotgigs.drive_sync.sources.google_drive.access import LET_IN_NO_LONGER, NOT_GRANTED, Access
from hotgigs.drive_sync.sources.google_drive.backoff import asked_seconds
from hotgigs.drive_sync.sources.google_drive.connections import Connections
from hotgigs.drive_sync.sources.google_drive.error_shapes import Kind, Refusal, reasons_in
from hotgigs.drive_sync.sources.google_drive.patience import Patience
from hotgigs.drive_sync.sources.google_drive.quota import Quota

T = TypeVar("T")

SPENT = "The day's quota of Google Drive is used up. The next run goes on from here."
NOT_SET_UP = (
    "The Google Drive API is not switched on for this server's Google client. Its administrator must do that."
)

Ask = Callable[[Any, AuthorizedHttp], T]
"""Makes one request with the service object, and reads the answer."""


class DriveRefused(Exception):
    """Google has something against what was asked for: ``refusal.kind`` is REFUSED."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


class DriveClient(Struct, frozen=True, kw_only=True):
    drive: Any
    """The service object of the client library."""
    access: Access
    quota: Quota
    connections: Connections
    patience: Callable[[], Patience]
    """For one request."""
    at_once: asyncio.Semaphore

    async def call(self, ask: Ask[T]) -> T:
        """Raises DriveRefused, GrantEnded, Unanswered, LeftAlone, or else SourceAway."""
        patience = self.patience()
        token = await self.access.token(patience)
        is_renewed = False
        while True:
            await self.quota.turn(patience.until)
            async with self.at_once:
                answer = await self.connections.run(partial(self._try, ask, token))
            if not isinstance(answer, Refusal):
                return answer
            if answer.kind is Kind.UNAUTHORIZED:
                if is_renewed:
                    raise self.access.end(LET_IN_NO_LONGER)
                await self.access.renew(token, patience)
                token, is_renewed = self.access.grant.access_token, True
            else:
                await self._wait(answer, patience)

    async def is_answering(self, ask: Ask[T]) -> bool:
        """Whether Google says anything of its own to this, asked once. Raises GrantEnded or SourceAway."""
        patience = self.patience()
        token = await self.access.token(patience)
        await self.quota.turn(patience.until)
        async with self.at_once:
            answer = await self.connections.run(partial(self._try, ask, token))
        return not isinstance(answer, Refusal) or answer.kind is not Kind.AGAIN

    async def _wait(self, refusal: Refusal, patience: Patience) -> None:
        """Raises as `call` where the same request would be in vain."""
        match refusal.kind:
            case Kind.AGAIN:
                await patience.wait(refusal.asked_seconds)
            case Kind.THROTTLED:
                self.quota.leave_alone(patience.next_wait(refusal.asked_seconds))
            case Kind.SPENT:
                raise SourceAway(SPENT)
            case Kind.NOT_SET_UP:
                raise SourceAway(NOT_SET_UP)
            case Kind.NOT_GRANTED:
                raise self.access.end(NOT_GRANTED)
            case _:
                raise DriveRefused(refusal)

    def _try(self, ask: Ask[T], token: str, http: Http) -> T | Refusal:
        """What the library raises ends here: an HttpError's text has the address in it."""
        try:
            return ask(self.drive, AuthorizedHttp(Credentials(token), http=http, refresh_status_codes=()))
        except HttpError as err:
            return Refusal(
                status=err.status_code,
                reasons=reasons_in(err.content),
                asked_seconds=asked_seconds(err.resp.get("retry-after"), datetime.now(UTC)),
            )
        except (OSError, HTTPException, HttpLib2Error, TransportError, DecodeLimitError, DecodeRatioError):
            return Refusal(status=0)
        except (msgspec.ValidationError, TypeError, AttributeError, LookupError):
            # An answer in no shape of Google's: the library trips over some of them.
            return Refusal(status=0)
