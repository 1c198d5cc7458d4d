"""Matching: whom the whole system finds for graded jobs, and how fast beside 100,000 candidates.

Quality: resumes are uploaded, jobs posted, and the matches read over HTTP as the jobs' owner; the peers and
the ablation are of the same resumes in the same run. Scale: the people, postings and texts are generated
(`matching_people`); the model embeds their some thousand sentences, titles and skills, and what is made of
several of these has their mean, perturbed (`market_vectors`). New jobs and candidates are embedded in full,
by the matcher's own process, and their times are from the command to stored matches. Databases are of very
different sizes; each keeps its own best.
"""

from pathlib import Path

from matching_corpus import NEVER_LOOKED_AT, PRACTICE, documents_of
from matching_quality import quality
from matching_scale import scale
from options import Options
from page import Row
from remembered_vectors import RememberedVectors

TITLE = "Matching: whom it finds, and how fast"


def run(options: Options) -> list[Row]:
    rows: list[Row] = []
    vectors = RememberedVectors(threads=2)
    for corpus in _corpora(options):
        folder = options.folder / corpus.name
        folder.mkdir()
        rows += quality(corpus, documents_of(corpus, options.folder), folder, vectors)
    return rows + scale(options)


def _corpora(options: Options) -> list[Path]:
    """Those that are here."""
    found = (options.corpus.parent / "corpus-matching", PRACTICE / NEVER_LOOKED_AT)
    return [corpus for corpus in found if (corpus / "qrels.json").exists()][: options.pick(full=2, quick=1)]
