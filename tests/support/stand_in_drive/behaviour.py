"""How the stand-in behaves where nothing goes wrong."""

from typing import Literal

from msgspec import Struct


class Behaviour(Struct, kw_only=True):
    max_page_size: int = 1000
    """Of files: pages are smaller than asked for where this is less."""
    max_changes_page_size: int = 1000
    latency_s: float = 0.0
    """Before each answer, as by a network."""
    quota_per_second: int | None = None
    """Requests of one user in any second; more are refused with 403 userRateLimitExceeded."""
    vary_exports: bool = False
    """Each export of the same document has other bytes."""
    user_log_has_shared_drives: bool = False
    """Whether a user's own change log tells what happens in shared drives; Google promises it for the log of
    the shared drive itself."""

    client_id: str = ""
    """Empty: any client."""
    client_secret: str = ""
    redirect_uris: list[str] = []
    """Empty: any."""
    access_token_seconds: int = 3599
    requests_per_access_token: int | None = None
    """After so many the token has expired."""
    rotate_refresh_tokens: bool = False
    consent: Literal["allow", "deny"] = "allow"
    consenting_user: str = "owner@example.com"
    """Who sits at the browser, where the request has no login_hint."""
    consented_scopes: list[str] | None = None
    """What the user leaves ticked of the scopes asked for; None: all."""
