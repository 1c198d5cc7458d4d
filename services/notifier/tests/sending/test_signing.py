"""Signing, against the reference library of Standard Webhooks."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from hotgigs.contracts.webhook_secret import secret_of
from hotgigs.notifier.signing import signed_headers

KEYS = st.binary(min_size=24, max_size=64)
BODIES = st.text().map(str.encode)


def verifies(key: bytes, headers: dict[str, str], body: bytes) -> bool:
    try:
        Webhook(secret_of(key)).verify(body, headers, json_parse=False)
    except WebhookVerificationError:
        return False
    return True


def test_a_signature_is_what_the_reference_library_makes_of_it() -> None:
    delivery_id = UUID("0c2f4b52-6c1f-5d27-8f5b-0a4f8f1f6d3e")
    at = datetime(2026, 1, 2, 3, 4, 5, 999999, UTC)

    headers = signed_headers(delivery_id, at, b'{"a":1}', [b"k" * 32])

    assert headers == {
        "webhook-id": str(delivery_id),
        "webhook-timestamp": "1767323045",
        "webhook-signature": Webhook(secret_of(b"k" * 32)).sign(str(delivery_id), at, '{"a":1}'),
    }


@given(keys=st.lists(KEYS, min_size=1, max_size=4, unique=True), body=BODIES, delivery_id=st.uuids())
def test_who_has_one_of_the_keys_verifies_it(keys: list[bytes], body: bytes, delivery_id: UUID) -> None:
    headers = signed_headers(delivery_id, datetime.now(UTC), body, keys)

    assert all(verifies(key, headers, body) for key in keys)
    assert len(headers["webhook-signature"].split(" ")) == len(keys)


@given(key=KEYS, other=KEYS, body=BODIES, changed=BODIES)
def test_nobody_else_does_and_nothing_else_is(key: bytes, other: bytes, body: bytes, changed: bytes) -> None:
    headers = signed_headers(uuid4(), datetime.now(UTC), body, [key])

    assert verifies(other, headers, body) == (other == key)
    assert verifies(key, headers, changed) == (changed == body)
    assert not verifies(key, headers | {"webhook-id": str(uuid4())}, body)
    timestamp = int(headers["webhook-timestamp"])
    assert not verifies(key, headers | {"webhook-timestamp": str(timestamp - 1)}, body)


def test_what_was_signed_long_ago_is_not_taken_again() -> None:
    headers = signed_headers(uuid4(), datetime(2026, 1, 1, tzinfo=UTC), b"{}", [b"k" * 32])

    assert not verifies(b"k" * 32, headers, b"{}")


def test_without_a_key_nothing_is_signed() -> None:
    with pytest.raises(ValueError, match="sign"):
        signed_headers(uuid4(), datetime.now(UTC), b"{}", [])
