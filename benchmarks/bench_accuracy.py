"""A corpus with known truth through ``hotgigs parse``: the overall F1 and documents per second.

The corpus is a folder with ``docs``, and beside the folder ``eval/score_parsing.py``. The command's
time includes starting its worker processes; how much of it that is, the same
command with one document says.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from options import Options
from page import Row, Unavailable
from processes import HOTGIGS, environment

TITLE = "Understanding, over a corpus with known truth"


def run(options: Options) -> list[Row]:
    scorer = options.corpus.parent / "eval" / "score_parsing.py"
    documents = sorted((options.corpus / "docs").glob("*"))
    if not documents or not scorer.exists():
        raise Unavailable(f"no corpus with its scorer at {options.corpus} (--corpus)")
    out = options.folder / "parsed"
    starting_s, _ = _parse(documents[:1], options.folder / "one")
    taken_s, refused = _parse(documents, out)
    f1 = _overall_f1(scorer, options.corpus, out)
    return [
        Row(what=f"overall F1 of {len(documents)} documents", ours=f"{f1:.3f}"),
        Row(what="  not read, each with its reason", ours=str(refused)),
        Row(
            what="hotgigs parse, all of them",
            ours=f"{len(documents) / taken_s:.1f} documents/s",
            peer=f"{starting_s:.1f} of {taken_s:.1f} s is starting",
        ),
    ]


def _parse(documents: Sequence[Path], out: Path) -> tuple[float, int]:
    """Seconds, and how many documents were not read."""
    began = time.perf_counter()
    done = subprocess.run(
        [HOTGIGS, "parse", *documents, "--out", out], env=environment({}), capture_output=True, check=False
    )
    taken_s = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise RuntimeError(f"hotgigs parse ended with {done.returncode}")
    return taken_s, len(documents) - len(list(out.glob("*.json")))


def _overall_f1(scorer: Path, corpus: Path, out: Path) -> float:
    scored = subprocess.run(
        [sys.executable, scorer, corpus, out, "--json"], capture_output=True, check=True, text=True
    )
    return float(json.loads(scored.stdout)["total"]["overall"]["f1"])
