"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header)."""

import hashlib
import re
from collections.abc import Sequence

from litestar.status_codes import HTTP_400_BAD_REQUEST

from hotgigs.gateway.errors import Problem

HEADER = "Idempotency-Key"
CHANGES_NOTHING = "changes_nothing"
"""A POST with it in its ``opt`` can be carried out any number of times: nothing is kept of its answers."""
MAX_CHARACTERS = 255
VISIBLE_ASCII = r'^(?!""$)[!-~]+$'
"""The same, as a client is told it; quotes around nothing are no key."""

_KEY = re.compile(rb"[\x21-\x7e]{1,%d}" % MAX_CHARACTERS)
_QUOTED = re.compile(rb'"(.*)"', re.DOTALL)


def key_hash_of(values: Sequence[bytes]) -> bytes:
    """SHA-256 of the key, which may be personal data itself. ``values`` are those of the header's lines.

    The draft writes the key as a quoted string of a structured field; the quotes are not part of it.
    Raises Problem 400.
    """
    if len(values) != 1:
        raise _bad("Send one Idempotency-Key.")
    quoted = _QUOTED.fullmatch(values[0])
    key = values[0] if quoted is None else quoted[1]
    if not _KEY.fullmatch(key):
        raise _bad(f"An Idempotency-Key has 1 to {MAX_CHARACTERS} visible ASCII characters.")
    return hashlib.sha256(key).digest()


def _bad(detail: str) -> Problem:
    return Problem(status_code=HTTP_400_BAD_REQUEST, detail=detail)
