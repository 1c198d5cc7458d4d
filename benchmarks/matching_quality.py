"""Rankings that the whole system gives: resumes uploaded, jobs posted, matches read over HTTP; beside what
needs no more than a library, and beside the same scoring without one of its parts."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from matching_client import MatchingRecruiter
from matching_corpus import Corpus, load_corpus, load_jobs
from matching_peers import Rankings, peer_rankings
from matching_scores import ablated, packed, rankings
from page import Row
from ranking import Figures, figures_by_job, mean
from remembered_vectors import RememberedVectors
from system import embedded_system


def quality(corpus_folder: Path, documents: Path, folder: Path, vectors: RememberedVectors) -> list[Row]:
    """``documents`` are named by the candidates' ids."""
    today = datetime.now(UTC).date()
    with embedded_system(folder) as port:
        found = through_the_system(port, corpus_folder, documents)
    corpus = load_corpus(corpus_folder, today=today, documents=documents)
    features = packed(corpus, vectors.embed)
    alone = rankings(features, today)
    ours = _mean(corpus, found)
    rows = [
        Row(
            what=f"{corpus_folder.name}: {len(corpus.candidates)} people, {len(corpus.jobs)} jobs",
            ours=_told(ours),
        ),
        Row(what="  of it the same scoring without services", ours=_told(_mean(corpus, alone))),
        *(
            Row(what=f"  {name}", ours="", peer=_told(_mean(corpus, ranking)))
            for name, ranking in peer_rankings(corpus, vectors.embed).items()
        ),
        *(
            Row(what=f"  {name}", ours=_told(_mean(corpus, ranking)))
            for name, ranking in ablated(features, today).items()
        ),
    ]
    vectors.save()
    return rows


def through_the_system(port: int, corpus: Path, documents: Path) -> Rankings:
    recruiter = MatchingRecruiter(port)
    people = recruiter.upload(sorted(documents.iterdir()))
    recruiter.await_matches(candidates=list(people))
    jobs = {key: recruiter.post(posting) for key, posting in load_jobs(corpus).items()}
    recruiter.await_matches(jobs=list(jobs.values()))
    return {
        key: [people[UUID(match["candidate_id"])] for match in recruiter.matches(job_id)]
        for key, job_id in jobs.items()
    }


def _mean(corpus: Corpus, ranking: Rankings) -> Figures:
    return mean(figures_by_job(corpus.qrels, ranking))


def _told(figures: Figures) -> str:
    return f"nDCG@10 {figures.ndcg_at_10:.3f}  P@3 {figures.p_at_3:.3f}"
