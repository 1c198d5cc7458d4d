"""What Google's token endpoint answers, as a grant (RFC 6749, 5.1)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from hotgigs.contracts.drive_grant import DriveGrant
from hotgigs.gateway.drive_connections.consent import SCOPE
from hotgigs.gateway.drive_connections.refused import ConsentRefused

_READING = {SCOPE, "https://www.googleapis.com/auth/drive"}
_Text = Annotated[str, Meta(min_length=1, max_length=8192)]


class _Answer(Struct):
    access_token: _Text
    refresh_token: _Text | None = None
    expires_in: Annotated[int, Meta(ge=1, le=10 * 365 * 24 * 3600)] | None = None
    """Seconds."""
    scope: str | None = None
    """Missing where it is what was asked for."""


def grant_of(answer: Mapping[str, object], now: datetime) -> DriveGrant:
    """Raises ConsentRefused where files may not be read with it, or not for long."""
    try:
        granted = msgspec.convert(dict(answer), _Answer)
    except msgspec.ValidationError:
        raise ConsentRefused("unavailable") from None
    if granted.scope is not None and _READING.isdisjoint(granted.scope.split()):
        raise ConsentRefused("access_not_ticked")
    if granted.refresh_token is None:
        raise ConsentRefused("no_lasting_access")
    return DriveGrant(
        access_token=granted.access_token,
        refresh_token=granted.refresh_token,
        expires_at=None if granted.expires_in is None else now + timedelta(seconds=granted.expires_in),
    )
