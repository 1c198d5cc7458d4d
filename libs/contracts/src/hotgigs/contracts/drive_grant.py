"""What a user granted to read a Drive with: sealed by the gateway, opened by drive-sync alone.

Sealed with `hotgigs.chassis.sealing` under the label `LABEL`, in the context of `context_of` its owner:
whoever gets hold of another's sealed grant cannot use it as their own.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

LABEL = "hotgigs drive grant"


class DriveGrant(Struct, frozen=True, kw_only=True):
    """OAuth 2.0 tokens (RFC 6749). Its ``repr`` shows none of them."""

    access_token: str
    refresh_token: str | None = None
    """Without it the grant ends with the access token."""
    expires_at: datetime | None = None
    """Of the access token; None where it is not known."""

    def __repr__(self) -> str:
        return "DriveGrant(...)"


def context_of(owner_user_id: UUID) -> bytes:
    return b"drive grant of " + owner_user_id.bytes


def content_of(grant: DriveGrant) -> bytes:
    """What is sealed: JSON."""
    return msgspec.json.encode(grant)


def grant_in(content: bytes) -> DriveGrant:
    """Raises msgspec.MsgspecError."""
    return msgspec.json.decode(content, type=DriveGrant)
