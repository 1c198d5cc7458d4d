"""Which values of a parsed resume are right, by their JSON Pointers, as the scorer judges them."""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any


class _Marked(str):
    """A value that knows its pointer on its way through the scorer."""

    __slots__ = ("pointer",)
    pointer: str

    def __str__(self) -> str:
        return self


def scorer_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(
    scorer: ModuleType, truth: Mapping[str, Any], data: Mapping[str, Any], omits: Sequence[str]
) -> dict[str, bool]:
    """True for what is right. What the scorer does not look at is left out."""
    labels: dict[str, bool] = {}
    job = ""

    class Tally(scorer.Tally):
        def add(self, field: str, truth: object, pred: object, same: bool, doc: str) -> None:
            nonlocal job
            if pred in (None, "", []):
                return
            pointer = getattr(pred, "pointer", None)
            if pointer is not None and field.startswith("experience."):
                job = pointer.rpartition("/")[0]
            if field == "total_experience_years":
                pointer = "/total_experience_years"
            elif pred == "present" and pointer is None:
                pointer = f"{job}/current"
            if pointer is not None:
                labels[pointer] = bool(same)
            elif field == "experience.bullets":
                labels[f"{job}/description"] = bool(same)
                for index in range(_count(data, job)):
                    labels[f"{job}/achievements/{index}"] = bool(same)

    scorer.score_document(Tally(), "", truth, _marked(data, ""), list(omits))
    return labels


def _count(data: Mapping[str, Any], job: str) -> int:
    return len(data["experience"][int(job.rpartition("/")[2])]["achievements"]) if job else 0


def _marked(data: Any, pointer: str) -> Any:
    match data:
        case Mapping():
            return {key: _marked(value, f"{pointer}/{key}") for key, value in data.items()}
        case str():
            marked = _Marked(data)
            marked.pointer = pointer
            return marked
        case list() | tuple():
            return [_marked(value, f"{pointer}/{index}") for index, value in enumerate(data)]
        case _:
            return data
