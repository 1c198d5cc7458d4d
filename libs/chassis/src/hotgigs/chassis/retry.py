"""How long to wait before the next try."""

import random

BASE_S = 1.0
CAP_S = 900.0
MAX_TRIES = 8


def backoff_s(tries: int, jitter: float | None = None) -> float:
    """Seconds before the try after ``tries`` failed ones: exponential, capped, half of it random.

    Source: "Exponential Backoff And Jitter" (AWS Architecture Blog), "equal jitter". ``jitter`` in
    0..1 replaces the random part.
    """
    full = min(CAP_S, BASE_S * 2.0 ** min(tries, 30))
    return full / 2 + full / 2 * (random.random() if jitter is None else jitter)  # noqa: S311
