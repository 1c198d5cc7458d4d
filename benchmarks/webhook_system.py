"""A notifier as a process of its own beside a gateway, recruiters with webhooks, and what happens to them."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import psutil
from msgspec import Struct
from processes import Role, free_port, role
from stores import postgres_server
from system import migrate, service, shared_settings
from uuid_utils.compat import uuid7

from hotgigs.chassis.bus.embedded import open_embedded_bus
from hotgigs.chassis.bus.interface import Bus
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.envelope import wrap
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1

RECRUITERS = 10
WEBHOOKS_EACH = 10
WEBHOOKS = RECRUITERS * WEBHOOKS_EACH
SLOW_S = 3.0
_TICK_S = 0.1
_POLL_S = 0.05
_WITHIN_S = 300.0


class NotReceived(Exception):
    """Deliveries did not arrive in time."""


class Received(Struct, frozen=True, array_like=True):
    """By the webhook of this number; ``at`` by the monotonic clock."""

    at: float
    webhook: int
    delivery_id: str
    candidate_id: str


class Happened(Struct, frozen=True, kw_only=True):
    """``told_at`` is when each candidate was told to the notifier."""

    told_at: dict[str, float]

    @property
    def deliveries(self) -> int:
        return len(self.told_at) * WEBHOOKS_EACH


class WebhookSystem:
    """Open with `webhook_system`. Every recruiter's candidates are told to all of their webhooks."""

    def __init__(
        self, gateway: httpx.Client, bus: Bus, receivers: Role, url: str, start_notifier: Callable[[], object]
    ) -> None:
        self.receivers = receivers
        self.url = url
        self._gateway = gateway
        self._bus = bus
        self._start_notifier = start_notifier
        self._recruiters = [_recruiter(gateway) for _ in range(RECRUITERS)]
        self._webhooks: list[tuple[dict[str, str], str]] = []

    def subscribe_anew(self) -> None:
        """With webhooks that have no past. Number N is the recruiter's of N // `WEBHOOKS_EACH`."""

        def forget(webhook: tuple[dict[str, str], str]) -> None:
            headers, webhook_id = webhook
            self._gateway.delete(f"/{webhook_id}", headers=headers).raise_for_status()

        def subscribe(number: int) -> tuple[dict[str, str], str]:
            headers, _ = self._recruiters[number // WEBHOOKS_EACH]
            body = {"url": f"{self.url}/{number}", "events": ["candidate.added"]}
            answer = self._gateway.post("", json=body, headers=headers).raise_for_status()
            if answer.status_code != httpx.codes.CREATED:
                raise RuntimeError("the notifier has not taken a webhook in time")
            return headers, answer.json()["webhook_id"]

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(forget, self._webhooks))
            self._webhooks = list(pool.map(subscribe, range(WEBHOOKS)))

    async def behave(self, *, slow: Sequence[int] = (), dead: Sequence[int] = ()) -> None:
        await self.receivers.ask("behave", slow=list(slow), dead=list(dead))

    async def happen(self, candidates: int, *, per_s: float | None = None) -> Happened:
        """So many candidates are added, each recruiter's in turn, at an even pace or all at once."""
        told_at: dict[str, float] = {}
        began, at_once = time.monotonic(), candidates if per_s is None else max(round(per_s * _TICK_S), 1)
        for first in range(0, candidates, at_once):
            if per_s is not None:
                await asyncio.sleep(max(began + first / per_s - time.monotonic(), 0))
            added = [self._added(number) for number in range(first, min(first + at_once, candidates))]
            told_at |= dict.fromkeys((str(each.candidate.candidate_id) for each in added), time.monotonic())
            await self._bus.publish([wrap(each, source="ingest", correlation_id="bench") for each in added])
        return Happened(told_at=told_at)

    def _added(self, number: int) -> CandidateAddedV1:
        candidate_id, now = uuid7(), datetime.now(UTC)
        _, user_id = self._recruiters[number % RECRUITERS]
        profile = CandidateProfile(
            full_name="Tobias Ekwall",
            email=f"{candidate_id.hex}@mail.example",
            phone="+46 31 555 01 23",
            title="Structural Engineer",
            location="Gothenburg, Sweden",
            top_skills=("Revit", "Eurocode", "Timber"),
            total_experience_years=11.5,
        )
        state = CandidateState(
            candidate_id=candidate_id,
            version=1,
            database_id=user_id,
            source="resume_import",
            added_at=now,
            updated_at=now,
            survivor_id=candidate_id,
            profile=profile,
        )
        return CandidateAddedV1(candidate=state)

    async def received(self) -> list[Received]:
        answer = await self.receivers.ask("received")
        return [Received(*each) for each in answer["received"]]

    async def until_received(self, count: int) -> None:
        """New ones, by those that are neither slow nor dead. Raises NotReceived."""
        deadline = time.monotonic() + _WITHIN_S
        while (seen := (await self.receivers.ask("count"))["count"]) < count:
            if time.monotonic() > deadline:
                raise NotReceived(f"{seen} of {count} deliveries after {_WITHIN_S:.0f} s")
            await asyncio.sleep(_POLL_S)

    async def kill_notifier(self) -> None:
        """SIGKILL, and another in its place: returns when that is ready."""
        (process,) = (
            each
            for each in psutil.Process().children()
            if each.status() != psutil.STATUS_ZOMBIE and each.cmdline()[-2:] == ["serve", "notifier"]
        )
        process.kill()
        await asyncio.to_thread(self._start_notifier)


@asynccontextmanager
async def webhook_system(folder: Path) -> AsyncIterator[WebhookSystem]:
    """On PostgreSQL with the embedded bus; nothing but gateway and notifier takes its messages."""
    (folder / "postgres").mkdir()
    with ExitStack() as stack:
        database_url = stack.enter_context(postgres_server(folder / "postgres"))
        settings = shared_settings(folder) | {
            "HOTGIGS_DATABASE_URL": database_url,
            "HOTGIGS_WEBHOOK_ALLOW_PRIVATE": "1",
            "HOTGIGS_ACCESS_TOKEN_SECONDS": "1000000",
            "HOTGIGS_OUTCOME_WAIT_SECONDS": "30",
        }
        migrate(folder, settings)
        gateway_port = stack.enter_context(service("gateway", folder, settings))

        def start_notifier() -> object:
            return stack.enter_context(service("notifier", folder, settings))

        start_notifier()
        gateway = stack.enter_context(
            httpx.Client(
                base_url=f"http://127.0.0.1:{gateway_port}/api/webhooks", timeout=60, trust_env=False
            )
        )
        port = free_port()
        async with role(
            "webhook_receivers", str(port), str(SLOW_S), settings={}, log=folder / "system.log"
        ) as receivers:
            bus = await open_embedded_bus(database_url)
            try:
                yield WebhookSystem(gateway, bus, receivers, f"http://127.0.0.1:{port}", start_notifier)
            finally:
                await bus.close()


def _recruiter(gateway: httpx.Client) -> tuple[dict[str, str], UUID]:
    """The headers by which they are known, and their id."""
    auth = str(gateway.base_url).replace("/webhooks", "/auth")
    account = {"email": f"{uuid4().hex}@mail.example", "password": secrets.token_urlsafe(12)}
    registered = gateway.post(f"{auth}register", json=account | {"role": "recruiter"}).raise_for_status()
    token = gateway.post(f"{auth}login", json=account).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}"}, UUID(registered.json()["user_id"])
