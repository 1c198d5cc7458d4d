import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from support.postgres import database as own_database

from hotgigs.chassis import database
from hotgigs.chassis.migrate import BUS, Schema, migrate, schema_of, sqlalchemy_url
from hotgigs.chassis.service import installed_services
from hotgigs.chassis.tables import service_metadata

SCHEMAS = [BUS, *map(schema_of, installed_services().values())]


@pytest.fixture
def schema(sample_schema: Schema) -> Iterator[Schema]:
    return sample_schema


async def versions(url: str, schema: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [r["version_num"] for r in await connection.fetch(f"SELECT * FROM {schema}.alembic_version")]
    finally:
        await connection.close()


async def test_migrating_again_changes_nothing(bare_database_url: str, schema: Schema) -> None:
    for _ in range(2):
        await migrate(bare_database_url, [BUS, schema])
        assert await versions(bare_database_url, "sample") == ["sample_0001"]
        assert await versions(bare_database_url, "bus") == ["bus_0001"]


async def test_two_migrations_at_once_wait_for_each_other(bare_database_url: str, schema: Schema) -> None:
    await asyncio.gather(*(migrate(bare_database_url, [BUS, schema]) for _ in range(3)))
    assert await versions(bare_database_url, "sample") == ["sample_0001"]


async def test_databases_of_one_server_can_be_migrated_at_once(postgres_url: str, tmp_path: Path) -> None:
    # Roles belong to the server, so two databases' migrations meet there though no lock does.
    fresh = Schema(name="fresh", metadata=service_metadata("fresh"), versions=tmp_path)
    async with (
        own_database(postgres_url, template="template0") as one,
        own_database(postgres_url, template="template0") as two,
    ):
        for _ in range(5):
            try:
                await asyncio.gather(migrate(one, [fresh]), migrate(two, [fresh]))
            finally:
                for url in (one, two):
                    await _execute(url, "DROP SCHEMA IF EXISTS fresh CASCADE")
                await _execute(postgres_url, "DROP ROLE IF EXISTS hotgigs_fresh")


async def test_postgres_refuses_a_service_the_tables_of_another(database_url: str) -> None:
    connection = await database.connect(database_url, schema="sample", purpose="test")
    await connection.fetch("SELECT * FROM effects")
    for statement in ("SELECT * FROM bus.queues", "DELETE FROM bus.deliveries", "CREATE TABLE public.x ()"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    await connection.close()


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
async def test_the_newest_migration_makes_exactly_the_declared_tables(
    bare_database_url: str, schema: Schema
) -> None:
    await migrate(bare_database_url, [schema])
    engine = create_async_engine(sqlalchemy_url(bare_database_url))

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == schema.name,
                "version_table_schema": schema.name,
                "compare_type": True,
                "compare_server_default": True,
            },
        )
        return list(compare_metadata(context, schema.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_the_tests_service_has_the_tables_that_it_declares(
    bare_database_url: str, sample_schema: Schema
) -> None:
    await test_the_newest_migration_makes_exactly_the_declared_tables(bare_database_url, sample_schema)


async def test_a_service_waits_for_a_database_that_is_not_migrated_yet(
    bare_database_url: str, sample_schema: Schema
) -> None:
    # Its role may be left from another database of the server, so what it waits for is asked by name.
    opening = asyncio.create_task(database.open_pool(bare_database_url, schema="not_yet_there", max_size=2))
    await asyncio.wait({opening}, timeout=0.3)
    assert not opening.done()
    opening.cancel()
    await migrate(bare_database_url, [sample_schema])
    async with asyncio.timeout(10):
        pool = await database.open_pool(bare_database_url, schema="sample", max_size=2)
    pool.terminate()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
