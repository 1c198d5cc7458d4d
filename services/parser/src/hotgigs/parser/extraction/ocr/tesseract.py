"""Tesseract, where its program is installed."""

import csv
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import groupby

import numpy as np

from hotgigs.parser.extraction.ocr.languages import language_of
from hotgigs.parser.extraction.ocr.rendering import DPI
from hotgigs.parser.extraction.ocr.straighten import Image
from hotgigs.parser.extraction.ocr.words import Reading

_LANGUAGES = ("eng", "deu", "fra", "spa", "por")
_WIDE_GAP = 1.2
"""Times the height of a line: a wider gap separates parts of it."""
_MIN_CONFIDENCE = 0.3
"""Words below are specks, lines and pictures."""
_WORD = "5"
"""The level of a row that holds a word."""


@cache
def installed_languages() -> tuple[str, ...]:
    """Those of ours that the installed Tesseract knows; none where there is no Tesseract."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        told = subprocess.run(  # noqa: S603 - no shell, and nothing of the document
            (program, "--list-langs"), capture_output=True, text=True, timeout=10, check=True
        ).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(language for language in _LANGUAGES if language in told)


class Tesseract:
    """Reads one document: in English first, then, where that shows another language, in that one. Several
    languages at once take twice the time and read no better."""

    def __init__(self) -> None:
        self._language: str | None = None

    def read(self, image: Image, time_limit_s: float) -> list[Reading]:
        """Nothing where Tesseract fails or takes longer than ``time_limit_s``."""
        readings = _run(image, self._language or "eng", time_limit_s)
        if self._language is None and readings:
            self._language = language_of(" ".join(reading.text for reading in readings))
            if self._language not in installed_languages():
                self._language = "eng"
            if self._language != "eng":
                return _run(image, self._language, time_limit_s) or readings
        return readings


def _run(image: Image, language: str, time_limit_s: float) -> list[Reading]:
    program = shutil.which("tesseract")
    if program is None or language not in installed_languages():
        return []
    rows, columns = image.shape
    picture = b"P5 %d %d 255\n" % (columns, rows) + np.ascontiguousarray(image).tobytes()
    try:
        told = subprocess.run(  # noqa: S603 - no shell, and the document only as pixels on standard input
            (program, "-", "-", "--dpi", str(DPI), "-l", language, "--psm", "3", "tsv"),
            input=picture,
            capture_output=True,
            timeout=time_limit_s,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return list(_readings(told.decode("utf-8", "replace")))


def _readings(tsv: str) -> Iterator[Reading]:
    """Lines of words, parted at wide gaps."""
    table = csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in table if row["level"] == _WORD and row["text"])
    for _, line in groupby(words, lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        together: list[Reading] = []
        for row in line:
            left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
            confidence = max(float(row["conf"]), 0.0) / 100
            if confidence < _MIN_CONFIDENCE or not row["text"].strip():
                continue
            word = Reading(row["text"], left, top, left + width, top + height, confidence)
            if together and word.x0 - together[-1].x1 > _WIDE_GAP * max(
                each.y1 - each.y0 for each in together
            ):
                yield _joined(together)
                together = []
            together.append(word)
        if together:
            yield _joined(together)


def _joined(words: list[Reading]) -> Reading:
    chars = sum(len(word.text) for word in words)
    return Reading(
        " ".join(word.text for word in words),
        words[0].x0,
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        sum(len(word.text) * word.confidence for word in words) / chars,
    )
