"""Writes a service's next migration from the difference between its tables and its newest one.

    python -m hotgigs.chassis.new_migration SERVICE MESSAGE

SERVICE may be "bus". It works on a database of its own in an embedded PostgreSQL.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from hotgigs.chassis import embedded_postgres
from hotgigs.chassis.database import role_of
from hotgigs.chassis.migrate import BUS, Schema, alembic_config, migrate, schema_of, sqlalchemy_url
from hotgigs.chassis.service import installed_services


async def write_migration(schema: Schema, message: str) -> None:
    schema.versions.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = await embedded_postgres.start(Path(folder))
        await migrate(url, [schema])
        engine = create_async_engine(sqlalchemy_url(url))
        async with engine.begin() as connection:
            await connection.execute(text(f"SET LOCAL ROLE {role_of(schema.name)}"))
            await connection.run_sync(_write, schema, message)
        await engine.dispose()


def _write(connection: Connection, schema: Schema, message: str) -> None:
    number = f"{len(list(schema.versions.glob(f'{schema.name}_[0-9]*.py'))) + 1:04d}"
    command.revision(
        alembic_config(connection, schema),
        message=message,
        autogenerate=True,
        rev_id=f"{schema.name}_{number}",
    )


if __name__ == "__main__":
    name, words = sys.argv[1], " ".join(sys.argv[2:])
    asyncio.run(write_migration(BUS if name == "bus" else schema_of(installed_services()[name]), words))
