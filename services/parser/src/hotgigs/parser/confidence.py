"""How sure a value is: the share of values with the same signs that were right.

A logistic regression for each field, of the signs of `findings`; its weights are in ``confidence.toml``,
which ``benchmarks/practice/calibrate.py`` makes from resumes whose truth is known.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from math import exp

_MODEL: dict[str, dict[str, float]] = tomllib.loads(
    files("hotgigs.parser").joinpath("confidence.toml").read_text("utf-8")
)
_LOWEST, _HIGHEST = 0.01, 0.99


def confidence_of(field: str, signs: Mapping[str, float]) -> float:
    """0..1, with two decimals. A field that too few resumes have to learn from is taken for any other."""
    weights = _MODEL.get(field) or _MODEL["any"]
    told = 0.0
    for sign, value in signs.items():
        told += weights.get(sign, 0.0) * value
    score = weights["bias"] + told
    return round(min(_HIGHEST, max(_LOWEST, 1 / (1 + exp(-score)))), 2)
