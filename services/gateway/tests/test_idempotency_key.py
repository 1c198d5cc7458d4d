import hashlib

import pytest

from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.keys import key_hash_of

UUID_KEY = b"8e03978e-40d5-43dd-bc93-6894a57f9324"


def test_a_key_is_known_by_its_hash_with_or_without_the_quotes_of_a_structured_field() -> None:
    expected = hashlib.sha256(UUID_KEY).digest()
    assert key_hash_of([UUID_KEY]) == key_hash_of([b'"' + UUID_KEY + b'"']) == expected


@pytest.mark.parametrize("key", [b"!", b"~" * 255, b'"' + b"~" * 255 + b'"', b'"', b'a"b'])
def test_one_to_255_visible_characters_are_a_key(key: bytes) -> None:
    assert len(key_hash_of([key])) == 32


@pytest.mark.parametrize(
    "values",
    [
        [b""],
        [b'""'],
        [b"x" * 256],
        [b"a b"],
        [b"a\tb"],
        [b"a\x7f"],
        [b"\xc3\xa4"],
        [b"a\n"],
        [b"a", b"a"],
        [],
    ],
)
def test_anything_else_is_refused(values: list[bytes]) -> None:
    with pytest.raises(Problem) as refusal:
        key_hash_of(values)
    assert refusal.value.status_code == 400
    assert "Idempotency-Key" in refusal.value.detail
