import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.stand_in_drive import errors

from hotgigs.drive_sync.sources.google_drive.error_shapes import Kind, Refusal, reasons_in


def refusal(status: int, *reasons: str) -> Refusal:
    return Refusal(status=status, reasons=frozenset(reasons))


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (refusal(429), Kind.THROTTLED),
        (refusal(403, "rateLimitExceeded"), Kind.THROTTLED),
        (refusal(403, "userRateLimitExceeded"), Kind.THROTTLED),
        (refusal(403, "sharingRateLimitExceeded"), Kind.THROTTLED),
        (refusal(403, "dailyLimitExceeded"), Kind.SPENT),
        (refusal(403, "quotaExceeded"), Kind.SPENT),
        (refusal(429, "dailyLimitExceeded", "rateLimitExceeded"), Kind.SPENT),
        (refusal(500, "internalError"), Kind.AGAIN),
        (refusal(502), Kind.AGAIN),
        (refusal(503), Kind.AGAIN),
        (refusal(408), Kind.AGAIN),
        (refusal(0), Kind.AGAIN),
        (refusal(401, "authError"), Kind.UNAUTHORIZED),
        (refusal(403, "insufficientPermissions"), Kind.NOT_GRANTED),
        (refusal(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), Kind.NOT_GRANTED),
        (refusal(403, "insufficientFilePermissions"), Kind.REFUSED),
        (refusal(403, "accessNotConfigured"), Kind.NOT_SET_UP),
        (refusal(403), Kind.REFUSED),
        (refusal(404, "notFound"), Kind.REFUSED),
        (refusal(410), Kind.REFUSED),
    ],
)
def test_errors_are_told_apart(refused: Refusal, kind: Kind) -> None:
    assert refused.kind is kind


def test_reasons_are_found_in_both_shapes() -> None:
    body = json.dumps(errors.scope_insufficient("drive").body).encode()
    assert reasons_in(body) == {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff",
        b"[]",
        b'{"error": "invalid_grant"}',
        b'{"error": {"errors": {"reason": "x"}}}',
        b'{"error": {"errors": [{"reason": ["x"]}, {}]}}',
    ],
)
def test_other_shapes_have_no_reasons(body: bytes) -> None:
    assert reasons_in(body) == frozenset()


@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_error_is_too_strange(error: object) -> None:
    assert all(isinstance(reason, str) for reason in reasons_in(json.dumps({"error": error}).encode()))
