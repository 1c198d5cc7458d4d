"""Whether a service's database can be worked with."""

import asyncio

import asyncpg

from hotgigs.chassis import database, migrate
from hotgigs.chassis.database import Pool
from hotgigs.chassis.migrate import Schema

LIMIT_S = 2


class DatabaseReadiness:
    """Of ``schema``, in the database of ``pool``; its migrations are read at once."""

    def __init__(self, pool: Pool, schema: Schema) -> None:
        self._pool = pool
        self._older_versions = migrate.older_versions(schema)
        self._is_migrated = False

    async def state(self) -> str:
        """What is wrong, or "ok". A database that is newer than the code is fine: it was migrated for those
        who come next. Once found as new as the code, its version is not asked for again."""
        try:
            async with asyncio.timeout(LIMIT_S), self._pool.acquire() as connection:
                await connection.execute("SELECT 1 FROM outbox LIMIT 1")
                if not self._is_migrated:
                    version = await connection.fetchval("SELECT version_num FROM alembic_version")
                    self._is_migrated = version is not None and version not in self._older_versions
        except database.CONNECTION_LOST:
            return "database unavailable"
        except asyncpg.UndefinedTableError:
            return "database not migrated"
        return "ok" if self._is_migrated else "database not migrated"
