"""What a user is asked at Google, and which secrets belong to it (RFC 6749, RFC 7636)."""

import hashlib
import secrets
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from litestar.datastructures import Cookie
from msgspec import Struct

from hotgigs.gateway.drive_connections.store import CONSENT_STANDS

SCOPE = "https://www.googleapis.com/auth/drive.readonly"
CALLBACK_PATH = "/api/google-drive/callback"

_SECRET_BYTES = 32


class Consent(Struct, frozen=True, kw_only=True):
    """Its ``repr`` shows nothing of it."""

    state: str
    """Goes to Google and comes back."""
    browser_secret: str
    """Stays in the browser, as a cookie: whoever sees or makes a state cannot have another answer it."""
    verifier: str
    """Stays here: without it nobody can use the code that Google gives (PKCE)."""
    redirect_uri: str
    """Where Google leads the browser back to."""

    def __repr__(self) -> str:
        return "Consent(...)"


def new_consent(redirect_uri: str) -> Consent:
    return Consent(
        state=secrets.token_urlsafe(_SECRET_BYTES),
        browser_secret=secrets.token_urlsafe(_SECRET_BYTES),
        verifier=secrets.token_urlsafe(_SECRET_BYTES),
        redirect_uri=redirect_uri,
    )


def authorization_url(consent: Consent, *, auth_uri: str, client_id: str) -> str:
    """Where the user is asked. ``prompt`` because Google gives lasting access only where it asks."""
    url: str = prepare_grant_uri(  # type: ignore[no-untyped-call]
        auth_uri,
        client_id,
        "code",
        redirect_uri=consent.redirect_uri,
        scope=SCOPE,
        state=consent.state,
        access_type="offline",
        prompt="consent",
        include_granted_scopes="true",
        code_challenge=create_s256_code_challenge(consent.verifier),  # type: ignore[no-untyped-call]
        code_challenge_method="S256",
    )
    return url


def cookie_of(consent: Consent) -> Cookie:
    """For the callback alone, and of this consent alone, so that two can be open in a browser."""
    callback = urlsplit(consent.redirect_uri)
    return Cookie(
        key=cookie_name(consent.state),
        value=consent.browser_secret,
        path=callback.path,
        max_age=int(CONSENT_STANDS.total_seconds()),
        secure=callback.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def cookie_name(state: str) -> str:
    """Tells nothing of the state."""
    return f"hotgigs_drive_{digest_of(state).hex()[:16]}"


def digest_of(secret: str) -> bytes:
    """Random secrets need no slow hash; what somebody makes up may be any text."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
