"""Learn how sure a parsed value is, from resumes whose truth is known.

    calibrate.py --scorer SCORER [--write] FOLDER...

Each FOLDER has docs, truth and a manifest. The table shows, for values of people that the weights were not
learned from (five folds by person), how many of those that were said to be so sure were right. With
``--write`` the weights learned from all of them replace the parser's ``confidence.toml``.

Resumes that the parser's rules were made with are righter than others: learn from those that were not.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
from labels import judged, scorer_at
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import hotgigs.parser
from hotgigs.filetypes import identify
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.evidence import total_signs
from hotgigs.parser.extraction import READERS
from hotgigs.parser.findings import findings
from hotgigs.parser.parse_resume import understand
from hotgigs.parser.sections import split_sections

TODAY = date(2026, 11, 22)
LEAST = 40
"""Values of a field; with fewer it counts as any other field."""
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


class Example(msgspec.Struct):
    person: str
    field: str
    signs: dict[str, float]
    is_right: bool


Model = dict[str, dict[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--scorer", required=True, type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    scorer = scorer_at(options.scorer)
    examples = [example for folder in options.folders for example in _examples(folder, scorer)]
    _print_table(_out_of_fold(examples))
    if options.write:
        file = Path(hotgigs.parser.__file__).with_name("confidence.toml")
        file.write_text(_as_toml(_learned(examples)))


def _examples(folder: Path, scorer: ModuleType) -> list[Example]:
    found = []
    for row in json.loads((folder / "manifest.json").read_text()):
        truth = json.loads((folder / row["truth"]).read_text())
        content = (folder / row["file"]).read_bytes()
        try:
            document = READERS[identify(BytesIO(content))](content)
            data = understand(document, TODAY)
        except Unreadable:
            continue
        plain = json.loads(msgspec.json.encode(data))
        labels = judged(scorer, truth, plain, row.get("omits") or [])
        person = str(truth.get("email") or row["truth"])
        for finding in findings(document, split_sections(document), data):
            if finding.pointer in labels:
                found.append(Example(person, finding.field, dict(finding.signs), labels[finding.pointer]))
        if "/total_experience_years" in labels:
            signs = total_signs(data.evidence)
            found.append(Example(person, "total_experience_years", signs, labels["/total_experience_years"]))
    return found


def _learned(examples: Sequence[Example]) -> Model:
    by_field: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_field[example.field].append(example)
    model = {"any": _weights(examples)}
    for field, own in sorted(by_field.items()):
        if len(own) >= LEAST:
            model[field] = _weights(own)
    return model


def _weights(examples: Sequence[Example]) -> dict[str, float]:
    """Of a logistic regression with a ridge. A right and a wrong example besides keep it from certainty."""
    names = sorted({name for example in examples for name in example.signs})
    signs = np.array([[example.signs.get(name, 0.0) for name in names] for example in examples])
    right = np.array([example.is_right for example in examples])
    mean = signs.mean(axis=0, keepdims=True)
    regression = LogisticRegression(C=0.5, max_iter=2000)
    regression.fit(np.vstack([signs, mean, mean]), np.append(right, [True, False]))
    weights = {"bias": float(regression.intercept_[0])}
    weights |= {name: float(weight) for name, weight in zip(names, regression.coef_[0], strict=True)}
    return {
        name: round(weight, 3) for name, weight in weights.items() if name == "bias" or abs(weight) >= 0.02
    }


def _out_of_fold(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    people = [example.person for example in examples]
    told = []
    for train, test in GroupKFold(5).split(people, groups=people):
        model = _learned([examples[index] for index in train])
        told += [(_sure(model, examples[index]), examples[index].is_right) for index in test]
    return told


def _sure(model: Model, example: Example) -> float:
    weights = model.get(example.field) or model["any"]
    score = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in example.signs.items())
    return float(1 / (1 + np.exp(-score)))


def _print_table(told: Sequence[tuple[float, bool]]) -> None:
    print(f"{'said':>14}{'values':>8}{'mean said':>11}{'right':>8}")
    error = 0.0
    for low, high in pairwise(BINS):
        own = [(sure, right) for sure, right in told if low <= sure < high]
        if own:
            said, share = np.mean([sure for sure, _ in own]), np.mean([right for _, right in own])
            error += abs(said - share) * len(own) / len(told)
            print(f"{low:>8.2f}-{high:.2f}{len(own):>9}{said:>11.3f}{share:>8.3f}")
    print(f"expected calibration error: {error:.3f} over {len(told)} values")


def _as_toml(model: Model) -> str:
    lines = ["# Made by benchmarks/practice/calibrate.py; the weights of each field's signs.", ""]
    for field, weights in model.items():
        lines.append(f'["{field}"]')
        lines += [f"{name} = {weight}" for name, weight in weights.items()]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
