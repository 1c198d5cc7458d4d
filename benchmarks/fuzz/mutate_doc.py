"""Word 97 files with single fields of their structures changed."""

import io
import struct
from collections.abc import Sequence
from functools import cache
from random import Random

import olefile
from mutate_bytes import INTEGERS, mutated

_FIB_BYTES = 900
_SECTOR = 512


@cache
def _streams(content: bytes) -> tuple[tuple[int, int], ...]:
    """Where in the file the document's and the tables' streams lie, if in one piece."""
    found = []
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            for name in ("WordDocument", "1Table", "0Table"):
                if ole.exists(name):
                    stream = ole.openstream(name).read()
                    at = content.find(stream[:_SECTOR])
                    if at >= 0:
                        found.append((at, len(stream)))
    except Exception:  # noqa: BLE001 - an original that is hostile itself may not open
        return ()
    return tuple(found)


def mutated_doc(rng: Random, originals: Sequence[bytes]) -> tuple[str, bytes]:
    content = rng.choice(originals)
    streams = _streams(content)
    if not streams:
        return mutated(rng, content, originals)
    changed = bytearray(content)
    kinds = set()
    for _ in range(rng.choice((1, 1, 2, 6))):
        kind, begin, size, width = _place(rng, content, streams)
        at = begin + rng.randrange(max(1, size // width)) * width
        if at + width <= len(changed):
            code = {1: "<B", 2: "<H", 4: "<I"}[width]
            old = struct.unpack_from(code, changed, at)[0]
            near = (old + 1, old - 1, old ^ 0x100, old * 2, rng.randrange(2**32))
            struct.pack_into(code, changed, at, rng.choice((*INTEGERS, *near)) & ((1 << 8 * width) - 1))
            kinds.add(kind)
    return ", ".join(sorted(kinds)) or "unchanged", bytes(changed)


def _place(rng: Random, content: bytes, streams: Sequence[tuple[int, int]]) -> tuple[str, int, int, int]:
    """Kind, where, bytes, and bytes of a field."""
    document, document_size = streams[0]
    choice = rng.randrange(7)
    if choice == 0:
        return "fields of the file's header", 0, _SECTOR, 4
    if choice == 1:
        table = struct.unpack_from("<I", content, 76)[0]
        return "allocation table", (table + 1) * _SECTOR, _SECTOR, 4
    if choice == 2:
        directory = struct.unpack_from("<I", content, 48)[0]
        return "directory", (directory + 1) * _SECTOR, 4 * _SECTOR, rng.choice((1, 2, 4))
    if choice in (3, 4):
        return "file information block", document, _FIB_BYTES, rng.choice((2, 4))
    if choice == 5 and len(streams) > 1:
        table_stream, table_size = streams[-1]
        return "tables", table_stream, table_size, rng.choice((1, 2, 4))
    return (
        "text and formatted pages",
        document + _FIB_BYTES,
        document_size - _FIB_BYTES,
        rng.choice((1, 2, 4)),
    )
