"""What a part of the gateway asks the database: recorded once, and asked again without the gateway."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import msgspec
from msgspec import Struct

BEGIN = "BEGIN"


class Statement(Struct, frozen=True):
    """``args`` are None for what is executed and gives no rows."""

    sql: str
    args: Sequence[object] | None


class Recorder:
    """In a connection's place."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self.statements: list[Statement] = []

    async def fetch(self, sql: str, *args: object) -> Any:
        return await self._recorded(self._connection.fetch, sql, args)

    async def fetchrow(self, sql: str, *args: object) -> Any:
        return await self._recorded(self._connection.fetchrow, sql, args)

    async def fetchval(self, sql: str, *args: object) -> Any:
        return await self._recorded(self._connection.fetchval, sql, args)

    async def execute(self, sql: str) -> None:
        self.statements.append(Statement(sql, None))
        await self._connection.execute(sql)

    @asynccontextmanager
    async def transaction(self, **options: Any) -> AsyncIterator[None]:
        self.statements.append(Statement(BEGIN, None))
        async with self._connection.transaction(**options):
            yield
        self.statements.append(Statement("COMMIT", None))

    async def _recorded(self, read: Callable[..., Any], sql: str, args: Sequence[object]) -> Any:
        self.statements.append(Statement(sql, args))
        return await read(sql, *args)


async def replay(connection: "asyncpg.Connection[asyncpg.Record]", statements: Sequence[Statement]) -> bytes:
    """The rows as JSON."""
    answer = b""
    for statement in statements:
        if statement.args is None:
            await connection.execute(statement.sql)
        else:
            rows = await connection.fetch(statement.sql, *statement.args)
            answer += msgspec.json.encode([dict(row) for row in rows])
    return answer
