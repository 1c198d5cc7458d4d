from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest
from prometheus_client import REGISTRY
from support.matcher_service import word_vectors

from hotgigs.embeddings import Vectors
from hotgigs.matcher import embedding_queue
from hotgigs.matcher.embedding_queue import EmbeddingQueue


class Model:
    """Holds its first batch until it is let go on."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.began, self.go_on = Event(), Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.began.set()
        self.go_on.wait(10)
        if "bad" in texts:
            raise ValueError("bad")
        return word_vectors(texts)


@pytest.fixture
def model() -> Model:
    return Model()


def test_what_waits_is_embedded_together_and_each_has_its_own(model: Model) -> None:
    queue = EmbeddingQueue(model)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(queue.embed, ["a"])
        model.began.wait(10)
        second, third = pool.submit(queue.embed, ["b", "c"]), pool.submit(queue.embed, ["d"])
        while queue._waiting.qsize() < 2:
            pass
        model.go_on.set()
        for asked, texts in ((first, ["a"]), (second, ["b", "c"]), (third, ["d"])):
            assert np.array_equal(asked.result(10), word_vectors(texts))
    queue.close()
    assert sorted(map(len, model.batches)) == [1, 3]


def test_who_asks_hears_of_what_failed_and_the_next_is_answered(model: Model) -> None:
    model.go_on.set()
    queue = EmbeddingQueue(model)
    with pytest.raises(ValueError, match="bad"):
        queue.embed(["bad"])
    assert len(queue.embed(["good"])) == 1
    queue.close()


def test_what_waits_when_it_is_closed_is_answered(model: Model) -> None:
    queue = EmbeddingQueue(model)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(queue.embed, ["a"])
        model.began.wait(10)
        second = pool.submit(queue.embed, ["b"])
        while not queue._waiting.qsize():
            pass
        model.go_on.set()
        queue.close()
        assert len(first.result(10)) == len(second.result(10)) == 1


def test_a_short_text_that_comes_again_is_not_embedded_again(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_queue, "MOST_REMEMBERED", 2)
    model.go_on.set()
    queue = EmbeddingQueue(model)
    long = "word " * 20
    first = queue.embed(["a", "b", long, "a"])
    assert np.array_equal(queue.embed(["a", long, "b"]), first[[0, 2, 1]])
    queue.embed(["c"])  # which takes the place of the one that was asked for the longest ago
    queue.embed(["b", "a"])
    queue.close()
    assert model.batches == [["a", "b", long], [long], ["c"], ["a"]]


def test_texts_that_the_model_is_given_are_counted(model: Model) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("hotgigs_embedded_texts_total") or 0.0

    model.go_on.set()
    queue = EmbeddingQueue(model)
    before = counted()
    queue.embed(["a", "b", "a"])
    queue.embed(["b", "c"])
    queue.close()
    assert counted() - before == 3
