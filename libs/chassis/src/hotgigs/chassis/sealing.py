"""Sealing what is kept or sent and not to be read on the way: authenticated encryption.

AES-256-GCM-SIV (RFC 8452), whose nonces may be drawn at random for any number of messages, under keys
derived by HKDF-SHA256 (RFC 5869). Sealed bytes are one byte of version, 12 of nonce, then the ciphertext
with its tag.
"""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_CHARACTERS = 32
"""The least that a key may have."""

_VERSION = b"\x01"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class WeakKey(Exception):
    """HOTGIGS_ENCRYPTION_KEY: random keys of at least 32 characters each, separated by commas."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class Unopenable(Exception):
    """Sealed with another key, or in another context, or changed since."""


class Sealing:
    """Seals with the first of ``secrets`` and opens with any, so that keys can be replaced.

    Keys under different labels have nothing to do with each other, even where their secret is the same.
    """

    def __init__(self, secrets: Sequence[str], *, label: str) -> None:
        self._ciphers = [AESGCMSIV(_key_of(secret, label)) for secret in secrets]

    def seal(self, content: bytes, *, context: bytes) -> bytes:
        """``context`` says where the content belongs; only there it can be opened."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._ciphers[0].encrypt(nonce, content, context)

    def open(self, sealed: bytes, *, context: bytes) -> bytes:
        """Raises Unopenable."""
        content, _ = self._open(sealed, context)
        return content

    def renewed(self, sealed: bytes, *, context: bytes) -> bytes | None:
        """Sealed with the first secret; None where it is already. Raises Unopenable."""
        content, opened_by = self._open(sealed, context)
        return None if opened_by == 0 else self.seal(content, context=context)

    def _open(self, sealed: bytes, context: bytes) -> tuple[bytes, int]:
        """The content, and which of the secrets opens it."""
        version, nonce, ciphertext = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if version == _VERSION and len(nonce) == _NONCE_BYTES:
            for number, cipher in enumerate(self._ciphers):
                try:
                    return cipher.decrypt(nonce, ciphertext, context), number
                except InvalidTag:
                    continue
        raise Unopenable


def keys_of(setting: str) -> list[str]:
    """The keys of ``HOTGIGS_ENCRYPTION_KEY``, the newest first. Raises WeakKey."""
    keys = [key.strip() for key in setting.split(",")]
    if min(map(len, keys)) < KEY_CHARACTERS:
        raise WeakKey
    return keys


def _key_of(secret: str, label: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=label.encode()).derive(secret.encode())
