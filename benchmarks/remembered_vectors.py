"""Vectors of texts that were embedded before, kept in a file."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from hotgigs.embeddings import DIMENSIONS, Embedder, Vectors


class RememberedVectors:
    """Embeds each text once. A text by itself and in other company differ in the last bits, so that
    figures do not depend on what was asked for first."""

    def __init__(self, file: Path | None = None, *, threads: int = 1) -> None:
        """Without ``file`` they are remembered for as long as this lives."""
        self._embedder = Embedder(threads=threads)
        self._file = file
        self._known: dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}
        if file is not None and file.exists():
            with np.load(file) as kept:
                self._known = dict(zip(map(bytes, kept["keys"]), kept["vectors"], strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [sha256(text.encode()).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self._embedder.embed(list(new.values())), strict=True))
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for row, key in enumerate(keys):
            vectors[row] = self._known[key]
        return vectors

    def save(self) -> None:
        if self._file is None or not self._known:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(self._known), np.uint8).reshape(len(self._known), -1)
        partial = self._file.with_name(f"{self._file.name}.{id(self)}.npz")
        np.savez(partial, keys=keys, vectors=np.stack(list(self._known.values())))
        partial.replace(self._file)
