"""Jinja2 environments for the layouts that are templates: HTML and LaTeX."""

import re
from pathlib import Path
from typing import Any

import jinja2
from engines import latex
from markupsafe import Markup

_VOWELS = "aeiouyäöüáéíóúàèêâôãõAEIOUY"


def soft(text: str) -> str:
    """Soft hyphens where a vowel, two consonants and a vowel meet in long words."""

    def broken(word: re.Match[str]) -> str:
        return re.sub(
            rf"(?<=[{_VOWELS}][^\W\d_{_VOWELS}])(?=[^\W\d_{_VOWELS}][{_VOWELS}])", "\u00ad", word[0]
        )

    return re.sub(r"[^\W\d_]{9,}", broken, text)


def html(folder: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["soft"] = soft
    return environment


def tex(folder: Path) -> jinja2.Environment:
    def finalize(value: Any) -> Any:
        return value if isinstance(value, Markup) else latex.escape(str(value))

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
