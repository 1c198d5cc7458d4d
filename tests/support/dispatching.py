"""Dispatchers at work on a real database, for webhooks on a real server of the test's own."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web
from support.eventually import eventually
from support.notifier_service import NotifierService, actor

from hotgigs.chassis.database import Pool
from hotgigs.contracts.actor import Actor
from hotgigs.notifier import rendering, secrets_store, wakeups
from hotgigs.notifier.dispatcher import Dispatcher
from hotgigs.notifier.http_sender import http_sender
from hotgigs.notifier.trying import Bodies, Messenger

Answer = Callable[[web.Request], Awaitable[web.Response]]


async def accepts(_: web.Request) -> web.Response:
    return web.Response()


def answers(status: int, headers: Mapping[str, str] | None = None, *, text: str = "") -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, headers=headers, text=text)

    return answer


class Hangs:
    """Answers when it may; ``reached`` is how often it was asked."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.reached = 0

    async def is_reached(self, times: int = 1) -> None:
        async def was() -> bool:
            return self.reached >= times

        await eventually(was)

    async def __call__(self, _: web.Request) -> web.Response:
        self.reached += 1
        await self.may_answer.wait()
        return web.Response()


class Receiver:
    """Each path is a webhook's, and answers as ``answers`` says; it accepts without a word there."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.received: dict[str, list[str]] = defaultdict(list)
        """Ids of deliveries as they came, by path."""
        self.most_at_once: Counter[str] = Counter()
        self.twice_at_once: list[str] = []
        """Deliveries that came while they were being answered."""
        self._at_once: Counter[str] = Counter()
        self._under_way: set[str] = set()
        self._port = 0

    @asynccontextmanager
    async def serving(self, *, hosts: int = 1) -> AsyncIterator["Receiver"]:
        """On so many addresses."""
        app = web.Application()
        app.router.add_post("/{path}", self._receive)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        for host in range(1, hosts):
            await web.TCPSite(runner, f"127.0.0.{1 + host}", self._port).start()
        try:
            yield self
        finally:
            await runner.cleanup()

    def url_of(self, path: str, *, host: int = 0) -> str:
        return f"http://127.0.0.{1 + host}:{self._port}/{path}"

    @property
    def all_received(self) -> list[str]:
        return [delivery for deliveries in self.received.values() for delivery in deliveries]

    async def _receive(self, request: web.Request) -> web.Response:
        path, delivery = request.match_info["path"], request.headers["webhook-id"]
        self.received[path].append(delivery)
        if delivery in self._under_way:
            self.twice_at_once.append(delivery)
        self._under_way.add(delivery)
        self._at_once[path] += 1
        self.most_at_once[path] = max(self.most_at_once[path], self._at_once[path])
        try:
            return await self.answers.get(path, accepts)(request)
        finally:
            self._under_way.discard(delivery)
            self._at_once[path] -= 1


class DispatchingNotifier(NotifierService):
    """A process of the notifier; several on one database are its replicas. ``receiver`` has its webhooks."""

    def __init__(
        self,
        pool: Pool,
        database_url: str,
        receiver: Receiver,
        *,
        bodies: Bodies = rendering.bodies,
        **settings: Any,
    ) -> None:
        super().__init__(pool, database_url, webhook_allow_private=True, **settings)
        self.receiver = receiver
        self.bodies = bodies

    @asynccontextmanager
    async def dispatching(self) -> AsyncIterator[None]:
        """Tries what is due, for the block."""
        settings, notifications = self.resources.settings, self.resources.notifications
        async with http_sender(settings) as sender:
            messenger = Messenger(
                bodies=self.bodies,
                signing_keys=partial(secrets_store.signing_keys, sealing=self.resources.sealing),
                sender=sender,
            )
            dispatcher = Dispatcher(
                self.units_of_work, notifications, settings, messenger, stopping=self.resources.stopping
            )
            listening = asyncio.create_task(notifications.run())
            try:
                async with dispatcher.running():
                    yield
            finally:
                listening.cancel()

    async def has_webhook(self, path: str, owner: Actor | None = None, *, host: int = 0) -> UUID:
        return await self.adds(owner or actor(), url=self.receiver.url_of(path, host=host))

    async def is_due(self, webhook_id: UUID, count: int = 1, *, in_s: float = 0.0) -> list[UUID]:
        """New deliveries of the webhook."""
        delivery_ids = [uuid4() for _ in range(count)]
        async with self.units_of_work.begin() as uow:
            await uow.connection.execute(
                "INSERT INTO deliveries"
                " (delivery_id, webhook_id, event, is_test, created_at, next_attempt_at)"
                " SELECT id, $2, 'candidate.added', true, now(), now() + $3 * interval '1 s'"
                " FROM unnest($1::uuid[]) AS id",
                delivery_ids,
                webhook_id,
                in_s,
            )
            await wakeups.wake(uow.connection, "deliveries")
        return delivery_ids

    async def statuses(self) -> Counter[str]:
        rows = await self.pool.fetch("SELECT status, count(*) FROM deliveries GROUP BY status")
        return Counter({row["status"]: row["count"] for row in rows})

    async def all_become(self, status: str, *, within_s: float = 20.0) -> None:
        async def have() -> bool:
            return set(await self.statuses()) == {status}

        await eventually(have, within_s=within_s)

    async def is_tried(self, delivery_id: UUID, times: int = 1) -> dict[str, Any]:
        """The delivery, when it was tried so often."""

        async def was() -> bool:
            return int((await self.delivery(delivery_id))["attempt_count"]) >= times

        await eventually(was)
        return await self.delivery(delivery_id)

    async def attempts(self, delivery_id: UUID) -> list[dict[str, Any]]:
        rows = await self.pool.fetch(
            "SELECT * FROM attempts WHERE delivery_id = $1 ORDER BY number", delivery_id
        )
        return [dict(row) for row in rows]

    async def health(self, webhook_id: UUID) -> dict[str, Any]:
        row = await self.pool.fetchrow("SELECT * FROM health WHERE webhook_id = $1", webhook_id)
        assert row is not None
        return dict(row)

    async def has_failed_for(self, webhook_id: UUID, days: float, *, last_days_ago: float = 0.0) -> None:
        await self.pool.execute(
            "UPDATE health SET failing_since = now() - $2 * interval '1 d',"
            "  failed_at = now() - $3 * interval '1 d' WHERE webhook_id = $1",
            webhook_id,
            days,
            last_days_ago,
        )
