"""Vectors for an invented labour market's texts, of which the model sees the pieces only."""

import re
from collections.abc import Sequence

import numpy as np
from remembered_vectors import RememberedVectors

from hotgigs.embeddings import DIMENSIONS, Vectors

_BETWEEN = re.compile(r"(?<=[.;])\s+|: ")
_MOVED = 0.3
"""The length of what is added to a unit vector."""


class MarketVectors:
    """A title, a skill, a degree or one sentence has the model's vector. Of several of these, as a job's text
    is, the vector is their mean, moved by noise so that no two people are in one place: hundreds of
    thousands of texts are made of some thousands."""

    def __init__(self, pieces: RememberedVectors, *, seed: Sequence[int]) -> None:
        self._pieces = pieces
        self._random = np.random.default_rng(seed)

    def embed(self, texts: Sequence[str]) -> Vectors:
        parts = [[piece.rstrip(".;") for piece in _BETWEEN.split(text)] for text in texts]
        embedded = self._pieces.embed([piece for pieces in parts for piece in pieces])
        starts = np.cumsum([0, *map(len, parts)])[:-1]
        vectors = np.add.reduceat(embedded, starts) if len(texts) else embedded
        several = np.array([len(pieces) > 1 for pieces in parts], bool)
        vectors[several] = moved(unit(vectors[several]), self._random)
        return unit(vectors)


def moved(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """Of length 1, in another direction each."""
    noise = random.standard_normal(vectors.shape, dtype=np.float32) * (_MOVED / DIMENSIONS**0.5)
    return unit(vectors + noise)


def unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)
