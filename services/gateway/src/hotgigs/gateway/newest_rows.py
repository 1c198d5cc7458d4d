"""Read models of which each row is the newest word on something."""

from collections.abc import Sequence


def put_newest(table: str, key: str, columns: Sequence[str]) -> str:
    """The statement that puts the rows that are given as JSON, `$1`, no two of them of one ``key``. What
    stands there in the same version, or a newer one, is left. All columns are named, ours alone: one that a
    later version adds must not stop this one."""
    listed = ", ".join(columns)
    return f"""
        INSERT INTO {table} AS old ({listed})
        SELECT {listed} FROM jsonb_populate_recordset(NULL::{table}, $1) ORDER BY {key}
        ON CONFLICT ({key}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in columns)}
        WHERE old.version < excluded.version
    """  # noqa: S608 - the names are our own
