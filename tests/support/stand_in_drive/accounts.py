"""Who may come in: what users have granted to clients, and the tokens for it."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from support.stand_in_drive.behaviour import Behaviour
from support.stand_in_drive.errors import OAuthRefused, no_login, scope_insufficient, unauthenticated
from support.stand_in_drive.files import OWNER
from support.stand_in_drive.guarded import Guarded, guarded

READONLY = "https://www.googleapis.com/auth/drive.readonly"
DRIVE = "https://www.googleapis.com/auth/drive"
METADATA = "https://www.googleapis.com/auth/drive.metadata.readonly"
CONTENT_SCOPES = frozenset({READONLY, DRIVE})
METADATA_SCOPES = CONTENT_SCOPES | {METADATA}


class Grant(Struct, frozen=True):
    mail: str
    access_token: str
    refresh_token: str | None
    expires_in_s: int
    scope: str


class AccessToken(Struct):
    mail: str
    scopes: frozenset[str]
    ends_at: float
    """As of time.monotonic()."""
    requests_left: int | None
    family: str


class RefreshToken(Struct):
    mail: str
    scopes: frozenset[str]
    client_id: str
    family: str


class Code(Struct, frozen=True):
    mail: str
    scopes: frozenset[str]
    client_id: str
    redirect_uri: str
    challenge: str
    is_plain: bool
    is_offline: bool


class Accounts(Guarded):
    """A family is what one consent gave: revoking one of its tokens ends them all."""

    def __init__(self, lock: threading.RLock, behaviour: Behaviour) -> None:
        super().__init__(lock)
        self.behaviour = behaviour
        self.access_tokens: dict[str, AccessToken] = {}
        self.refresh_tokens: dict[str, RefreshToken] = {}
        self.codes: dict[str, Code] = {}
        self.consents: set[tuple[str, str]] = set()
        self.secrets_given: list[str] = []

    # -- what tests and the control interface do

    @guarded
    def grant(
        self,
        mail: str = OWNER,
        scopes: list[str] | None = None,
        expires_in_s: int | None = None,
        is_offline: bool = True,
    ) -> Grant:
        """Tokens as a client has them after the user's consent; ``is_offline`` False: no refresh token."""
        return self._grant(
            mail,
            frozenset(scopes or [READONLY]),
            self.behaviour.client_id,
            secrets.token_hex(8),
            is_offline=is_offline,
            expires_in_s=expires_in_s,
        )

    @guarded
    def expire_access_tokens(self, mail: str | None = None) -> None:
        for token in self.access_tokens.values():
            if mail in (None, token.mail):
                token.ends_at = 0.0

    @guarded
    def revoke(self, mail: str = OWNER) -> None:
        """As in the user's account settings: all tokens of all clients."""
        self.access_tokens = {key: of for key, of in self.access_tokens.items() if of.mail != mail}
        self.refresh_tokens = {key: of for key, of in self.refresh_tokens.items() if of.mail != mail}
        self.consents = {consent for consent in self.consents if consent[0] != mail}

    @guarded
    def tokens_given(self) -> list[str]:
        """All access tokens, refresh tokens and codes ever given: what must be found nowhere in clear."""
        return list(self.secrets_given)

    # -- what the API asks

    def user_of(self, authorization: str | None, wanted: frozenset[str]) -> str:
        """The user's mail. Raises Refused."""
        if not authorization:
            raise no_login()
        scheme, _, value = authorization.partition(" ")
        token = self.access_tokens.get(value.strip()) if scheme.lower() == "bearer" else None
        if token is None or token.ends_at <= time.monotonic():
            raise unauthenticated()
        if token.requests_left is not None:
            if token.requests_left == 0:
                raise unauthenticated()
            token.requests_left -= 1
        if not token.scopes & wanted:
            raise scope_insufficient(" ".join(sorted(wanted)))
        return token.mail

    def authorized(self, asked: Mapping[str, str]) -> str:
        """A code for what the user consents to."""
        code = "4/" + secrets.token_urlsafe(32)
        scopes = frozenset(asked.get("scope", "").split())
        if self.behaviour.consented_scopes is not None:
            scopes &= frozenset(self.behaviour.consented_scopes)
        mail = asked.get("login_hint") or self.behaviour.consenting_user
        # A refresh token is given where the user is asked for consent, not every time.
        consent = (mail, asked.get("client_id", ""))
        is_asked = consent not in self.consents or "consent" in asked.get("prompt", "").split()
        self.consents.add(consent)
        self.secrets_given.append(code)
        self.codes[code] = Code(
            mail,
            scopes,
            asked.get("client_id", ""),
            asked["redirect_uri"],
            asked.get("code_challenge", ""),
            asked.get("code_challenge_method", "plain") == "plain",
            asked.get("access_type") == "offline" and is_asked,
        )
        return code

    def exchanged(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """The answer of the token endpoint. Raises OAuthRefused."""
        self._check_client(asked)
        match asked.get("grant_type"):
            case "refresh_token":
                return self._refreshed(asked)
            case "authorization_code":
                return self._redeemed(asked)
            case None:
                raise OAuthRefused(400, "invalid_request", "Required parameter is missing: grant_type")
            case other:
                raise OAuthRefused(400, "unsupported_grant_type", f"Invalid grant_type: {other}")

    def revoked(self, token: str) -> None:
        """Raises OAuthRefused."""
        of = self.access_tokens.get(token) or self.refresh_tokens.get(token)
        if of is None:
            raise OAuthRefused(400, "invalid_token", "Token expired or revoked")
        self.access_tokens = {
            key: each for key, each in self.access_tokens.items() if each.family != of.family
        }
        self.refresh_tokens = {
            key: each for key, each in self.refresh_tokens.items() if each.family != of.family
        }

    # -- within

    def _check_client(self, asked: Mapping[str, str]) -> None:
        if self.behaviour.client_id and asked.get("client_id") != self.behaviour.client_id:
            raise OAuthRefused(401, "invalid_client", "The OAuth client was not found.")
        if self.behaviour.client_secret and asked.get("client_secret") != self.behaviour.client_secret:
            raise OAuthRefused(401, "invalid_client", "The provided client secret is invalid.")

    def _refreshed(self, asked: Mapping[str, str]) -> dict[str, Any]:
        value = asked.get("refresh_token", "")
        token = self.refresh_tokens.get(value)
        if token is None:
            raise OAuthRefused(400, "invalid_grant", "Token has been expired or revoked.")
        if token.client_id and asked.get("client_id") != token.client_id:
            raise OAuthRefused(401, "unauthorized_client", "Unauthorized")
        if self.behaviour.rotate_refresh_tokens:
            del self.refresh_tokens[value]
        grant = self._grant(
            token.mail,
            token.scopes,
            token.client_id,
            token.family,
            is_offline=self.behaviour.rotate_refresh_tokens,
        )
        return _answer(grant)

    def _redeemed(self, asked: Mapping[str, str]) -> dict[str, Any]:
        code = self.codes.pop(asked.get("code", ""), None)
        if code is None:
            raise OAuthRefused(400, "invalid_grant", "Malformed auth code.")
        if asked.get("client_id", "") != code.client_id:
            raise OAuthRefused(401, "unauthorized_client", "Unauthorized")
        if asked.get("redirect_uri") != code.redirect_uri:
            raise OAuthRefused(400, "redirect_uri_mismatch", "Bad Request")
        verifier = asked.get("code_verifier", "")
        if code.challenge and not verifier:
            raise OAuthRefused(400, "invalid_grant", "Missing code verifier.")
        if code.challenge and challenge_of(verifier, is_plain=code.is_plain) != code.challenge:
            raise OAuthRefused(400, "invalid_grant", "Invalid code verifier.")
        family = secrets.token_hex(8)
        return _answer(
            self._grant(code.mail, code.scopes, code.client_id, family, is_offline=code.is_offline)
        )

    def _grant(
        self,
        mail: str,
        scopes: frozenset[str],
        client_id: str,
        family: str,
        *,
        is_offline: bool,
        expires_in_s: int | None = None,
    ) -> Grant:
        lasts_s = self.behaviour.access_token_seconds if expires_in_s is None else expires_in_s
        access = "ya29." + secrets.token_urlsafe(48)
        refresh = "1//0" + secrets.token_urlsafe(48) if is_offline else None
        self.access_tokens[access] = AccessToken(
            mail, scopes, time.monotonic() + lasts_s, self.behaviour.requests_per_access_token, family
        )
        self.secrets_given.append(access)
        if refresh:
            self.refresh_tokens[refresh] = RefreshToken(mail, scopes, client_id, family)
            self.secrets_given.append(refresh)
        return Grant(mail, access, refresh, lasts_s, " ".join(sorted(scopes)))


def challenge_of(verifier: str, *, is_plain: bool) -> str:
    if is_plain:
        return verifier
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _answer(grant: Grant) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "access_token": grant.access_token,
        "expires_in": grant.expires_in_s,
        "scope": grant.scope,
        "token_type": "Bearer",
    }
    if grant.refresh_token:
        answer["refresh_token"] = grant.refresh_token
    return answer
