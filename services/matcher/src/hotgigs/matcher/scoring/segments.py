"""Rows that belong to owners, in the owners' order: the greatest and the sum of each owner's."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.intp]


def greatest(values: Floats, owner: Indexes, owners: int, *, least: float) -> Floats:
    """``values`` (rows, ...) to (owners, ...); ``least`` for an owner without rows. ``owner`` ascends."""
    found = np.full((owners, *values.shape[1:]), least)
    if len(values):
        present, starts = np.unique(owner, return_index=True)
        found[present] = np.maximum.reduceat(values, starts, axis=0)
    return found


def summed(values: Floats, owner: Indexes, owners: int) -> Floats:
    """``values`` (rows,) to (owners,), added in the order of the rows, so that the sum of one owner's is the
    same whoever else is there."""
    return np.asarray(np.bincount(owner, weights=values, minlength=owners), np.float64)


def numbered(counts: list[int]) -> Indexes:
    """0 as often as the first count says, 1 as often as the second, and so on."""
    return np.repeat(np.arange(len(counts)), counts)


def ramp(values: Floats, low: float, high: float) -> Floats:
    """0 up to ``low``, 1 from ``high`` on, straight between."""
    return np.clip((values - low) / (high - low), 0.0, 1.0)
