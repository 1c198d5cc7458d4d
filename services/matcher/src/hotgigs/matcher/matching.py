"""What all runs of a process match with."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import date

from msgspec import Struct

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.job_state import JobPosting, MatchWeights
from hotgigs.embeddings import Vectors
from hotgigs.matcher.scoring.features import FEATURES_VERSION
from hotgigs.matcher.shortlists import Rules


class Matching(Struct, frozen=True, kw_only=True):
    units_of_work: UnitsOfWork
    threads: Executor
    """For what keeps a processor busy, or waits for the embedder."""
    embed: Callable[[Sequence[str]], Vectors]
    """Blocks; for threads."""
    model: str
    """Which model that is."""
    rules: Rules
    weights: MatchWeights = MatchWeights()
    today: Callable[[], date]

    @property
    def made_by(self) -> str:
        """What features are made by; those that something else made are not to be compared."""
        return f"{FEATURES_VERSION} {self.model}"

    @property
    def scored_by(self) -> str:
        """Pairs that something else scored have to be scored again."""
        weights = " ".join(str(getattr(self.weights, name)) for name in MatchWeights.__struct_fields__)
        return f"{self.made_by} {weights} {self.rules.length} {self.rules.floor}"

    def weights_of(self, posting: JobPosting) -> MatchWeights:
        return posting.weights or self.weights
