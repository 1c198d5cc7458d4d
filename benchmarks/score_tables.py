"""Tables of F1 by field, by layout and by format, of the parser on resumes with known truth.

    python benchmarks/score_tables.py CORPUS [--scorer SCORER] [--predictions DIR]

With ``--predictions`` the answers in DIR are scored, else the corpus is parsed first. The tables are
in Markdown.
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring import default_scorer, parse, scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scorer", type=Path, help="default: eval/score_parsing.py beside the corpus")
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    scorer = options.scorer or default_scorer(options.corpus)
    if not scorer.exists():
        parser.error(f"no scorer at {scorer} (--scorer)")
    with tempfile.TemporaryDirectory(prefix="hotgigs-scores-") as folder:
        predictions = options.predictions or Path(folder)
        if options.predictions is None:
            _, refused = parse(sorted((options.corpus / "docs").iterdir()), predictions)
            print(f"{refused} documents not read\n")
        by_layout = scores(scorer, options.corpus, predictions, by="layout")
        by_format = scores(scorer, options.corpus, predictions, by="format")
    _print_fields(by_layout["total"])
    _print_groups("layout", by_layout["groups"])
    _print_groups("format", by_format["groups"])


def _print_fields(figures: Mapping[str, Mapping[str, Any]]) -> None:
    print("| field | precision | recall | F1 | values |\n|---|---|---|---|---|")
    for field, own in figures.items():
        values = own.get("support", "")
        print(f"| {field} | {own['precision']:.3f} | {own['recall']:.3f} | {own['f1']:.3f} | {values} |")


def _print_groups(what: str, groups: Mapping[str, Mapping[str, Any]]) -> None:
    print(f"\n| {what} | overall F1 | weakest field | its F1 |\n|---|---|---|---|")
    for name, figures in sorted(groups.items()):
        fields = {field: own["f1"] for field, own in figures.items() if field != "overall"}
        weakest = min(fields, key=lambda field: fields[field])
        print(f"| {name} | {figures['overall']['f1']:.3f} | {weakest} | {fields[weakest]:.3f} |")


if __name__ == "__main__":
    main()
