"""The small service that the bus benchmark consists of: one event, one row as its effect.

Its tables stand in a schema of their own beside an inbox and an outbox as every service has them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, Column, Table, text
from sqlalchemy.ext.asyncio import create_async_engine

from hotgigs.chassis.database import role_of
from hotgigs.chassis.handlers import AnyHandler, BatchHandler, Handler
from hotgigs.chassis.migrate import BUS, migrate, sqlalchemy_url
from hotgigs.chassis.tables import service_metadata
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

SCHEMA = "bench"
MESSAGE_BYTES = 1024

metadata = service_metadata(SCHEMA)
effects = Table("effects", metadata, Column("number", BigInteger, nullable=False))


def event(number: int) -> ParseProgressedV1:
    """Its data is about `MESSAGE_BYTES` long."""
    return ParseProgressedV1(
        resume_id=UUID(int=number),
        attempt=1,
        sequence=number,
        percentage=10,
        step="x" * (MESSAGE_BYTES - 190),
        started_at=datetime.now(UTC),
    )


async def on_event(message: ParseProgressedV1, uow: UnitOfWork) -> None:
    await uow.connection.execute("INSERT INTO effects (number) VALUES ($1)", message.sequence)


async def on_events(messages: Sequence[ParseProgressedV1], uow: UnitOfWork) -> None:
    await uow.connection.execute(
        "INSERT INTO effects (number) SELECT unnest($1::bigint[])", [message.sequence for message in messages]
    )


HANDLERS: dict[str, AnyHandler] = {
    "one": Handler(message=ParseProgressedV1, handle=on_event),
    "batch": BatchHandler(message=ParseProgressedV1, handle_all=on_events),
}


async def create_database(server_url: str, name: str) -> str:
    """With the service's tables and those of the embedded bus; returns its URL."""
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    await migrate(url, [BUS])
    await _create_tables(url)
    return url


async def _create_tables(url: str) -> None:
    engine = create_async_engine(sqlalchemy_url(url))
    try:
        async with engine.begin() as connection:
            role = role_of(SCHEMA)
            await connection.execute(
                text(f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
            )
            await connection.execute(text(f"CREATE SCHEMA {SCHEMA} AUTHORIZATION {role}"))
            await connection.execute(text(f"SET LOCAL ROLE {role}"))
            await connection.run_sync(metadata.create_all)
    finally:
        await engine.dispose()
