"""Vectors of one byte a component, whose products come out the same whatever they are computed beside.

A component c of a unit vector is kept as the integer nearest to 127 c / m, where m is the greatest of the
vector; a product of two such vectors is a sum of 384 integers, below 2^24, which 32-bit floats add without
rounding.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.embeddings import DIMENSIONS, Vectors

Bytes = NDArray[np.int8]


def quantised(vectors: Vectors) -> Bytes:
    """Of shape (n, 384)."""
    greatest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9)
    whole: Bytes = np.rint(vectors / greatest * 127).astype(np.int8)
    return whole


def unpacked(packed: bytes) -> Bytes:
    return np.frombuffer(packed, np.int8).reshape(-1, DIMENSIONS)


def joined(parts: Sequence[bytes]) -> Bytes:
    """The rows of all of them, in order."""
    return np.frombuffer(b"".join(parts), np.int8).reshape(-1, DIMENSIONS)


class Measured(Struct, frozen=True):
    """Rows, and the length of each: made once for all that they are compared with."""

    rows: NDArray[np.float32]
    lengths: NDArray[np.float64]


def measured(vectors: Bytes) -> Measured:
    rows = vectors.astype(np.float32)
    squares = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
    return Measured(rows, np.sqrt(np.maximum(squares, 1.0)))


def cosines(left: Measured, right: Measured) -> NDArray[np.float64]:
    """Of shape (rows of left, rows of right): the same for two rows, whichever others are there."""
    products: NDArray[np.float64] = (left.rows @ right.rows.T).astype(np.float64)
    products /= left.lengths[:, None]
    products /= right.lengths[None, :]
    return products
