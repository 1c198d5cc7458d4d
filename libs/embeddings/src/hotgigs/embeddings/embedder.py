"""Texts to unit vectors."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from hotgigs.embeddings.model_files import TOKENIZER, WEIGHTS, model_file
from hotgigs.embeddings.network import Network

DIMENSIONS = 384
MAX_TOKENS = 256
"""Of a text, as sentence-transformers cuts for this model; what follows is not seen."""
MAX_BATCH_TOKENS = 2048
"""Of one run, padding included: bounds its memory to some 50 MiB; larger runs are no faster."""

Vectors = NDArray[np.float32]
"""Of shape (texts, 384), each row of length 1: the dot product of two is their cosine."""


class Embedder:
    """Loads the model at first use, or at `load`; safe to use from several threads.

    ``folder`` has another model of the same shape, such as a fine-tuned one.
    """

    def __init__(self, *, threads: int = 1, max_tokens: int = MAX_TOKENS, folder: Path | None = None) -> None:
        self._threads = threads
        self._folder = folder
        self._max_tokens = min(max_tokens, MAX_TOKENS)
        self._loading = Lock()

    def load(self) -> None:
        """Raises ModelMissing."""
        with self._loading:
            self._model  # noqa: B018

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given. The same texts give the same bits on the same machine; a
        text in other company may differ in the last ones. Raises ModelMissing."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        if not texts:
            return vectors
        self.load()
        tokenizer, network = self._model
        # One by one: a batch of them is tokenized by threads of its own.
        tokens = [tokenizer.encode(text).ids for text in texts]
        for batch in _batches([len(ids) for ids in tokens]):
            vectors[batch] = network.run(*_padded([tokens[index] for index in batch]))
        return vectors

    @cached_property
    def _model(self) -> tuple[Tokenizer, Network]:
        tokenizer = Tokenizer.from_file(str(model_file(TOKENIZER, folder=self._folder)))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer, Network(model_file(WEIGHTS, folder=self._folder), threads=self._threads)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indexes, texts of like length together, so that little is computed on padding."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > MAX_BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    yield batch


def _padded(texts: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    shape = len(texts), max(map(len, texts))
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int32)
    for row, tokens in enumerate(texts):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return ids, mask
