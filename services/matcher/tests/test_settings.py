from pathlib import Path

import pytest
from pydantic import ValidationError

from hotgigs.contracts.job_state import MatchWeights
from hotgigs.matcher.settings import MatcherSettings


def test_the_weights_are_the_documented_ones() -> None:
    weights = MatcherSettings().weights
    assert (weights.skill, weights.experience, weights.education, weights.location) == pytest.approx(
        (0.45, 0.30, 0.15, 0.10)
    )


def test_other_weights_come_to_1_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, weight in (("SKILL", 3), ("EXPERIENCE", 1), ("EDUCATION", 0), ("LOCATION", 0)):
        monkeypatch.setenv(f"HOTGIGS_MATCHER_WEIGHT_{name}", str(weight))
    assert MatcherSettings().weights == MatchWeights(skill=0.75, experience=0.25, education=0, location=0)


def test_weights_that_weigh_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SKILL", "EXPERIENCE", "EDUCATION", "LOCATION"):
        monkeypatch.setenv(f"HOTGIGS_MATCHER_WEIGHT_{name}", "0")
    with pytest.raises(ValidationError, match="HOTGIGS_MATCHER_WEIGHT"):
        MatcherSettings()


def test_the_model_s_folder_is_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOTGIGS_MATCHER_MODEL_DIR", str(tmp_path))
    assert MatcherSettings().matcher_model_dir == tmp_path
