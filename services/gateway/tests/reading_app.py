"""The gateway's routes that read, on its real tables, with callers whom one names."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from obstore.store import MemoryStore

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.gateway.accounts.bearer import authenticating
from hotgigs.gateway.accounts.principal import Principal, Role
from hotgigs.gateway.accounts.tokens import InvalidToken
from hotgigs.gateway.errors import answer_failure, answer_problem
from hotgigs.gateway.request import GatewayRequest
from hotgigs.gateway.routes.admin_candidates import AdminCandidateRoutes
from hotgigs.gateway.routes.candidate import CandidateRoutes
from hotgigs.gateway.routes.candidates import CandidateListRoutes
from hotgigs.gateway.routes.resumes import ResumeRoutes

Params = Mapping[str, str | int | float | Sequence[str]]


class Doorkeeper:
    """An authentication for tokens like ``recruiter:<user id>``; those of ``gone`` are no longer good."""

    def __init__(self) -> None:
        self.gone: set[UUID] = set()

    async def principal_of(self, token: str) -> Principal:
        role, _, user_id = token.partition(":")
        if UUID(user_id) in self.gone:
            raise InvalidToken("gone")
        roles: dict[str, Role] = {"recruiter": "recruiter", "admin": "admin", "candidate": "candidate"}
        return Principal(user_id=UUID(user_id), role=roles[role])

    def waking(self, _wakeup: object) -> nullcontext[None]:
        return nullcontext()


class Recorded:
    """A recorder that keeps what it is told: kind, who, and what of."""

    def __init__(self) -> None:
        self.reads: list[tuple[object, ...]] = []

    def viewed(self, principal: Principal, candidate_id: UUID) -> None:
        self.reads.append(("viewed", principal.user_id, candidate_id))

    def downloaded(self, principal: Principal, candidate_id: UUID, resume_id: UUID) -> None:
        self.reads.append(("downloaded", principal.user_id, candidate_id, resume_id))

    def exported(self, principal: Principal, candidate_id: UUID) -> None:
        self.reads.append(("exported", principal.user_id, candidate_id))


class ReadingApp:
    def __init__(self, pool: Pool) -> None:
        self.doorkeeper = Doorkeeper()
        self.blobs = MemoryStore()
        self.recorded = Recorded()
        self.resources = SimpleNamespace(
            pool=pool,
            notifications=Notifications("", schema="", channel=""),
            stopping=asyncio.Event(),
            authentication=self.doorkeeper,
            blobs=self.blobs,
            recorder=self.recorded,
        )
        self.litestar = Litestar(
            [CandidateListRoutes, AdminCandidateRoutes, CandidateRoutes, ResumeRoutes],
            middleware=[DefineMiddleware(authenticating, authentication=self.doorkeeper)],
            exception_handlers={HTTPException: answer_problem, Exception: answer_failure},
            request_class=GatewayRequest,
            state=State({"resources": self.resources}),
        )

    async def get(
        self, who: Principal, path: str, params: Params | None = None, *, etag: str | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {who.role}:{who.user_id}"}
        headers |= {} if etag is None else {"If-None-Match": etag}
        transport = httpx.ASGITransport(self.litestar)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway.example") as client:
            return await client.get(f"/api/resumes{path}", params=params, headers=headers)

    async def read(self, who: Principal, path: str, params: Params | None = None) -> Any:
        """The answer of a read that is granted."""
        answer = await self.get(who, path, params)
        assert answer.status_code == 200, answer.text
        return answer.json()
