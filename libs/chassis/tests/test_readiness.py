import shutil
from pathlib import Path

import asyncpg
import msgspec
import pytest

from hotgigs.chassis.database import Pool
from hotgigs.chassis.migrate import BUS, Schema, migrate
from hotgigs.chassis.readiness import DatabaseReadiness

ONE_MORE = """
from alembic import op

revision = "sample_0002"
down_revision = "sample_0001"


def upgrade() -> None:
    op.execute("ALTER TABLE sample.effects ADD COLUMN more integer")
"""


@pytest.fixture
def next_schema(sample_schema: Schema, tmp_path: Path) -> Schema:
    """The sample service's, of its code with one more migration."""
    versions = tmp_path / "migrations"
    shutil.copytree(sample_schema.versions, versions)
    (versions / "sample_0002_one_more.py").write_text(ONE_MORE)
    return msgspec.structs.replace(sample_schema, versions=versions)


async def test_a_database_is_ready_when_it_is_as_new_as_the_code(
    pool: Pool, database_url: str, next_schema: Schema
) -> None:
    readiness = DatabaseReadiness(pool, next_schema)
    assert await readiness.state() == "database not migrated"
    await migrate(database_url, [BUS, next_schema])
    assert await readiness.state() == "ok"


async def test_a_database_that_is_newer_than_the_code_is_ready(
    pool: Pool, database_url: str, sample_schema: Schema, next_schema: Schema
) -> None:
    assert await DatabaseReadiness(pool, sample_schema).state() == "ok"
    await migrate(database_url, [BUS, next_schema])
    assert await DatabaseReadiness(pool, sample_schema).state() == "ok"


@pytest.mark.parametrize("statement", ["DROP TABLE sample.outbox", "DELETE FROM sample.alembic_version"])
async def test_a_database_that_was_never_migrated_is_not_ready(
    pool: Pool, database_url: str, sample_schema: Schema, statement: str
) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute(statement)
    await connection.close()
    assert await DatabaseReadiness(pool, sample_schema).state() == "database not migrated"


async def test_a_database_that_is_away_is_not_ready(pool: Pool, sample_schema: Schema) -> None:
    readiness = DatabaseReadiness(pool, sample_schema)
    pool.terminate()
    assert await readiness.state() == "database unavailable"
