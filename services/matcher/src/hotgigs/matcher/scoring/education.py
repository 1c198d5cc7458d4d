"""How well a candidate's education meets what a job asks for.

    score = 100 x STEPS[levels below] x (1 - FIELD_COUNTS x (1 - has_field))

A level that is met scores the same as one that is exceeded. The field counts only where a level is asked for
that has one: an associate's degree or above.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotgigs.contracts.job_state import EducationLevel
from hotgigs.contracts.resume_data import Education
from hotgigs.matcher.scoring.degrees import LEVELS, Degree, level_of, read_degree

__all__ = ["LEVELS", "education_score", "education_scores", "highest_level", "level_of"]

STEPS = (1.0, 0.65, 0.35, 0.15, 0.05, 0.0)
"""By how many levels the education is below what is asked for."""
FIELD_COUNTS = 0.15
"""What a degree in a field that has nothing to do with the job loses."""
_FIRST_WITH_FIELD = LEVELS.index("associate")
_STEPS = np.array(STEPS)


def highest_level(education: Sequence[Education], *, today: date | None = None) -> EducationLevel:
    """Of what is held. Who studies for a degree has the level that this asks for; one of a date after
    ``today`` is studied for."""
    return max((_proven(each, today) for each in education), key=LEVELS.index, default="none")


def education_score(required: EducationLevel, held: EducationLevel, *, has_field: float) -> float:
    """0 to 100. ``has_field``, 0 to 1: how much the field of study has to do with the job."""
    return float(
        education_scores(np.array(LEVELS.index(required)), np.array(LEVELS.index(held)), np.array(has_field))
    )


def education_scores(
    required: NDArray[np.integer], held: NDArray[np.integer], has_field: NDArray[np.floating]
) -> NDArray[np.float64]:
    """As `education_score`, of levels by their index in `LEVELS`; the arrays are broadcast to one shape."""
    below = np.clip(required - held, 0, len(STEPS) - 1)
    lost = np.where(required >= _FIRST_WITH_FIELD, FIELD_COUNTS * (1.0 - np.clip(has_field, 0.0, 1.0)), 0.0)
    return np.asarray(100.0 * _STEPS[below] * (1.0 - lost), np.float64)


def _proven(education: Education, today: date | None) -> EducationLevel:
    read = read_degree(education.degree or "")
    if read is None:
        return "none"
    if today and education.graduation_date and education.graduation_date > today.isoformat():
        read = Degree(read.level, is_held=False)
    return read.proves
