"""Mutations that know nothing of a format: cuts, flips, stretches moved, numbers made extreme."""

import re
import struct
from collections.abc import Callable, Sequence
from random import Random

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NUMBERS = (
    b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"2147483647", b"2147483648", b"-2147483649",
    b"4294967296", b"9999999999", b"99999999999999999999", b"1e38", b"-1e38", b"1e-38", b"0.00000001",
    b"nan", b"inf", b"3.4028236e38",
)  # fmt: skip
INTEGERS = (
    0,
    1,
    2,
    3,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF,
)


def cut(rng: Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def cut_at_the_beginning(rng: Random, content: bytes) -> bytes:
    head = content[: rng.choice((0, 8, 16, 512))]
    return head + content[rng.randrange(len(content) + 1) :]


def flipped(rng: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 2, 5, 40, 400)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def overwritten(rng: Random, content: bytes) -> bytes:
    at, size = _stretch(rng, content)
    fill = rng.choice((b"\0", b"\xff", b" ", b"A", bytes([rng.randrange(256)])))
    return content[:at] + fill * size + content[at + size :]


def removed(rng: Random, content: bytes) -> bytes:
    at, size = _stretch(rng, content)
    return content[:at] + content[at + size :]


def repeated(rng: Random, content: bytes) -> bytes:
    at, size = _stretch(rng, content)
    size = min(size, 2000)
    return content[:at] + content[at : at + size] * rng.choice((2, 3, 20, 200)) + content[at + size :]


def swapped(rng: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    one, size = _stretch(rng, content)
    other = rng.randrange(len(content) + 1)
    changed[one : one + size], changed[other : other + size] = (
        content[other : other + size],
        content[one : one + size],
    )
    return bytes(changed)


def with_extreme_integers(rng: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8))):
        width = rng.choice("BHIQ")
        size = struct.calcsize(f"<{width}")
        if len(changed) > size:
            at = rng.randrange(len(changed) - size) // rng.choice((1, 2, 4)) * rng.choice((1, 2, 4))
            if at + size <= len(changed):
                value = rng.choice(INTEGERS) & ((1 << 8 * size) - 1)
                struct.pack_into(f"<{width}", changed, at, value)
    return bytes(changed)


def with_extreme_numbers(rng: Random, content: bytes) -> bytes:
    """In text: a few of the decimal numbers replaced."""
    places = [match.span() for match in _NUMBER.finditer(content)]
    if not places:
        return content
    chosen = sorted(rng.sample(places, min(len(places), rng.choice((1, 1, 2, 5, 30)))), reverse=True)
    for begin, end in chosen:
        content = content[:begin] + rng.choice(NUMBERS) + content[end:]
    return content


def _stretch(rng: Random, content: bytes) -> tuple[int, int]:
    at = rng.randrange(len(content) + 1)
    return at, rng.choice((1, 4, 16, 64, 512, 4096, 20_000))


PLAIN: tuple[Callable[[Random, bytes], bytes], ...] = (
    cut, cut, cut_at_the_beginning, flipped, overwritten, removed, repeated, swapped,
    with_extreme_integers, with_extreme_numbers,
)  # fmt: skip


def mutated(rng: Random, content: bytes, others: Sequence[bytes]) -> tuple[str, bytes]:
    if rng.random() < 0.05:
        other = rng.choice(others)
        return "spliced", cut(rng, content) + other[rng.randrange(len(other) + 1) :]
    change = rng.choice(PLAIN)
    return change.__name__.replace("_", " "), change(rng, content)
