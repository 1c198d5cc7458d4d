"""Passwords, with argon2id in the library's recommended parameters (RFC 9106, low memory)."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher()

# One at a time takes 64 MiB and a core for tens of milliseconds.
_AT_ONCE = asyncio.Semaphore(2)

_NOBODYS_HASH = _HASHER.hash("no user has this password")


async def hash_password(password: str) -> str:
    async with _AT_ONCE:
        return await asyncio.to_thread(_HASHER.hash, password)


async def is_password(password_hash: str | None, password: str) -> bool:
    """Without a hash (no such user) it takes as long and is False, so that time tells nothing."""
    async with _AT_ONCE:
        matches = await asyncio.to_thread(_verify, password_hash or _NOBODYS_HASH, password)
    return matches and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
