"""What is limited, and to how many requests in a window."""

from collections.abc import Mapping
from typing import Literal

from litestar.utils import normalize_path
from msgspec import Struct

from hotgigs.gateway.settings import GatewaySettings

WINDOW_S = 60
MOST_LEASED = 10

Kind = Literal["upload", "bulk_upload", "accounts", "other", "anonymous"]

KINDS: Mapping[tuple[str, str], Kind] = {
    ("POST", "/api/resumes/upload"): "upload",
    ("POST", "/api/resumes/bulk-upload"): "bulk_upload",
    ("POST", "/api/auth/register"): "accounts",
    ("POST", "/api/auth/login"): "accounts",
    ("POST", "/api/auth/refresh"): "accounts",
}
"""By method and path; everything else is "other" of a user, and "anonymous" of somebody without a token."""


class Limit(Struct, frozen=True, kw_only=True):
    """``block`` is how many of ``requests`` a gateway takes at once, to let them through without asking
    again; with 1 every request is counted when it comes."""

    requests: int
    block: int = 1


def kind_of(method: str, path: str) -> Kind:
    """The path counts as Litestar reads it, so that a slash more is no way around a limit."""
    return KINDS.get((method, normalize_path(path)), "other")


def limits_of(settings: GatewaySettings) -> dict[Kind, Limit]:
    return {
        "upload": Limit(requests=settings.rate_limit_uploads),
        "bulk_upload": Limit(requests=settings.rate_limit_bulk_uploads),
        "accounts": Limit(requests=settings.rate_limit_accounts),
        "other": _leased(settings.rate_limit_others),
        "anonymous": _leased(settings.rate_limit_anonymous),
    }


def _leased(requests: int) -> Limit:
    return Limit(requests=requests, block=max(1, min(MOST_LEASED, requests // 10)))
