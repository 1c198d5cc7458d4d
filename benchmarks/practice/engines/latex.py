"""LaTeX to PDF; text is escaped by ``escape``."""

import shutil
from pathlib import Path

from engines.processes import run

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "–": "--",
    "—": "---",
    "’": "'",
    "·": r"\textperiodcentered{}",
    "•": r"\textbullet{}",
    "€": r"\texteuro{}",
    "°": r"\textdegree{}",
    "\u00a0": "~",
}


def escape(text: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def to_pdf(tex: Path, pdf: Path) -> None:
    for _ in range(2):
        run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", tex.name], cwd=tex.parent)
    shutil.copy(tex.with_suffix(".pdf"), pdf)
