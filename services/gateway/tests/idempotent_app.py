"""A small app behind the idempotency middleware, on the gateway's real tables."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
from asyncpg import Record
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from hotgigs.chassis.bus.interface import Bus, BusUnavailable
from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.errors import Problem, answer_failure, answer_problem
from hotgigs.gateway.idempotency.attempts import Attempts
from hotgigs.gateway.idempotency.middleware import idempotent
from hotgigs.gateway.idempotency.request_ids import ids_of
from hotgigs.gateway.idempotency.spool_space import SpoolSpace
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.auth import AuthRoutes
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.uploads.form import FORM_LIMIT, OVERHEAD_BYTES

ADA, BOB = UUID(int=1), UUID(int=2)
SETTINGS = GatewaySettings(upload_max_bytes=2**20, batch_max_bytes=2 * 2**20)
MAX_BODY_BYTES = SETTINGS.batch_max_bytes + OVERHEAD_BYTES
USER_SPOOL_BYTES, SPOOL_BYTES = 2 * MAX_BODY_BYTES, 2 * MAX_BODY_BYTES + 2**20
SECRET = "an-encryption-key-for-these-tests"

Effect = Callable[["Made"], Awaitable[int]]
"""Has an effect, and says the status of its answer."""


class Made:
    """What one run of the route was given, and would make."""

    def __init__(self, body: bytes, ids: tuple[UUID, UUID], *, is_continued: bool) -> None:
        self.body = body
        self.ids = ids
        self.is_continued = is_continued


async def creates(_: Made) -> int:
    return 201


async def fails(_: Made) -> int:
    raise BusUnavailable


class App:
    """``effect`` is what the route does; ``made`` has what it was given each time."""

    def __init__(self, pool: Pool, *, lease_s: float = 30, secret: str = SECRET) -> None:
        self.made: list[Made] = []
        self.effect: Effect = creates
        self.units_of_work = UnitsOfWork(pool, Relay(pool, _no_bus(), service="gateway"), source="gateway")
        self.attempts = Attempts(self.units_of_work, Sealing([secret], label="test"), lease_s=lease_s)
        self.litestar = self._litestar(
            State({"resources": SimpleNamespace(pool=pool, units_of_work=self.units_of_work)})
        )

    def _litestar(self, state: State) -> Litestar:
        @post(["/things", "/others"], request_max_body_size=None)
        async def make(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
            ids = ids_of(request)
            made = Made(await request.body(), (ids.new(), ids.new()), is_continued=ids.is_continued)
            self.made.append(made)
            status = await self.effect(made)
            return Response({"secret": f"thing {made.ids[0]}"}, status_code=status)

        @post("/small", request_max_body_size=10)
        async def small(request: Request[Any, Any, Any]) -> int:
            return len(await request.body())

        @post("/form", request_max_body_size=None, opt={FORM_LIMIT: "upload_max_bytes"})
        async def form(request: Request[Any, Any, Any]) -> int:
            return len(await request.body())

        @post("/guarded", request_max_body_size=None, guards=[_refuses])
        async def guarded() -> None:
            raise AssertionError("nobody may use it")

        @get("/things")
        async def read() -> str:
            return "read"

        return Litestar(
            [make, small, form, guarded, read, AuthRoutes],
            middleware=[
                _logged_in,
                DefineMiddleware(
                    idempotent,
                    attempts=self.attempts,
                    spool_space=SpoolSpace(max_bytes=SPOOL_BYTES, max_user_bytes=USER_SPOOL_BYTES),
                    settings=SETTINGS,
                ),
            ],
            exception_handlers={HTTPException: answer_problem, Exception: answer_failure},
            request_class=GatewayRequest,
            state=state,
            openapi_config=None,
        )

    async def post(
        self,
        key: str | None = "a-key",
        content: bytes = b"{}",
        *,
        path: str = "/things",
        user: UUID | None = ADA,
        content_type: str = "application/json",
        method: str = "POST",
    ) -> httpx.Response:
        headers = {"Content-Type": content_type}
        headers |= {} if key is None else {"Idempotency-Key": key}
        headers |= {} if user is None else {"X-User": str(user)}
        transport = httpx.ASGITransport(self.litestar)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, content=content, headers=headers)


class Held:
    """An effect that waits to be let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

    async def __call__(self, _: Made) -> int:
        self.begun.set()
        await self.let_go.wait()
        return 201


async def rows(pool: Pool) -> list[Record]:
    async with pool.acquire() as connection:
        return await connection.fetch("SELECT * FROM idempotency_keys")


async def execute(pool: Pool, statement: str, *arguments: object) -> None:
    async with pool.acquire() as connection:
        await connection.execute(statement, *arguments)


def is_replayed(answer: httpx.Response) -> bool:
    return answer.headers.get("Idempotent-Replayed") == "true"


def _logged_in(app: ASGIApp) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        for name, value in scope["headers"]:
            if name == b"x-user":
                scope["user"] = Principal(user_id=UUID(value.decode()), role="recruiter")
        await app(scope, receive, send)

    return answer


def _refuses(_: object, __: object) -> None:
    raise Problem(status_code=403, detail="Nobody may do this.")


def _no_bus() -> Bus:
    """Nothing is published."""
    return None  # type: ignore[return-value]
