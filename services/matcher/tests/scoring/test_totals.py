import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.contracts.match_state import Cap
from hotgigs.matcher.scoring.calibration import STANDARD
from hotgigs.matcher.scoring.totals import total_of

parts = st.floats(0, 100)
caps: list[Cap] = ["abroad", "out_of_reach", "must_have_missing", "other_profession", "too_junior"]


def total(*of: float, weights: MatchWeights | None = None, held: tuple[Cap, ...] = ()) -> float:
    skill, experience, education, location = (np.array([each]) for each in of)
    return float(
        total_of(
            skill=skill,
            experience=experience,
            education=education,
            location=location,
            weights=weights or MatchWeights(),
            caps=[held],
            calibration=STANDARD,
        )[0]
    )


def test_the_default_weights_give_the_documented_example() -> None:
    assert total(95.0, 90.0, 85.0, 100.0) == 92.5


@pytest.mark.parametrize(("at", "part"), list(enumerate(MatchWeights.__struct_fields__)))
def test_a_part_may_have_all_the_weight(at: int, part: str) -> None:
    weights = MatchWeights(**{name: float(name == part) for name in MatchWeights.__struct_fields__})
    assert total(12.3, 45.6, 78.9, 100.0, weights=weights) == (12.3, 45.6, 78.9, 100.0)[at]


@given(parts, parts, parts, parts, st.sets(st.sampled_from(caps)))
def test_caps_hold_a_total_down_and_the_strictest_counts(
    skill: float, experience: float, education: float, location: float, held: set[Cap]
) -> None:
    free = total(skill, experience, education, location)
    alone = [total(skill, experience, education, location, held=(cap,)) for cap in held]
    assert total(skill, experience, education, location, held=tuple(held)) == min(alone, default=free)
    assert 0 <= min(alone, default=free) <= free <= 100


@pytest.mark.parametrize("cap", caps)
def test_no_cap_leaves_all(cap: Cap) -> None:
    assert 0 < total(100, 100, 100, 100, held=(cap,)) < 90


@given(parts, parts, parts, parts, parts)
def test_more_of_a_part_is_never_less(
    skill: float, more: float, education: float, experience: float, km: float
) -> None:
    low, high = sorted((skill, more))
    assert total(low, experience, education, km) <= total(high, experience, education, km)
