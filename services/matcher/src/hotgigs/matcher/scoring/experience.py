"""The experience part: years of like work, and how far up they lead."""

import numpy as np
from msgspec import Struct

from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.calibration import Calibration
from hotgigs.matcher.scoring.career import Career
from hotgigs.matcher.scoring.features import PackedJob
from hotgigs.matcher.scoring.segments import Floats, ramp, summed

_LEAST = 0.15
"""Of the part, whatever the steps between."""
_LEAST_OF_TOO_MANY_YEARS = 0.4
_FITS_ABOVE, _FITS_BELOW = 0.5, 0.5


class Experience(Struct, frozen=True, kw_only=True):
    """(n,) each: ``score`` 0 to 100, years of like work, and steps above the job."""

    score: Floats
    relevant_years: Floats
    gap: Floats


def experience_score(job: PackedJob, career: Career, batch: Batch, calibration: Calibration) -> Experience:
    """``(s likeness + (1 - s) years sqrt(likeness)) steps``: years count as far as they are like the posting
    and lately; too many lose little, and to stand below a job loses more than to stand above it."""
    like = batch.years * ramp(career.likeness, *calibration.relevant)
    relevant = summed(like, batch.job_owner, batch.n)
    lately = summed(like * (0.3 + 0.7 * career.recency), batch.job_owner, batch.n)
    whole = np.minimum(career.whole / calibration.likeness_full, 1.0)
    asked = max(job.min_years or 0.0, 0.0) * calibration.relevant_share
    years = np.minimum((lately + calibration.grace_years) / (asked + calibration.grace_years), 1.0)
    if job.max_years is not None:
        over = np.maximum(batch.total_years - job.max_years - 0.5, 0.0)
        years = years * np.maximum(1 - calibration.over_year * over, _LEAST_OF_TOO_MANY_YEARS)
    gap = batch.step - job.step
    lost = calibration.below_step * np.maximum(-gap - _FITS_BELOW, 0.0)
    lost = lost + calibration.above_step * np.maximum(gap - _FITS_ABOVE, 0.0)
    share = calibration.likeness_share
    fit = (share * whole + (1 - share) * years * np.sqrt(whole)) * np.maximum(1 - lost, _LEAST)
    return Experience(score=100 * fit, relevant_years=relevant, gap=gap)
