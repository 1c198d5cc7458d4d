"""The gateway's routes that change candidates, on its real tables, with callers whom one names, and with
ingest behind a bus of the test's own."""

from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware

from hotgigs.chassis.bus.interface import Bus, BusUnavailable, PublishFailed
from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts import store as accounts
from hotgigs.gateway.accounts.bearer import authenticating
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.commands import Commands
from hotgigs.gateway.errors import answer_failure, answer_problem
from hotgigs.gateway.http import ROUTES
from hotgigs.gateway.idempotency.attempts import Attempts
from hotgigs.gateway.idempotency.middleware import idempotent
from hotgigs.gateway.idempotency.spool_space import SpoolSpace
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.wakeups import command_key

WAIT_S = 10.0

Effect = Callable[[Connection, Any], Awaitable[None]]
"""What becomes of a command in the read models."""


class Ingest:
    """Settles every command when it is published, with its effect; or with a rejection; or not, while it
    is away."""

    def __init__(self, pool: Pool, notifications: Notifications) -> None:
        self.commands: list[Any] = []
        self.rejection: Rejection | None = None
        self.result: dict[str, int] | None = None
        self.effect: Effect | None = None
        self.is_away = False
        self.broker_is_away = False
        self._pool = pool
        self._notifications = notifications

    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        if self.broker_is_away:
            raise PublishFailed({envelope.id: BusUnavailable() for envelope in envelopes})
        for envelope in envelopes:
            command = envelope.open()
            self.commands.append(command)
            if not self.is_away:
                await self._settle(command)

    async def _settle(self, command: Any) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            if self.effect is not None and self.rejection is None:
                await self.effect(connection, command)
            await connection.executemany(
                "INSERT INTO command_outcomes (command_id, event, events, rejection, result)"
                " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                [
                    (command.command_id, "settled", int(self.rejection is None), self.rejection, None),
                    (command.command_id, "an_event/1", None, None, self.result),
                ],
            )
        self._notifications.wake(command_key(command.command_id))


class WritingApp:
    """``ingest`` is told what to do with the commands that the routes send."""

    def __init__(self, pool: Pool) -> None:
        notifications = Notifications("", schema="", channel="")
        self.ingest = Ingest(pool, notifications)
        bus = cast("Bus", self.ingest)
        self.settings = GatewaySettings()
        self.units_of_work = UnitsOfWork(pool, Relay(pool, bus, service="gateway"), source="gateway")
        self.resources = SimpleNamespace(
            pool=pool,
            units_of_work=self.units_of_work,
            notifications=notifications,
            commands=Commands(bus, pool, notifications, wait_s=WAIT_S),
            settings=self.settings,
        )
        self.litestar = Litestar(
            [ROUTES],
            middleware=[
                DefineMiddleware(authenticating, authentication=self),
                DefineMiddleware(
                    idempotent,
                    attempts=Attempts(
                        self.units_of_work, Sealing(["a-key-for-these-tests-" * 2], label="test"), lease_s=30
                    ),
                    spool_space=SpoolSpace(max_bytes=2**24, max_user_bytes=2**23),
                    settings=self.settings,
                ),
            ],
            exception_handlers={HTTPException: answer_problem, Exception: answer_failure},
            request_class=GatewayRequest,
            state=State({"resources": self.resources}),
        )
        self._notifications = notifications
        self._pool = pool

    def without_ingest(self) -> None:
        """From now on commands wait, and nobody waits for them."""
        self.ingest.is_away = True
        self.resources.commands = Commands(
            cast("Bus", self.ingest), self._pool, self._notifications, wait_s=0.01
        )

    async def principal_of(self, token: str) -> Principal:
        """For tokens like ``recruiter:<user id>``."""
        role, _, user_id = token.partition(":")
        return Principal(user_id=UUID(user_id), role=cast("Role", role))

    async def ask(
        self, who: Principal, method: str, path: str, json: Any = None, *, key: str | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {who.role}:{who.user_id}"}
        headers |= {} if key is None else {"Idempotency-Key": key}
        transport = httpx.ASGITransport(self.litestar)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.example") as client:
            return await client.request(method, path, json=json, headers=headers)

    @property
    def sent(self) -> Any:
        """The only command that was sent."""
        (command,) = self.ingest.commands
        return command


async def add_user(pool: Pool, *, role: str = "recruiter", status: str = "active") -> UUID:
    user_id = uuid4()
    async with pool.acquire() as connection:
        await accounts.add_user(
            connection,
            user_id=user_id,
            email=f"{user_id}@mail.example",
            password_hash="",
            full_name=None,
            role=role,
            status=status,
        )
    return user_id
