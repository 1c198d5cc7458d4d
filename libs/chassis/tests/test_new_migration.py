from pathlib import Path

from sqlalchemy import Column, Integer, Table

from hotgigs.chassis.migrate import Schema
from hotgigs.chassis.new_migration import write_migration
from hotgigs.chassis.tables import service_metadata


async def test_migrations_are_numbered_one_after_the_other(tmp_path: Path) -> None:
    schema = Schema(name="fresh", metadata=service_metadata("fresh"), versions=tmp_path)
    await write_migration(schema, "first tables")
    Table("more", schema.metadata, Column("id", Integer, primary_key=True))
    await write_migration(schema, "one more")

    assert sorted(path.name for path in tmp_path.glob("*.py")) == [
        "fresh_0001_first_tables.py",
        "fresh_0002_one_more.py",
    ]
    assert 'down_revision = "fresh_0001"' in (tmp_path / "fresh_0002_one_more.py").read_text().replace(
        "'", '"'
    )
