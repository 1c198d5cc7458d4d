"""Serves a peer's app as the gateway is served: uvicorn, one worker, no access log."""

import os

import asyncpg
import uvicorn


async def open_pool() -> asyncpg.Pool:
    """Of the gateway's size and on its tables; else as the library makes it."""
    return await asyncpg.create_pool(
        os.environ["HOTGIGS_DATABASE_URL"],
        min_size=1,
        max_size=8,
        server_settings={"search_path": "gateway"},
    )


def serve(app: object) -> None:
    uvicorn.run(
        app,  # type: ignore[arg-type]
        host="127.0.0.1",
        port=int(os.environ["HOTGIGS_PORT"]),
        log_config=None,
        access_log=False,
        server_header=False,
    )
