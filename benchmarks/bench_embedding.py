"""Milliseconds a batch of texts on one thread: `Embedder` against sentence-transformers on torch, where
that is installed.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from options import Options
from page import Row, duration
from timing import interleaved

from hotgigs.embeddings import Embedder, Vectors
from hotgigs.embeddings.model_files import model_file

TITLE = "Embedding with all-MiniLM-L6-v2, ms on one thread"

_WORDS = (
    "led the migration of the tariff module from one framework to another with no downtime for 14 million"
    " subscribers and cut the monthly run from hours to minutes"
)
Encode = Callable[[Sequence[str]], Vectors]


def run(options: Options) -> list[Row]:
    rounds = options.pick(full=15, quick=3)
    ours, peer = Embedder().embed, _sentence_transformers()
    rows = []
    for words in ((10,), (20,) * 5, (6, 10, 14, 18, 22, 26, 30, 34), (110,) * 8):
        rows.append(_row(words, ours, peer, rounds))
    return rows


def _row(words: Sequence[int], ours: Encode, peer: Encode | None, rounds: int) -> Row:
    texts = [" ".join((_WORDS.split() * 5)[:count]) for count in words]
    competitors: dict[str, Callable[[], object]] = {"ours": lambda: ours(texts)}
    if peer is not None:
        cosines = (ours(texts) * peer(texts)).sum(axis=1)
        assert cosines.min() > 0.9999
        competitors["peer"] = lambda: peer(texts)
    taken = interleaved(competitors, rounds=rounds)
    shortest, longest = min(words), max(words)
    length = f"{shortest}" if shortest == longest else f"{shortest} to {longest}"
    what = f"{len(words)} texts of {length} words" if len(words) > 1 else f"one text of {length} words"
    if peer is not None:
        return duration(what, taken["ours"], "sentence-transformers", taken["peer"])
    return Row(what=what, ours=f"{taken['ours'] * 1000:.2f} ms", peer="sentence-transformers: not installed")


def _sentence_transformers() -> Encode | None:
    if find_spec("sentence_transformers") is None:
        return None
    import torch  # noqa: PLC0415 - a peer, which need not be there
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    torch.set_num_threads(1)
    model = SentenceTransformer(str(model_file("config.json").parent), device="cpu")
    return lambda texts: model.encode(list(texts), normalize_embeddings=True)
