"""Connections to a service's own schema.

Every connection takes on the service's role and sees the service's schema only, and what extensions are
in ``public``, so that PostgreSQL itself refuses a query into another service's tables.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
import msgspec
import structlog

from hotgigs.chassis.errors import DependencyDown

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = PoolConnectionProxy[asyncpg.Record]
else:
    Pool = asyncpg.Pool
    Connection = Any

log = structlog.get_logger(__name__)

T = TypeVar("T")

CONNECT_TIMEOUT_S = 5.0
COMMAND_TIMEOUT_S = 30.0
IDLE_IN_TRANSACTION_S = 25.0
"""After which the server rolls a transaction back: a process that hangs, or whose machine is gone without
a word, must not keep its locks from others for long. More than the relay's publishing takes at most."""
LOCK_TIMEOUT_S = 3.0
"""What waits for longer for somebody else's lock lets go of its connection, which others could use."""

CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # its state machine, where the connection goes in the middle of a switch
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.LockNotAvailableError,
    asyncpg.TooManyConnectionsError,
    OSError,
    TimeoutError,
)
"""What asyncpg raises where the database is away, or too busy with somebody else, as opposed to where a
statement is wrong."""


def role_of(schema: str) -> str:
    return f"hotgigs_{schema}"


async def connect(url: str, *, schema: str, purpose: str) -> "asyncpg.Connection[asyncpg.Record]":
    """One connection outside of any pool. Raises one of `CONNECTION_LOST`."""
    return await asyncpg.connect(
        url,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
        server_settings=_session(schema, purpose),
    )


async def open_pool(url: str, *, schema: str, max_size: int) -> Pool:
    """Waits until the database can be reached and the schema's role exists."""

    async def attempt() -> Pool:
        return await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=max_size,
            timeout=CONNECT_TIMEOUT_S,
            command_timeout=COMMAND_TIMEOUT_S,
            max_inactive_connection_lifetime=300,
            server_settings=_session(schema, "pool"),
            init=_use_msgspec_for_json,
            reset=_leave_as_it_is,
        )

    return await until_reachable(attempt, what=f"database of {schema}")


async def until_reachable(attempt: Callable[[], Awaitable[T]], *, what: str) -> T:
    """Tries until it succeeds, less and less often, saying so each time."""
    delay_s = 0.2
    while True:
        try:
            return await attempt()
        except (DependencyDown, *CONNECTION_LOST, asyncpg.InvalidParameterValueError) as err:
            # InvalidParameterValue: the role is not there before `hotgigs migrate` made it.
            log.warning("waiting_for", what=what, error=type(err).__name__, retry_in_s=delay_s)
        await asyncio.sleep(delay_s)
        delay_s = min(delay_s * 2, 5.0)


def _session(schema: str, purpose: str) -> dict[str, str]:
    return {
        "application_name": f"hotgigs {schema} {purpose}",
        "role": role_of(schema),
        "search_path": f"{schema}, public",
        "timezone": "UTC",
        "jit": "off",
        "lock_timeout": f"{LOCK_TIMEOUT_S * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_S * 1000:.0f}",
    }


async def _leave_as_it_is(_: "asyncpg.Connection[asyncpg.Record]") -> None:
    """asyncpg would send a reset query on every release, a tenth of what a read costs. Nothing here
    changes its session: settings, locks and cursors are the transaction's, LISTEN has a connection of
    its own."""


async def _use_msgspec_for_json(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
    )
