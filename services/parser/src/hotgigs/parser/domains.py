"""The field of work, out of a closed list, by likeness of meaning; none where it is not clear."""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from hotgigs.embeddings import Vectors
from hotgigs.parser.vocabulary import load

# On 88 people of the practice material, asked with their latest title and six skills, these name a domain
# for 58, rightly every time; without them it is wrong for one in ten.
LEAST_COSINE = 0.45
LEAST_MARGIN = 0.06
"""Over the next domain."""


def domain_of(vector: NDArray[np.float32]) -> str | None:
    """The domain that a text with this unit vector belongs to."""
    names, starts, vectors = _domains()
    cosines = np.maximum.reduceat(vectors @ vector, starts)
    best, second = np.argsort(-cosines, kind="stable")[:2]
    clear = cosines[best] >= LEAST_COSINE and cosines[best] - cosines[second] >= LEAST_MARGIN
    return names[best] if clear else None


def domain_texts() -> dict[str, list[str]]:
    """What tells of each domain, by its name."""
    texts: dict[str, list[str]] = load("domains")["domains"]
    return texts


@cache
def _domains() -> tuple[list[str], NDArray[np.intp], Vectors]:
    """The names, where the vectors of each begin, and the vectors."""
    texts = domain_texts()
    starts = np.cumsum([0, *(len(told) for told in texts.values())])[:-1]
    with files("hotgigs.parser.vocabulary").joinpath("domain_vectors.npy").open("rb") as file:
        return list(texts), starts, np.load(file, allow_pickle=False).astype(np.float32)
