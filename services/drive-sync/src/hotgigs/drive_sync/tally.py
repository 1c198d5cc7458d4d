"""What a step of a run adds to the run's counts."""

from collections import Counter

from msgspec import Struct, field

from hotgigs.contracts.drive_state import PassedOverReason
from hotgigs.drive_sync.run_store import Count


class Tally(Struct):
    """May take back what was counted before: numbers below zero."""

    counts: Counter[Count] = field(default_factory=Counter)
    passed_over: Counter[PassedOverReason] = field(default_factory=Counter)
