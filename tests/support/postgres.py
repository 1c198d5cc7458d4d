"""A PostgreSQL server for the session, and a database of its own for each test.

The server is that of HOTGIGS_TEST_DATABASE_URL (a user who may create databases and roles), else a
container where Docker answers, else the embedded one. A test's database is a clone of a template that
was migrated once.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
from support.docker import docker_answers

from hotgigs.chassis import embedded_postgres
from hotgigs.chassis.migrate import BUS, Schema, migrate, schema_of
from hotgigs.chassis.service import installed_services

MEMORY = Path("/dev/shm")
MEMORY_BYTES = 6 * 2**30


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The server's maintenance database."""
    if url := os.environ.get("HOTGIGS_TEST_DATABASE_URL"):
        yield url
    elif docker_answers():
        from testcontainers.postgres import PostgresContainer

        with PostgresContainer("pgvector/pgvector:pg18", driver=None) as container:
            yield container.get_connection_url()
    else:
        folder = tempfile.mkdtemp(prefix="hotgigs-test-", dir=_memory())
        # Exit handlers run last in, first out: the server's own, which stops it, comes before this one.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        yield asyncio.run(embedded_postgres.start(Path(folder)))


@pytest.fixture(scope="session")
def template_database(postgres_url: str) -> Iterator[str]:
    """A database with the schemas of the bus and of all installed services; clone it, never use it."""
    schemas = [BUS, *map(schema_of, installed_services().values())]
    with template_of(postgres_url, schemas) as name:
        yield name


@pytest.fixture
async def database_url(postgres_url: str, template_database: str) -> AsyncIterator[str]:
    """This test's own database, migrated and empty."""
    async with database(postgres_url, template=template_database) as url:
        yield url


@pytest.fixture
async def bare_database_url(postgres_url: str) -> AsyncIterator[str]:
    """This test's own database, with nothing in it."""
    async with database(postgres_url, template="template0") as url:
        yield url


@contextmanager
def template_of(server_url: str, schemas: Iterable[Schema]) -> Iterator[str]:
    """Makes a migrated database for the block; gives its name."""

    async def make() -> str:
        name = await _create(server_url, template="template0")
        await migrate(_url_of(server_url, name), schemas)
        return name

    name = asyncio.run(make())
    try:
        yield name
    finally:
        asyncio.run(_drop(server_url, name))


@asynccontextmanager
async def database(server_url: str, *, template: str) -> AsyncIterator[str]:
    """Makes a database for the block; gives its URL."""
    name = await _create(server_url, template=template)
    try:
        yield _url_of(server_url, name)
    finally:
        await _drop(server_url, name)


async def cut_connections(url: str, application: str = "%", *, pid: int | None = None) -> int:
    """Ends connections to the database, of applications that are LIKE the name; says how many."""
    connection = await asyncpg.connect(url)
    try:
        cut: int = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database() AND application_name LIKE $1 AND coalesce(pid = $2, true)",
            application,
            pid,
        )
        return cut
    finally:
        await connection.close()


def _memory() -> Path | None:
    """A folder in memory, where there is plenty: what takes a test longest is the making of its database."""
    with suppress(OSError):
        if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES:
            return MEMORY
    return None


async def _create(server_url: str, *, template: str) -> str:
    name = f"hotgigs_test_{uuid4().hex[:16]}"
    await _execute(server_url, f'CREATE DATABASE {name} TEMPLATE "{template}"')
    return name


async def _drop(server_url: str, name: str) -> None:
    await _execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def _url_of(server_url: str, name: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
