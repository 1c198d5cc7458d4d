"""How like the posting each job was, and the career as a whole."""

import numpy as np
from msgspec import Struct

from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.calibration import Calibration
from hotgigs.matcher.scoring.likeness import Likeness
from hotgigs.matcher.scoring.segments import Floats, greatest, ramp, summed


class Career(Struct, frozen=True, kw_only=True):
    """0 to 1 each: ``likeness`` and ``recency`` of jobs (j,), ``whole`` of candidates (n,)."""

    likeness: Floats
    recency: Floats
    whole: Floats


def career(found: Likeness, batch: Batch, calibration: Calibration) -> Career:
    """``likeness = a title + b text + (1 - a - b) mean(sentences)``, each by its ramp, or the title alone
    where there is no description; ``whole = c mean + (1 - c) max`` over jobs, the mean by years and recency.
    """
    if not found.sentences.shape[1]:
        likeness = ramp(found.title, *calibration.title_alone)
    else:
        likeness = (
            calibration.title_share * ramp(found.title, *calibration.title)
            + calibration.text_share * ramp(found.text, *calibration.text)
            + (1 - calibration.title_share - calibration.text_share)
            * ramp(found.sentences, *calibration.sentence).mean(axis=1)
        )
    recency = 0.5 ** (batch.years_ago / calibration.half_life_years)
    weight = np.maximum(batch.years, 0.25) * recency
    total = np.maximum(summed(weight, batch.job_owner, batch.n), 1e-9)
    mean = summed(likeness * weight, batch.job_owner, batch.n) / total
    best = greatest(likeness * (0.4 + 0.6 * recency), batch.job_owner, batch.n, least=0.0)
    whole = calibration.average_share * mean + (1 - calibration.average_share) * best
    return Career(likeness=likeness, recency=recency, whole=whole)
