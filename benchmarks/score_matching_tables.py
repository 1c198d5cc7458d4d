"""Tables of nDCG, precision and reciprocal rank of the matcher's scoring, and of its peers in the same run.

    python benchmarks/score_matching_tables.py CORPUS [--parsed] [--ablate] [--job JOB] [--out RUN.json]

Every person of CORPUS is scored for every job, without services: what the system finds over HTTP is in
``make bench``. With ``--parsed`` the people are what the parser understands of their resumes. ``--job`` shows
how one job's candidates come to their scores. Of a corpus in a folder named "unseen" only means are shown.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from matching_corpus import NEVER_LOOKED_AT, Corpus, documents_of, load_corpus
from matching_peers import Rankings, peer_rankings
from matching_scores import Packed, ablated, explained, packed, rankings
from options import REPOSITORY
from ranking import Figures, figures_by_job, mean
from remembered_vectors import RememberedVectors

VECTORS = REPOSITORY / "var" / "matching-vectors.npz"
CORPUS_DAY = date(2026, 11, 1)
"""Today, for the people and the grades of the corpora."""
_COLUMNS = ("nDCG@5", "nDCG@10", "P@3", "MRR")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--parsed", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--job", help="one job's id")
    parser.add_argument("--top", type=int, default=12, metavar="N", help="candidates shown with --job")
    parser.add_argument("--out", type=Path, help="the ranking, as score_matching.py reads it")
    parser.add_argument("--today", type=date.fromisoformat, default=CORPUS_DAY)
    options = parser.parse_args()
    vectors = RememberedVectors(VECTORS, threads=2)
    for folder in options.corpus:
        corpus = _loaded(folder, options.today, parses=options.parsed)
        features = packed(corpus, vectors.embed)
        ours = rankings(features, options.today)
        compared = {"ours": ours} | peer_rankings(corpus, vectors.embed)
        vectors.save()
        print(f"\n{folder.name}: {len(corpus.candidates)} people, {len(corpus.jobs)} jobs\n")
        _print_means(corpus, compared | (ablated(features, options.today) if options.ablate else {}))
        if folder.resolve().name == NEVER_LOOKED_AT:
            continue
        if options.job:
            _print_job(corpus, features, options.job, options.top, options.today)
        else:
            _print_jobs(corpus, compared)
        if options.out:
            options.out.write_text(json.dumps(ours))


def _loaded(folder: Path, today: date, *, parses: bool) -> Corpus:
    if not parses:
        return load_corpus(folder, today=today)
    with tempfile.TemporaryDirectory(prefix="hotgigs-matching-") as temporary:
        return load_corpus(folder, today=today, documents=documents_of(folder, Path(temporary)))


def _print_means(corpus: Corpus, compared: Mapping[str, Rankings]) -> None:
    print(f"| mean | {' | '.join(_COLUMNS)} |\n{'|---' * (len(_COLUMNS) + 1)}|")
    for name, ranking in compared.items():
        print(f"| {name} | {_row(mean(figures_by_job(corpus.qrels, ranking)))} |")


def _print_jobs(corpus: Corpus, compared: Mapping[str, Rankings]) -> None:
    of_jobs = {name: figures_by_job(corpus.qrels, ranking) for name, ranking in compared.items()}
    names = list(compared)
    print(f"\n| job | {' | '.join(_COLUMNS)} | {' | '.join(names[1:])} (nDCG@10) | |")
    print("|---" * (len(_COLUMNS) + len(names) + 1) + "|")
    for job, figures in of_jobs["ours"].items():
        others = " | ".join(f"{of_jobs[name][job].ndcg_at_10:.3f}" for name in names[1:])
        print(f"| {job} | {_row(figures)} | {others} | {corpus.jobs[job].title} |")


def _print_job(corpus: Corpus, features: Packed, job: str, most: int, today: date) -> None:
    grades = corpus.qrels[job]
    print(f"\n{job}: {corpus.jobs[job].title}, {corpus.jobs[job].location}")
    print("rank grade  id    total skill  exp.  edu. place  years")
    for rank, (candidate, each) in enumerate(explained(features, job, today), 1):
        if rank > most and grades.get(candidate, 0) < 2:
            continue
        parts = (
            each.score,
            each.skill_score,
            each.experience_score,
            each.education_score,
            each.location_score,
        )
        print(
            f"{rank:4} {grades.get(candidate, 0):5}  {candidate} "
            + " ".join(f"{part:5.1f}" for part in parts)
            + f" {each.relevant_years:6.1f} {each.seniority}, {each.nearness}"
            + f"{', capped: ' + ' '.join(each.caps) if each.caps else ''}"
            + f"; {corpus.candidates[candidate].title}"
        )
        met = [f"{one.term} ({one.how} {one.worth:.2f} {one.known_as or ''})" for one in each.met]
        print(f"       met: {', '.join(met)}\n       missing: {', '.join(each.missing)}")


def _row(figures: Figures) -> str:
    values: Sequence[float] = (figures.ndcg_at_5, figures.ndcg_at_10, figures.p_at_3, figures.mrr)
    return " | ".join(f"{value:.3f}" for value in values)


if __name__ == "__main__":
    main()
