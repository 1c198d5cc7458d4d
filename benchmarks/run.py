"""Speed as ratios against peers measured in the same run: ``make bench``, or

    python benchmarks/run.py [--quick] [--corpus DIR] [NAME...]

Prints one page. Everything is started on free ports with temporary data, and is gone afterwards. A
benchmark that fails, or that misses something, says so in its row and the others go on.
"""

import argparse
import importlib
import logging
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import structlog
from options import REPOSITORY, Options, default_amqp_url, default_corpus
from page import Row, Unavailable, render

BENCHMARKS = (
    "parsing",
    "embedding",
    "accuracy",
    "bus",
    "reads",
    "candidates",
    "matching",
    "main_job",
    "drive",
    "webhooks",
)
_VERSIONS = (
    "pymupdf",
    "onnxruntime",
    "asyncpg",
    "aio-pika",
    "aiohttp",
    "httpx",
    "litestar",
    "uvicorn",
    "fastapi",
    "celery",
    "google-api-python-client",
)


def main() -> int:
    arguments = _arguments()
    # As Ctrl-C does, so that what was started ends and what was declared is deleted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    _quieten()
    began = time.monotonic()
    print(_heading(), flush=True)
    failed = False
    with tempfile.TemporaryDirectory(prefix="hotgigs-bench-", ignore_cleanup_errors=True) as folder:
        # PostgreSQL runs as another user where this runs as root.
        Path(folder).chmod(0o755)
        for name in arguments.names or BENCHMARKS:
            own_folder = Path(folder) / name
            own_folder.mkdir()
            options = Options(
                folder=own_folder,
                corpus=arguments.corpus,
                amqp_url=default_amqp_url(),
                is_quick=arguments.quick,
            )
            benchmark = importlib.import_module(f"bench_{name}")
            try:
                rows = benchmark.run(options)
            except Unavailable as err:
                rows = [Row(what="not measured", ours=str(err))]
            except Exception as err:  # noqa: BLE001 - whatever it was, the other benchmarks go on
                failed = True
                rows = [Row(what="FAILED", ours=f"{type(err).__name__}: {err}"[:200])]
            print("\n" + render(benchmark.TITLE, rows), flush=True)
    print(f"\n{time.monotonic() - began:.0f} s", flush=True)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="few rounds: does it run, not how fast")
    parser.add_argument("--corpus", type=Path, default=default_corpus(), help="resumes with known truth")
    return parser.parse_args()


def _heading() -> str:
    versions = " ".join(f"{name} {_version(name)}" for name in _VERSIONS)
    return (
        f"HotGigs resume import at {_commit()}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f};"
        f" Python {platform.python_version()}, {platform.system()} {platform.machine()}\n{versions}\n"
        "Ratio: speed against the peer's, above 1 is faster. Medians of interleaved rounds."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _commit() -> str:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "no commit"


def _quieten() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


if __name__ == "__main__":
    sys.exit(main())
