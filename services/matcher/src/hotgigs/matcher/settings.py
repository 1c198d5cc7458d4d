"""The matcher's settings, from ``HOTGIGS_MATCHER_*`` beside the shared ones."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from hotgigs.chassis.settings import Settings
from hotgigs.contracts.job_state import MatchWeights

_WEIGHTS = MatchWeights()


class MatcherSettings(Settings):
    matcher_model_dir: Path | None = None
    """A folder with another sentence-transformers model of MiniLM-L6's shape, such as a fine-tuned one:
    ``model.safetensors`` and ``tokenizer.json``."""
    matcher_shortlist_length: int = Field(default=100, ge=1, le=1000)
    """How many matches of a job each database keeps."""
    matcher_score_floor: float = Field(default=30.0, ge=0, le=100)
    """The least score that is kept."""
    matcher_weight_skill: float = Field(default=_WEIGHTS.skill, ge=0)
    matcher_weight_experience: float = Field(default=_WEIGHTS.experience, ge=0)
    matcher_weight_education: float = Field(default=_WEIGHTS.education, ge=0)
    matcher_weight_location: float = Field(default=_WEIGHTS.location, ge=0)
    matcher_jobs_at_once: int = Field(default=2, ge=1)
    """Jobs that one process matches with all candidates at the same time."""
    matcher_candidates_at_once: int = Field(default=8, ge=1)
    """Candidates that one process matches with all jobs at the same time; what they say is embedded
    together."""
    matcher_embedding_threads: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _weighs_something(self) -> Self:
        if not sum(self._weights) > 0:
            raise ValueError("one of HOTGIGS_MATCHER_WEIGHT_* must be more than 0")
        return self

    @property
    def _weights(self) -> tuple[float, float, float, float]:
        return (
            self.matcher_weight_skill,
            self.matcher_weight_experience,
            self.matcher_weight_education,
            self.matcher_weight_location,
        )

    @property
    def weights(self) -> MatchWeights:
        """Of jobs that have none of their own."""
        skill, experience, education, location = (each / sum(self._weights) for each in self._weights)
        return MatchWeights(skill=skill, experience=experience, education=education, location=location)
