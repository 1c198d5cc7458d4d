"""Programs that render: found, or missed with a plain message."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


class Missing(Exception):
    """A program is not installed; ``str()`` says which."""


def run(command: Sequence[str | Path], *, cwd: Path | None = None, timeout_s: float = 180) -> str:
    """Its standard output. Raises Missing, or RuntimeError with the end of what it said."""
    if not shutil.which(str(command[0])):
        raise Missing(f"{command[0]} is not installed")
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, errors="replace", timeout=timeout_s, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(done.stdout + done.stderr)[-1500:]}")
    return done.stdout
