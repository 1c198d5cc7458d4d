"""The OLE compound file, [MS-CFB]: a small file system in which Word 97-2003 keeps its streams.

Only what is asked for is read, and every chain of sectors is bounded by the size of the file, so a
hostile file costs no more than an honest one of its size.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from hotgigs.filetypes.errors import Damaged, Truncated

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_BYTES = 512
_DIRECTORY_ENTRY_BYTES = 128
_MAX_DIRECTORY_ENTRIES = 4096
_MINI_SECTOR_BYTES = 64
_MINI_STREAM_CUTOFF = 4096
_MAX_REGULAR_SECTOR = 0xFFFFFFFA
_FREE_SECTOR = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True)
class _Entry:
    start: int
    size: int


class CompoundFile:
    """Raises `Truncated` where the file ends too early and `Damaged` where it contradicts itself."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        header = self._read_at(0, _HEADER_BYTES)
        if header[:8] != MAGIC:
            raise Damaged
        sector_shift = struct.unpack_from("<H", header, 30)[0]
        if sector_shift not in (9, 12):
            raise Damaged
        self._sector_bytes = 1 << sector_shift
        self._sector_count = self._size // self._sector_bytes + 1
        self._first_minifat_sector = struct.unpack_from("<I", header, 60)[0]
        self._first_difat_sector = struct.unpack_from("<I", header, 68)[0]
        self._header_difat = struct.unpack_from("<109I", header, 76)
        self._fat_page = lru_cache(maxsize=64)(self._read_fat_page)
        self._fat_sectors = tuple(self._list_fat_sectors())
        self._root = _Entry(0, 0)
        self._streams: dict[str, _Entry] = {}
        self._read_directory(struct.unpack_from("<I", header, 48)[0])

    @property
    def names(self) -> frozenset[str]:
        """Of all streams, at whatever depth."""
        return frozenset(self._streams)

    def read(self, name: str, max_bytes: int | None = None) -> bytes:
        """The stream's bytes, at most ``max_bytes`` of them; `Damaged` where there is no such stream."""
        entry = self._streams.get(name)
        if entry is None:
            raise Damaged
        wanted = entry.size if max_bytes is None else min(entry.size, max_bytes)
        if wanted > self._size:
            raise Truncated
        if entry.size >= _MINI_STREAM_CUTOFF:
            return self._read_chain(entry.start, wanted)
        return self._read_mini_chain(entry.start, wanted)

    def require_whole(self, name: str) -> None:
        """Raises unless the chain of the stream's sectors is complete and inside the file."""
        entry = self._streams.get(name)
        if entry is None or entry.size < _MINI_STREAM_CUTOFF:
            entry = self._root
        needed = -(-entry.size // self._sector_bytes)
        count = 0
        for sector in islice(self._chain(entry.start), needed):
            if (sector + 1) * self._sector_bytes >= self._size:
                raise Truncated
            count += 1
        if count < needed:
            raise Truncated

    def _read_at(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(size)
        if len(data) < size:
            raise Truncated
        return data

    def _read_sector(self, sector: int) -> bytes:
        """The last sector of a file need not be padded; anything missing there reads as zeros."""
        offset = (sector + 1) * self._sector_bytes
        if offset >= self._size:
            raise Truncated
        self._file.seek(offset)
        return self._file.read(self._sector_bytes).ljust(self._sector_bytes, b"\0")

    def _list_fat_sectors(self) -> Iterator[int]:
        yield from (sector for sector in self._header_difat if sector < _MAX_REGULAR_SECTOR)
        sector = self._first_difat_sector
        entries = self._sector_bytes // 4 - 1
        for _ in range(self._sector_count // entries + 1):
            if sector >= _MAX_REGULAR_SECTOR:
                return
            *difat, sector = struct.unpack(f"<{entries + 1}I", self._read_sector(sector))
            yield from (entry for entry in difat if entry < _MAX_REGULAR_SECTOR)

    def _read_fat_page(self, page: int) -> tuple[int, ...]:
        if page >= len(self._fat_sectors):
            raise Damaged
        return struct.unpack(f"<{self._sector_bytes // 4}I", self._read_sector(self._fat_sectors[page]))

    def _chain(self, sector: int) -> Iterator[int]:
        """Sectors from ``sector`` on; `Damaged` where the chain is longer than the file."""
        for _ in range(self._sector_count):
            if sector >= _MAX_REGULAR_SECTOR:
                return
            yield sector
            page, index = divmod(sector, self._sector_bytes // 4)
            sector = self._fat_page(page)[index]
            if sector == _FREE_SECTOR:
                raise Damaged
        raise Damaged

    def _read_chain(self, start: int, size: int) -> bytes:
        sectors = islice(self._chain(start), -(-size // self._sector_bytes))
        data = b"".join(self._read_sector(sector) for sector in sectors)
        if len(data) < size:
            raise Truncated
        return data[:size]

    def _read_mini_chain(self, sector: int, size: int) -> bytes:
        if self._root.size > self._size:
            raise Truncated
        mini_stream = self._read_chain(self._root.start, self._root.size)
        minifat_pages = tuple(self._chain(self._first_minifat_sector))
        minifat = b"".join(self._read_sector(page) for page in minifat_pages)
        data = bytearray()
        while len(data) < size:
            offset = sector * _MINI_SECTOR_BYTES
            if offset >= len(mini_stream) or (sector + 1) * 4 > len(minifat):
                raise Damaged
            data += mini_stream[offset : offset + _MINI_SECTOR_BYTES]
            sector = struct.unpack_from("<I", minifat, sector * 4)[0]
        return bytes(data[:size])

    def _read_directory(self, start: int) -> None:
        per_sector = self._sector_bytes // _DIRECTORY_ENTRY_BYTES
        for sector in islice(self._chain(start), _MAX_DIRECTORY_ENTRIES // per_sector):
            data = self._read_sector(sector)
            for offset in range(0, self._sector_bytes, _DIRECTORY_ENTRY_BYTES):
                self._read_entry(data[offset : offset + _DIRECTORY_ENTRY_BYTES])

    def _read_entry(self, entry: bytes) -> None:
        name_bytes, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == _ROOT:
            self._root = _Entry(start, size)
        elif kind == _STREAM and 2 <= name_bytes <= 64:
            name = entry[: name_bytes - 2].decode("utf-16-le", errors="replace")
            self._streams.setdefault(name, _Entry(start, size))
