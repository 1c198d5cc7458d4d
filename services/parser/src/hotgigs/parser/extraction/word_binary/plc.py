"""PLC, [MS-DOC] 2.2.2: n + 1 ascending positions, then n records of one size between them."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Plc:
    positions: tuple[int, ...]
    records: tuple[bytes, ...]

    def at(self, position: int) -> bytes | None:
        """The record whose range holds ``position``."""
        index = bisect_right(self.positions, position) - 1
        return self.records[index] if 0 <= index < len(self.records) else None


def read_plc(data: bytes, record_bytes: int) -> Plc:
    """Empty where ``data`` is too short for a single record or its positions do not ascend.

    The last position is not looked at: where it only ends the structure, it may be anything.
    """
    count = max(0, (len(data) - 4) // (4 + record_bytes))
    if not count:
        return Plc((), ())
    positions = struct.unpack_from(f"<{count + 1}I", data)
    if any(following < position for position, following in pairwise(positions[:-1])):
        return Plc((), ())
    start = 4 * (count + 1)
    records = tuple(data[start + i * record_bytes : start + (i + 1) * record_bytes] for i in range(count))
    return Plc(positions, records)
