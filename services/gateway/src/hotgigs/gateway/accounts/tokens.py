"""Access tokens: JWTs of our own (HS256), and of one outside issuer (by its JWKS).

The algorithms are fixed for each key; what a token's header says is only compared with them
(RFC 8725, "JSON Web Token Best Current Practices", 3.1).
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import NAMESPACE_URL, UUID, uuid5

import jwt

from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.settings import GatewaySettings

_REQUIRED = ["exp", "iat", "iss", "aud", "sub", "role"]
_OWN_ALGORITHMS = ["HS256"]
_OUTSIDE_ALGORITHMS = ["RS256", "ES256"]
_LEEWAY_S = 10
_REFRESH_KEYS_AT_MOST_EVERY_S = 30.0


class InvalidToken(Exception):
    """The token is not accepted; ``str()`` may be told to whoever brought it."""


class KeysUnavailable(Exception):
    """The outside issuer's keys cannot be read now, which says nothing about the token."""


class Tokens:
    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._secret = settings.signing_secret()
        self._outside = None
        self._keys_refreshed_at = -_REFRESH_KEYS_AT_MOST_EVERY_S
        if settings.jwt_jwks_url is not None:
            self._outside = jwt.PyJWKClient(settings.jwt_jwks_url, timeout=5)

    def issue(self, principal: Principal, now: datetime) -> str:
        claims = {
            "iss": self._settings.jwt_issuer,
            "aud": self._settings.jwt_audience,
            "sub": str(principal.user_id),
            "role": principal.role,
            "sid": str(principal.session_id),
            "iat": now,
            "exp": now + timedelta(seconds=self._settings.access_token_seconds),
        }
        return jwt.encode(claims, self._secret, algorithm=_OWN_ALGORITHMS[0])

    async def verify(self, token: str) -> tuple[Principal, datetime]:
        """Who the token is for, and when it ends. Raises InvalidToken or KeysUnavailable.

        Whether the session still stands is not the token's to say.
        """
        try:
            if self._outside is not None and _issuer_named_in(token) == self._settings.jwt_outside_issuer:
                # Its "sid" is no session of ours.
                claims = await self._verify_outside(token, self._outside) | {"sid": None}
                return _principal(claims, _outside_user(claims)), _end_of(claims)
            claims = self._decode(token, self._secret, _OWN_ALGORITHMS, self._settings.jwt_issuer)
            return _principal(claims, _own_user(claims)), _end_of(claims)
        except jwt.ExpiredSignatureError as err:
            raise InvalidToken("The token has expired.") from err
        except jwt.PyJWKClientConnectionError as err:
            raise KeysUnavailable from err
        except jwt.PyJWTError as err:
            raise InvalidToken("The token is not valid.") from err

    async def _verify_outside(self, token: str, keys: jwt.PyJWKClient) -> dict[str, Any]:
        key = await asyncio.to_thread(self._key_of, token, keys)
        return self._decode(token, key.key, _OUTSIDE_ALGORITHMS, self._settings.jwt_outside_issuer)

    def _key_of(self, token: str, keys: jwt.PyJWKClient) -> jwt.PyJWK:
        """Raises InvalidToken. A key that is not known is looked for at the issuer, but not for every
        token that somebody makes up."""
        key_id = jwt.get_unverified_header(token).get("kid")
        for refresh in (False, True):
            if refresh and not self._may_refresh_keys():
                break
            for key in keys.get_signing_keys(refresh=refresh):
                if key.key_id == key_id:
                    return key
        raise InvalidToken("The token is not valid.")

    def _may_refresh_keys(self) -> bool:
        now = time.monotonic()
        if now - self._keys_refreshed_at < _REFRESH_KEYS_AT_MOST_EVERY_S:
            return False
        self._keys_refreshed_at = now
        return True

    def _decode(self, token: str, key: Any, algorithms: list[str], issuer: str | None) -> dict[str, Any]:
        return jwt.decode(
            token,
            key,
            algorithms=algorithms,
            audience=self._settings.jwt_audience,
            issuer=issuer,
            leeway=_LEEWAY_S,
            options={"require": _REQUIRED},
        )


def _issuer_named_in(token: str) -> object:
    """What an unverified token says of its issuer: only to choose the key it is verified with."""
    return jwt.decode(token, options={"verify_signature": False}).get("iss")


def _end_of(claims: dict[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (OverflowError, ValueError) as err:
        raise InvalidToken("The token is not valid.") from err


def _own_user(claims: dict[str, Any]) -> UUID:
    try:
        return UUID(claims["sub"])
    except ValueError as err:
        raise InvalidToken("The token is not valid.") from err


def _outside_user(claims: dict[str, Any]) -> UUID:
    """The same for a subject every time, and never the id of one of our own users, whatever it looks like."""
    return uuid5(NAMESPACE_URL, f"{claims['iss']}#{claims['sub']}")


def _principal(claims: dict[str, Any], user_id: UUID) -> Principal:
    role, session = claims["role"], claims.get("sid")
    if role not in get_args(Role):
        raise InvalidToken("The token is not valid.")
    try:
        return Principal(user_id=user_id, role=role, session_id=UUID(session) if session else None)
    except (TypeError, ValueError, AttributeError) as err:
        raise InvalidToken("The token is not valid.") from err
