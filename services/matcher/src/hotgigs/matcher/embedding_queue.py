"""One model for all threads of the process: what they ask for at the same time is embedded together."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

import numpy as np
from prometheus_client import Counter, Histogram

from hotgigs.embeddings import Vectors

MOST_TEXTS = 64
"""Of a batch, but for one request that has more by itself: who asks for one waits for no more than these."""
SHORT = 60
"""Characters of a text that is likely to come again: the name of a skill, a title."""
MOST_REMEMBERED = 20_000
"""Vectors of short texts: some 30 MiB."""

_duration = Histogram("hotgigs_embedding_duration_seconds", "Time of the model for a batch of texts")
_texts = Counter("hotgigs_embedded_texts_total", "Texts that the model was given")


class Embeds(Protocol):
    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given."""
        ...


class EmbeddingQueue:
    """Started when it is made, and to be closed. A batch is what waits when the one before it is done."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._waiting: SimpleQueue[tuple[list[str], Future[Vectors]] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="embedding", daemon=True)
        self._thread.start()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Blocks; not for the event loop. Raises what the embedder raises."""
        answer: Future[Vectors] = Future()
        self._waiting.put((list(texts), answer))
        return answer.result()

    def close(self) -> None:
        """What waits is still answered."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (request := self._waiting.get()) is not None:
            batch = [request]
            is_closing = False
            while sum(len(texts) for texts, _ in batch) < MOST_TEXTS:
                try:
                    another = self._waiting.get_nowait()
                except Empty:
                    break
                if another is None:
                    is_closing = True
                    break
                batch.append(another)
            self._answer(batch)
            if is_closing:
                return

    def _answer(self, batch: Sequence[tuple[list[str], Future[Vectors]]]) -> None:
        try:
            vectors = self._vectors_of([text for texts, _ in batch for text in texts])
        except Exception as err:  # noqa: BLE001 - whatever it was, each who asked is to hear of it
            for _, answer in batch:
                answer.set_exception(err)
            return
        start = 0
        for texts, answer in batch:
            answer.set_result(vectors[start : start + len(texts)])
            start += len(texts)

    def _vectors_of(self, texts: Sequence[str]) -> Vectors:
        known = {text: self._remembered[text] for text in texts if text in self._remembered}
        for text in known:
            self._remembered.move_to_end(text)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            with _duration.time():
                known |= zip(new, self._embedder.embed(new), strict=True)
            _texts.inc(len(new))
        for text in new:
            if len(text) <= SHORT:
                self._remembered[text] = known[text].copy()
        while len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._embedder.embed([])
