"""Skills as data: one TOML file a subject, each read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``; not to be changed by its readers."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
