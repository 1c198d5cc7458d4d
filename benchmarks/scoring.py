"""Resumes with known truth, parsed by ``hotgigs parse`` and scored by the scorer that lies beside them.

A corpus is a folder with ``docs``, ``truth`` and ``manifest.json``.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from processes import HOTGIGS, environment

MANIFEST = "manifest.json"


def default_scorer(corpus: Path) -> Path:
    return corpus.parent / "eval" / "score_parsing.py"


def parse(documents: Sequence[Path], out: Path) -> tuple[float, int]:
    """Seconds, and how many documents were not read."""
    began = time.perf_counter()
    done = subprocess.run(
        [HOTGIGS, "parse", *documents, "--out", out], env=environment({}), capture_output=True, check=False
    )
    taken_s = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise RuntimeError(f"hotgigs parse ended with {done.returncode}")
    return taken_s, len(documents) - len(list(out.glob("*.json")))


def scores(scorer: Path, corpus: Path, predictions: Path, *, by: str = "layout") -> dict[str, Any]:
    """The scorer's figures: ``total`` by field, and ``groups``, the same for each layout or format."""
    scored = subprocess.run(
        [sys.executable, scorer, corpus, predictions, "--by", by, "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    figures: dict[str, Any] = json.loads(scored.stdout)
    return figures


def text_pdfs(corpus: Path, folder: Path, most: int) -> list[Path]:
    """The first ``most`` PDFs with a text layer; ``folder`` becomes a corpus of these."""
    rows = [
        row
        for row in json.loads((corpus / MANIFEST).read_text())
        if row["file"].endswith(".pdf") and row["format"] != "scan"
    ][:most]
    folder.mkdir()
    chosen = [row | {"truth": str((corpus / row["truth"]).resolve())} for row in rows]
    (folder / MANIFEST).write_text(json.dumps(chosen))
    return [corpus / row["file"] for row in rows]
