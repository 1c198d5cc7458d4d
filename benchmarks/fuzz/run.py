"""Hostile files against the parser: ``make fuzz``, or

    PYTHONPATH=tests python benchmarks/fuzz/run.py [--inputs N] [--seed N] [--corpus DIR] [FORMAT...]

For each format: the hand-made attacks through the real workers, then N mutated documents in a child
process with a worker's limits; prints what became of them. A seed repeats its inputs. Ends with 1 where
anything crashed: an exception other than a refusal, a dead process, an answer with a path or a NUL in it.
"""

import argparse
import asyncio
import sys
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import inputs
from one_process import Outcome, outcomes
from real_workers import attack

REPOSITORY = Path(__file__).parents[2]


def main() -> int:
    arguments = _arguments()
    folders = (REPOSITORY / "samples", *([arguments.corpus] if arguments.corpus else []))
    crashes = 0
    for name in arguments.formats or inputs.FORMATS:
        if not arguments.no_attacks:
            print(f"\n{name}: attacks through the real workers", flush=True)
            crashes += _told(asyncio.run(attack(name, inputs.ATTACKS[name])))
        make = partial(inputs.make, name, seed=arguments.seed, folders=folders)
        numbers = range(arguments.start, arguments.start + arguments.inputs)
        print(f"\n{name}: {arguments.inputs} mutated documents, seed {arguments.seed}", flush=True)
        found = []
        for outcome in outcomes(name, make, numbers):
            found.append(outcome)
            if outcome.is_crash or outcome.duration_s > arguments.slow_s:
                print(
                    f"  {outcome.number} {outcome.kind}: {outcome.outcome}, {outcome.duration_s:.1f} s",
                    flush=True,
                )
                if arguments.keep:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    (arguments.keep / f"{name}-{arguments.seed}-{outcome.number}.{name}").write_bytes(
                        make(outcome.number)[1]
                    )
        crashes += _told(found)
    return 1 if crashes else 0


def _told(found: list[Outcome]) -> int:
    """Prints the figures; how many crashed."""
    words = Counter(outcome.outcome for outcome in found)
    slowest = max(found, key=lambda outcome: outcome.duration_s, default=None)
    largest = max(found, key=lambda outcome: outcome.peak_mib, default=None)
    for word, count in words.most_common():
        print(f"  {count:7} {word}")
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in found:
        for kind in outcome.kind.replace(" + ", ", ").split(", "):
            by_kind[kind]["tried"] += 1
            by_kind[kind]["completed"] += outcome.outcome == "completed"
            by_kind[kind]["crashed"] += outcome.is_crash
    if len(by_kind) < len(found):
        for kind, counts in sorted(by_kind.items()):
            print(
                f"    {kind:30} {counts['tried']:6} tried {counts['completed']:6} completed"
                f" {counts['crashed']:4} crashed"
            )
    if slowest and largest:
        print(
            f"  slowest {slowest.duration_s:.2f} s ({slowest.kind}, {slowest.number});"
            f" peak {largest.peak_mib} MiB ({largest.kind})"
        )
    return sum(outcome.is_crash for outcome in found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Hostile files against the parser")
    parser.add_argument(
        "formats", nargs="*", choices=[*inputs.FORMATS, []], help="pdf, docx, doc, rtf; all by default"
    )
    parser.add_argument("--inputs", type=int, default=5000, help="mutated documents of each format")
    parser.add_argument("--start", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder of further documents to mutate")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that crash or are slow")
    parser.add_argument("--slow-s", type=float, default=5.0, help="what counts as slow")
    parser.add_argument("--no-attacks", action="store_true", help="only the mutated documents")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
