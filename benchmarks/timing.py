"""Medians of interleaved rounds, and percentiles."""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def interleaved(competitors: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """Seconds a call by name, the median of ``rounds`` after a first one that does not count.

    Every round calls each once, so that what else the machine does falls on all of them.
    """
    taken: dict[str, list[float]] = {name: [] for name in competitors}
    for round_number in range(rounds + 1):
        for name, call in competitors.items():
            began = time.perf_counter()
            call()
            if round_number:
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank's value."""
    ordered = sorted(values)
    return ordered[max(math.ceil(percent / 100 * len(ordered)) - 1, 0)]


def p50_p99(seconds: Sequence[float]) -> str:
    return f"{percentile(seconds, 50) * 1000:.1f} / {percentile(seconds, 99) * 1000:.1f} ms"
