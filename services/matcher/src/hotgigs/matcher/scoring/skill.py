"""The skill part: which of a job's terms are met, how well, and where that shows."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.calibration import Calibration
from hotgigs.matcher.scoring.career import Career
from hotgigs.matcher.scoring.likeness import Likeness
from hotgigs.matcher.scoring.segments import Floats, Indexes, greatest, ramp


class Skills(Struct, frozen=True, kw_only=True):
    """``score`` (n,) 0 to 100; ``worth`` (n, a) 0 to 1 of each ask."""

    score: Floats
    worth: Floats
    in_jobs: Floats
    """(j, a): what each job shows."""


def skill_score(
    found: Likeness, career: Career, batch: Batch, is_required: NDArray[np.bool_], calibration: Calibration
) -> Skills:
    """Of an ask: ``max(job, list, presumed)``, where a job's evidence, by name or by meaning, is discounted
    for being long ago and for standing in work that is nothing like the posting, and a list is believed as
    far as the work is like it.

    ``skills = (1 - d) mean(required) + d duties``, and of that and the preferred a weighted mean; without a
    description the required alone, and the career's likeness without either. However well the rest is met,
    what is required and not proven keeps the part below 100. ``is_required`` is of asks.
    """
    term_of = found.lookup.term_of
    unlike = 1 - calibration.unlike_discount * (1 - career.likeness)
    old = 1 - calibration.old_discount * (1 - career.recency)
    by_meaning = calibration.meaning_worth * ramp(found.terms, *calibration.meaning)[:, term_of]
    in_jobs = np.maximum(found.named.worth, by_meaning) * (unlike * old)[:, None]
    shown = greatest(in_jobs, batch.job_owner, batch.n, least=0.0)
    believed = calibration.listed + calibration.listed_like * career.whole
    like_listed = ramp(found.items, *calibration.listed_meaning)[:, term_of]
    listed = np.maximum(found.listed.worth, like_listed) * believed[:, None]
    worth = np.maximum(shown, listed)
    counted = np.maximum(worth, calibration.presumed * career.whole[:, None])
    described = found.sentences.shape[1] > 0
    score = _duties(found, career, batch, calibration) if described else career.whole
    most = np.ones(batch.n)
    if is_required.any():
        required = _mean_of_terms(counted, term_of, is_required)
        duties_share = calibration.duties_share if described else 0.0
        score = (1 - duties_share) * required + duties_share * score
        met = _mean_of_terms(np.minimum(worth / calibration.proven, 1.0), term_of, is_required)
        most = 1 - calibration.held_back * (1 - met)
    if not is_required.all():
        preferred = _mean_of_terms(counted, term_of, ~is_required)
        score = (1 - calibration.preferred_share) * score + calibration.preferred_share * preferred
    return Skills(
        score=100 * np.minimum(score / calibration.stretch, most),
        worth=worth,
        in_jobs=in_jobs,
    )


def _duties(found: Likeness, career: Career, batch: Batch, calibration: Calibration) -> Floats:
    """(n,): how much of what the description says shows in jobs."""
    old = 1 - calibration.old_discount * (1 - career.recency)
    in_jobs = ramp(found.sentences, *calibration.duty) * old[:, None]
    shown = greatest(in_jobs, batch.job_owner, batch.n, least=0.0)
    discount: Floats = 1 - calibration.duties_unlike_discount * (1 - career.whole)
    share: Floats = shown.mean(axis=1)
    return share * discount


def _mean_of_terms(worth: Floats, term_of: Indexes, counted: NDArray[np.bool_]) -> Floats:
    """(n,): the mean over terms of the means over their asks."""
    terms = np.unique(term_of[counted])
    total = np.zeros(len(worth))
    for term in terms:
        total += worth[:, term_of == term].mean(axis=1)
    return total / len(terms)
