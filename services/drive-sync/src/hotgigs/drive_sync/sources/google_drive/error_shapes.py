"""What Google's errors mean. They come in two shapes, often both at once: ``error.errors[].reason`` of the
older APIs, and ``error.status`` with ``error.details[].reason`` (google.rpc.ErrorInfo)."""

from enum import Enum, auto

import msgspec
from msgspec import Struct


class Kind(Enum):
    AGAIN = auto()
    """Not answered, or by a server that is unwell."""
    THROTTLED = auto()
    SPENT = auto()
    """A day's quota."""
    UNAUTHORIZED = auto()
    """The access token has expired, or was taken back."""
    NOT_GRANTED = auto()
    """The token is good, and not for reading."""
    NOT_SET_UP = auto()
    """The Google project of this server lacks something."""
    REFUSED = auto()
    """Something about what was asked for."""


class Refusal(Struct, frozen=True, kw_only=True):
    """An answer that is an error. ``status`` is 0 where there was none, or one that is not Drive's."""

    status: int
    reasons: frozenset[str] = frozenset()
    asked_seconds: float | None = None
    """To wait."""

    @property
    def kind(self) -> Kind:
        for kind, reasons in _BY_REASON:
            if self.reasons & reasons:
                return kind
        if self.status == 429:
            return Kind.THROTTLED
        if self.status in (0, 408) or self.status >= 500:
            return Kind.AGAIN
        return Kind.UNAUTHORIZED if self.status == 401 else Kind.REFUSED


_BY_REASON = (
    (Kind.SPENT, frozenset({"dailyLimitExceeded", "dailyLimitExceededUnreg", "quotaExceeded"})),
    (
        Kind.THROTTLED,
        frozenset({"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded"}),
    ),
    (
        Kind.NOT_GRANTED,
        frozenset({"insufficientPermissions", "insufficientScopes", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}),
    ),
    (Kind.NOT_SET_UP, frozenset({"accessNotConfigured", "SERVICE_DISABLED"})),
)

NOT_GIVEN = frozenset(
    {
        "appNotAuthorizedToFile",
        "cannotDownloadAbusiveFile",
        "cannotDownloadFile",
        "cannotExportFile",
        "domainPolicy",
        "exportSizeLimitExceeded",
        "fileNotDownloadable",
        "fileNotExportable",
        "insufficientFilePermissions",
    }
)
"""Reasons for which the content of one file is not given, today or later."""


class _Item(Struct, frozen=True):
    reason: object = None


class _Error(Struct, frozen=True):
    errors: list[_Item] = []
    details: list[_Item] = []


class _Body(Struct, frozen=True):
    error: _Error


def reasons_in(body: bytes) -> frozenset[str]:
    """None where the body has another shape."""
    try:
        error = msgspec.json.decode(body, type=_Body).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return frozenset()
    return frozenset(item.reason for item in (*error.errors, *error.details) if isinstance(item.reason, str))
