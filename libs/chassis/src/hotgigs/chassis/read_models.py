"""A read model compared with, and made equal to, a temporary table of the same name and columns."""

from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.chassis.service import ReadModel

COMPARE_TIMEOUT_S = 900.0


class Difference(Struct, frozen=True, kw_only=True):
    """What was wrong with one read model: rows that were not there, that had other values than their
    owner's, and that no owner knows."""

    table: str
    missing: int
    different: int
    left_over: int

    @property
    def is_none(self) -> bool:
        return not (self.missing or self.different or self.left_over)


class _Comparison:
    """The parts of the statements. All names are our own."""

    def __init__(self, schema: str, model: ReadModel) -> None:
        table = model.table
        self.live, self.made = f"{schema}.{table.name} AS live", f"pg_temp.{table.name} AS made"
        self.table = f"{schema}.{table.name}"
        self.columns = [column.name for column in table.columns]
        self.same_key = " AND ".join(f"live.{c.name} = made.{c.name}" for c in table.primary_key.columns)
        self.is_left_over = (
            f"NOT ({model.own_rows}) AND NOT EXISTS (SELECT FROM {self.made} WHERE {self.same_key})"
        )
        self.is_different = f"({self._row('live')}) IS DISTINCT FROM ({self._row('made')})"
        self.is_missing = f"NOT EXISTS (SELECT FROM {self.live} WHERE {self.same_key})"

    def _row(self, side: str) -> str:
        return ", ".join(f"{side}.{name}" for name in self.columns)


async def difference(connection: Connection, schema: str, model: ReadModel) -> Difference:
    """Changes nothing."""
    c = _Comparison(schema, model)

    async def count(rows: str) -> int:
        return int(await connection.fetchval(f"SELECT count(*) FROM {rows}", timeout=COMPARE_TIMEOUT_S))  # noqa: S608

    return Difference(
        table=model.table.name,
        left_over=await count_left_over(connection, schema, model),
        different=await count(f"{c.live} JOIN {c.made} ON {c.same_key} WHERE {c.is_different}"),
        missing=await count(f"{c.made} WHERE {c.is_missing}"),
    )


async def count_left_over(connection: Connection, schema: str, model: ReadModel) -> int:
    c = _Comparison(schema, model)
    statement = f"SELECT count(*) FROM {c.live} WHERE {c.is_left_over}"  # noqa: S608
    return int(await connection.fetchval(statement, timeout=COMPARE_TIMEOUT_S))


async def make_equal(connection: Connection, schema: str, model: ReadModel) -> Difference:
    """Writes only the rows that differ. To be called in a transaction that keeps other writers away."""
    c = _Comparison(schema, model)
    names = ", ".join(c.columns)
    assignments = ", ".join(f"{name} = made.{name}" for name in c.columns)

    async def count(statement: str) -> int:
        return int((await connection.execute(statement, timeout=COMPARE_TIMEOUT_S)).rpartition(" ")[2])

    return Difference(
        table=model.table.name,
        left_over=await count(f"DELETE FROM {c.live} WHERE {c.is_left_over}"),  # noqa: S608
        different=await count(
            f"UPDATE {c.live} SET {assignments} FROM {c.made} WHERE {c.same_key} AND {c.is_different}"  # noqa: S608
        ),
        missing=await count(
            f"INSERT INTO {c.table} ({names}) SELECT {names} FROM {c.made} WHERE {c.is_missing}"  # noqa: S608
        ),
    )
