"""What a run is told."""

import os
from pathlib import Path

from msgspec import Struct

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "samples"


class Options(Struct, frozen=True, kw_only=True):
    """``folder`` is temporary and this run's own."""

    folder: Path
    corpus: Path
    amqp_url: str
    is_quick: bool = False

    def pick(self, full: int, quick: int) -> int:
        """How often, or how long in seconds."""
        return quick if self.is_quick else full


def default_corpus() -> Path:
    return Path(os.environ.get("HOTGIGS_BENCH_CORPUS", REPOSITORY.parent / "shared" / "corpus"))


def default_amqp_url() -> str:
    return os.environ.get("HOTGIGS_BENCH_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/")
