"""A folder for a PostgreSQL that a test starts."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server_folder() -> Iterator[Path]:
    """Not one of pytest's: each session that begins closes those of all sessions to other users, and one of
    these is who PostgreSQL runs as where root starts it."""
    folder = Path(tempfile.mkdtemp(prefix="hotgigs-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
