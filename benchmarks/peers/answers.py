"""What a peer makes of a document, and how long it takes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = tuple[dict[str, Any], float]
"""Data in the shape of ``GET /api/resumes/{id}/data``, and seconds."""
Read = Callable[[Path], Answer]


def timed(read: Callable[[Path], dict[str, Any]]) -> Read:
    """The data is empty where ``read`` fails."""

    def answer(file: Path) -> Answer:
        began = time.perf_counter()
        try:
            data = read(file)
        except Exception:  # noqa: BLE001 - to fail on a document is an answer, of no values
            data = {}
        return data, time.perf_counter() - began

    return answer
