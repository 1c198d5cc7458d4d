"""The total of the four parts, and what holds it down."""

from collections.abc import Sequence

import numpy as np

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.contracts.match_state import Cap
from hotgigs.matcher.scoring.batch import Batch
from hotgigs.matcher.scoring.calibration import Calibration
from hotgigs.matcher.scoring.career import Career
from hotgigs.matcher.scoring.evidence import shown_asks
from hotgigs.matcher.scoring.experience import Experience
from hotgigs.matcher.scoring.features import PackedJob
from hotgigs.matcher.scoring.likeness import Likeness
from hotgigs.matcher.scoring.segments import Floats
from hotgigs.matcher.scoring.seniority import TOO_FAR_BELOW
from hotgigs.matcher.scoring.skill import Skills

_ANY_EVIDENCE = 0.12


def caps_of(
    *,
    skills: Skills,
    career: Career,
    found: Likeness,
    batch: Batch,
    experience: Experience,
    places: Sequence[Cap | None],
    job: PackedJob,
    calibration: Calibration,
) -> list[tuple[Cap, ...]]:
    """Of each candidate. ``places`` are those that the location asks for.

    A must-have is missing where more than half of what is named as required is worth nothing, or where there
    is nothing to show for any of it; of another profession is who never did work that is like the posting.
    """
    required = np.array([job.terms[term].is_required for term in found.lookup.term_of], np.bool_)
    lacks = np.zeros(len(places), np.bool_)
    if required.any() and not job.are_terms_found:
        lacks |= (skills.worth[:, required] < _ANY_EVIDENCE).mean(axis=1) > 0.5
        lacks |= ~shown_asks(job.terms, found, batch)[:, required].any(axis=1)
    strange = career.whole < calibration.other_profession_below
    caps: list[tuple[Cap, ...]] = []
    for number, place in enumerate(places):
        held: list[Cap] = [place] if place else []
        if lacks[number]:
            held.append("must_have_missing")
        if strange[number]:
            held.append("other_profession")
        if experience.gap[number] <= -TOO_FAR_BELOW:
            held.append("too_junior")
        caps.append(tuple(held))
    return caps


def total_of(
    *,
    skill: Floats,
    experience: Floats,
    education: Floats,
    location: Floats,
    weights: MatchWeights,
    caps: Sequence[tuple[Cap, ...]],
    calibration: Calibration,
) -> Floats:
    """0 to 100 with one decimal: the weighted sum, of which each cap leaves a share."""
    total = (
        weights.skill * skill
        + weights.experience * experience
        + weights.education * education
        + weights.location * location
    )
    left = np.array([_share(each, calibration) for each in caps], np.float64)
    return np.asarray(np.round(np.clip(total * left, 0.0, 100.0), 1), np.float64)


def _share(caps: tuple[Cap, ...], calibration: Calibration) -> float:
    share = 1.0
    for cap in caps:
        share = min(share, _LEFT[cap](calibration))
    return share


_LEFT = {
    "abroad": lambda c: c.abroad,
    "out_of_reach": lambda c: c.out_of_reach,
    "must_have_missing": lambda c: c.must_have_missing,
    "other_profession": lambda c: c.other_profession,
    "too_junior": lambda c: c.too_junior,
}
