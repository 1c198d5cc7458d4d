"""From asking for a user's consent to a connection, and what can come between."""

from datetime import UTC, datetime
from hmac import compare_digest
from uuid import UUID

import msgspec
import structlog
from asyncpg import Record
from litestar.datastructures import Cookie
from msgspec import Struct
from uuid_utils.compat import uuid7

from hotgigs.chassis.sealing import Unopenable
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts import drive_grant
from hotgigs.gateway.drive_connections import store
from hotgigs.gateway.drive_connections.consent import (
    authorization_url,
    cookie_of,
    digest_of,
    new_consent,
)
from hotgigs.gateway.drive_connections.granted import grant_of
from hotgigs.gateway.drive_connections.refused import ConsentRefused, reason_of
from hotgigs.gateway.drive_connections.token_endpoint import TokenEndpoint
from hotgigs.gateway.settings import GatewaySettings

log = structlog.get_logger(__name__)


class Asked(Struct, frozen=True, kw_only=True):
    authorization_url: str
    state: str
    expires_at: datetime
    cookie: Cookie

    def __repr__(self) -> str:
        return "Asked(...)"


class Answered(Struct, frozen=True, kw_only=True):
    """What a browser brings back from Google."""

    state: str | None
    code: str | None
    error: str | None
    browser_secret: str | None

    def __repr__(self) -> str:
        return "Answered(...)"


class Connecting:
    def __init__(self, settings: GatewaySettings, units_of_work: UnitsOfWork) -> None:
        self._settings = settings
        self._units_of_work = units_of_work
        self._token_endpoint = TokenEndpoint(settings)
        self._verifiers = settings.sealing("hotgigs drive consent")
        self._grants = settings.sealing(drive_grant.LABEL)

    async def ask(self, user_id: UUID, redirect_uri: str) -> Asked:
        """Raises ConsentRefused."""
        self._require_client()
        consent = new_consent(redirect_uri)
        state_hash = digest_of(consent.state)
        async with self._units_of_work.begin() as uow:
            expires_at = await store.add_consent(
                uow.connection,
                state_hash=state_hash,
                browser_hash=digest_of(consent.browser_secret),
                user_id=user_id,
                sealed_verifier=self._verifiers.seal(
                    consent.verifier.encode(), context=_verifier_of(user_id, state_hash)
                ),
                redirect_uri=redirect_uri,
            )
        url = authorization_url(
            consent, auth_uri=self._settings.google_auth_uri, client_id=self._settings.google_client_id
        )
        return Asked(
            authorization_url=url, state=consent.state, expires_at=expires_at, cookie=cookie_of(consent)
        )

    async def connect(self, answered: Answered) -> Record:
        """As the store tells of it. Whatever comes of it, the state is good for nothing afterwards. Raises
        ConsentRefused."""
        try:
            return await self._connect(answered)
        except ConsentRefused as refused:
            log.info("drive_not_connected", reason=refused.reason)
            raise

    async def _connect(self, answered: Answered) -> Record:
        self._require_client()
        if answered.state is None or (answered.code is None and answered.error is None):
            raise ConsentRefused("incomplete")
        state_hash = digest_of(answered.state)
        consent = await self._take(state_hash, answered.browser_secret)
        if answered.code is None:
            raise ConsentRefused(reason_of(answered.error))
        user_id: UUID = consent["user_id"]
        granted = await self._token_endpoint.exchange(
            code=answered.code,
            verifier=self._open_verifier(consent["sealed_verifier"], _verifier_of(user_id, state_hash)),
            redirect_uri=consent["redirect_uri"],
        )
        grant = grant_of(granted, datetime.now(UTC))
        sealed_grant = self._grants.seal(msgspec.json.encode(grant), context=drive_grant.context_of(user_id))
        async with self._units_of_work.begin() as uow:
            return await store.add_connection(
                uow.connection, connection_id=uuid7(), user_id=user_id, sealed_grant=sealed_grant
            )

    async def _take(self, state_hash: bytes, browser_secret: str | None) -> Record:
        async with self._units_of_work.begin() as uow:
            consent = await store.take_consent(uow.connection, state_hash)
            may_connect = consent is not None and await store.may_connect(uow.connection, consent["user_id"])
        if consent is None or consent["has_expired"]:
            raise ConsentRefused("expired")
        if not compare_digest(digest_of(browser_secret or ""), consent["browser_hash"]):
            raise ConsentRefused("other_browser")
        if not may_connect:
            raise ConsentRefused("not_allowed")
        return consent

    def _open_verifier(self, sealed: bytes, context: bytes) -> str:
        try:
            return self._verifiers.open(sealed, context=context).decode()
        except Unopenable:  # the key was taken away meanwhile
            raise ConsentRefused("expired") from None

    def _require_client(self) -> None:
        if not self._settings.google_client_id:
            raise ConsentRefused("not_set_up")


def _verifier_of(user_id: UUID, state_hash: bytes) -> bytes:
    return b"verifier of " + user_id.bytes + state_hash
