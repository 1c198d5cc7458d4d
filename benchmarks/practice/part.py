"""A part of the material: its people, wordings and layouts, and the documents to make of them."""

import importlib.util
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from people import people
from printed import Printed, Style

HERE = Path(__file__).parent
PARTS = ("develop", "opened", "unseen")


class Part:
    """``name`` is the folder beside this file: people/*.toml, layouts/*, layouts.toml, wording.toml."""

    def __init__(self, name: str, seed: int) -> None:
        self.folder, self.seed = HERE / name, seed
        self.layouts = self.folder / "layouts"

    def documents(self, only: str | None = None) -> Iterator[Printed]:
        wording = tomllib.loads((self.folder / "wording.toml").read_text("utf-8"))
        defaults = tomllib.loads((self.folder / "layouts.toml").read_text("utf-8"))
        for key, person in people(self.folder / "people"):
            for chosen in person.documents:
                layout = defaults.get(chosen["layout"], {})
                without = [*layout.get("without", []), *chosen.get("without", [])]
                try:
                    style = msgspec.convert({**layout, **chosen, "without": without}, Style)
                    words = wording[style.words]
                except (msgspec.ValidationError, KeyError) as wrong:
                    raise ValueError(f"{key}, {chosen}: {wrong}") from wrong
                if not only or only in (style.layout, key, f"{key}-{style.layout}"):
                    yield Printed(key, person, style, words, self.seed)

    def source(self, layout: str) -> Path:
        """The layout's template (.html, .tex) or builder (.py)."""
        found = [path for path in self.layouts.glob(f"{layout}.*") if path.suffix in (".html", ".tex", ".py")]
        if len(found) != 1:
            raise ValueError(f"{len(found)} layouts are called {layout}")
        return found[0]


def builder(source: Path) -> Callable[[Printed], Any]:
    """``build`` of a layout's module: a python-docx document of what is printed."""
    spec = importlib.util.spec_from_file_location(f"layout_{source.stem}", source)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build  # type: ignore[no-any-return]
