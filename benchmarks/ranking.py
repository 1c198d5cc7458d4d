"""How good rankings are against graded relevance: of one job, and the mean over jobs.

Grades are 0 (no) to 3 (interview). nDCG as Järvelin and Kekäläinen (2002) discount it, with the gain
``2 ** grade - 1`` of Burges et al. (2005).
"""

import math
import statistics
from collections.abc import Mapping, Sequence

from msgspec import Struct

RELEVANT = 2
"""A candidate of this grade or better counts as found."""

Grades = Mapping[str, int]
"""By candidate; who is not there has grade 0."""


class Figures(Struct, frozen=True):
    """All 0 to 1. ``p_at_3`` is of as many as can be found; ``mrr`` is one over the rank of the first
    candidate of the job's best grade."""

    ndcg_at_5: float
    ndcg_at_10: float
    p_at_3: float
    mrr: float


def figures(grades: Grades, ranked: Sequence[str]) -> Figures:
    """``ranked`` are candidates, the best first; one that is named again counts once. Somebody must be
    relevant."""
    got = [grades.get(candidate, 0) for candidate in dict.fromkeys(ranked)]
    best = sorted(grades.values(), reverse=True)
    findable = min(3, sum(grade >= RELEVANT for grade in best))
    return Figures(
        ndcg_at_5=_dcg(got[:5]) / _dcg(best[:5]),
        ndcg_at_10=_dcg(got[:10]) / _dcg(best[:10]),
        p_at_3=sum(grade >= RELEVANT for grade in got[:3]) / findable,
        mrr=next((1 / rank for rank, grade in enumerate(got, 1) if grade == best[0]), 0.0),
    )


def figures_by_job(qrels: Mapping[str, Grades], ranked: Mapping[str, Sequence[str]]) -> dict[str, Figures]:
    """Of the jobs for which somebody is relevant; a job without a ranking has found nobody."""
    return {
        job: figures(grades, ranked.get(job, ()))
        for job, grades in qrels.items()
        if max(grades.values(), default=0) >= RELEVANT
    }


def mean(of_jobs: Mapping[str, Figures]) -> Figures:
    names = Figures.__struct_fields__
    return Figures(*(statistics.fmean(getattr(each, name) for each in of_jobs.values()) for name in names))


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
