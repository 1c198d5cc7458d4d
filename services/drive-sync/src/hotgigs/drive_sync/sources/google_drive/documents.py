"""Google documents, which have no content of their own: Google makes a DOCX of them when asked.

It makes another each time, with the time in it. What tells two of them apart is the parts they are made of.
"""

import hashlib
import io
import zlib
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 100 * 1024 * 1024
"""Of all parts, unpacked. An export is 10 MiB at most."""

_PIECE_BYTES = 64 * 1024
_WHEN_AND_BY_WHOM = "docProps/"


def digest_of_parts(content: bytes) -> str | None:
    """Over the names and contents of the parts, whatever their order and dates; None for what cannot be
    unpacked."""
    digest = hashlib.sha256()
    left = MOST_BYTES
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            for part in sorted(parts.infolist(), key=lambda info: info.filename):
                if part.filename.startswith(_WHEN_AND_BY_WHOM):
                    continue
                of_part = hashlib.sha256()
                with parts.open(part) as unpacked:
                    while piece := unpacked.read(_PIECE_BYTES):
                        of_part.update(piece)
                        left -= len(piece)
                        if left < 0:
                            return None
                digest.update(hashlib.sha256(part.filename.encode()).digest() + of_part.digest())
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return f"parts:{digest.hexdigest()}"
