"""Bringing databases and queues to what the code needs: ``hotgigs migrate``.

Each service has one schema, one role that owns it, and one Alembic version table in it.
"""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from msgspec import Struct
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from hotgigs.chassis.bus.embedded import SCHEMA as BUS_SCHEMA
from hotgigs.chassis.bus.tables import metadata as bus_metadata
from hotgigs.chassis.database import role_of
from hotgigs.chassis.service import AnyService

log = structlog.get_logger(__name__)

_PACKAGE = Path(str(files("hotgigs.chassis")))
_LOCK = 7_301_452_066

LOCK_TIMEOUT_S = 10


class Schema(Struct, frozen=True, kw_only=True):
    name: str
    metadata: MetaData
    versions: Path
    extensions: Sequence[str] = ()


BUS = Schema(name=BUS_SCHEMA, metadata=bus_metadata, versions=_PACKAGE / "bus" / "migrations")


def schema_of(service: AnyService) -> Schema:
    return Schema(
        name=service.schema,
        metadata=service.metadata,
        versions=service.migrations,
        extensions=service.extensions,
    )


async def migrate(url: str, schemas: Iterable[Schema]) -> None:
    """Makes roles and schemas where they are missing and upgrades each schema to its newest version.

    Several may run at once; they wait for each other. The user of ``url`` must be allowed to create
    roles, schemas and the services' extensions, or find them made.
    """
    engine = create_async_engine(sqlalchemy_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            for schema in schemas:
                await connection.run_sync(_upgrade, schema)
    finally:
        await engine.dispose()


def older_versions(schema: Schema) -> frozenset[str]:
    """All versions of the schema that this code knows, but its newest."""
    script = ScriptDirectory(_PACKAGE / "migrations", version_locations=[schema.versions])
    return frozenset(each.revision for each in script.walk_revisions() if not each.is_head)


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+asyncpg://", 1).replace(
        "postgres://", "postgresql+asyncpg://", 1
    )


def alembic_config(connection: Connection, schema: Schema) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_PACKAGE / "migrations"))
    config.set_main_option("version_locations", str(schema.versions))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = schema.metadata
    return config


def _upgrade(connection: Connection, schema: Schema) -> None:
    role = role_of(schema.name)
    # Roles belong to the whole cluster, so another database's migration may be making the same one.
    connection.execute(
        text(
            f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object OR unique_violation"
            f" THEN NULL; END $$"
        )
    )
    connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
    for extension in schema.extensions:
        connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA public"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema.name} AUTHORIZATION {role}"))
    # A service at work waits behind a change of its tables, which may be waiting itself.
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S}s'"))
    connection.execute(text(f"SET LOCAL ROLE {role}"))
    command.upgrade(alembic_config(connection, schema), "head")
    connection.execute(text("RESET ROLE"))
    log.info("migrated", schema=schema.name)
