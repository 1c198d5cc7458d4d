"""The stand-in in a process of its own, for tests and benchmarks of other processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.stand_in_drive.remote import RemoteDrive

_TESTS = Path(__file__).parents[2]


@contextmanager
def drive_process(port: int = 0) -> Iterator[RemoteDrive]:
    """Ends with the ``with``."""
    command = [sys.executable, "-m", "support.stand_in_drive", "--port", str(port)]
    with subprocess.Popen(command, cwd=_TESTS, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield RemoteDrive(process.stdout.readline().strip())
        finally:
            process.terminate()
