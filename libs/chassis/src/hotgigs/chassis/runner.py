"""Running services in one process: set-up, signals, draining, and the order things end in."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import asyncpg
import structlog
import uvicorn
from obstore.store import ObjectStore
from uvicorn._types import ASGI3Application

from hotgigs.chassis import database, embedded_postgres, inbox, migrate
from hotgigs.chassis.blobs import STORE_FAILED, open_blobs
from hotgigs.chassis.bus.embedded import open_embedded_bus
from hotgigs.chassis.bus.interface import Bus, BusUnavailable, Queue
from hotgigs.chassis.bus.rabbitmq import RabbitMQBus
from hotgigs.chassis.consumer import Consumer
from hotgigs.chassis.handlers import queue_of
from hotgigs.chassis.health import with_health
from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.readiness import DatabaseReadiness
from hotgigs.chassis.scrape import Scrape
from hotgigs.chassis.service import AnyService, Loop, Runtime, channel_of
from hotgigs.chassis.settings import Settings
from hotgigs.chassis.tracing import Tracer, open_tracing
from hotgigs.chassis.unit_of_work import UnitsOfWork

log = structlog.get_logger(__name__)

HTTP_GRACE_S = 10


async def _forget_old_messages(units_of_work: UnitsOfWork, _: object) -> None:
    async with units_of_work.begin() as uow:
        await inbox.forget_old(uow.connection)


_FORGET_OLD_MESSAGES = Loop(name="forget_old_messages", every_s=3600, run=_forget_old_messages)

_PASSING = (*database.CONNECTION_LOST, *STORE_FAILED)


async def database_url(settings: Settings) -> str:
    """The database's URL; starts the embedded one where none is set."""
    return settings.database_url or await embedded_postgres.start(settings.data_dir)


async def open_bus(settings: Settings, url: str, *, client_name: str) -> Bus:
    """RabbitMQ where it is set, else the bus in the database of ``url``."""
    if settings.amqp_url is not None:
        return RabbitMQBus(
            settings.amqp_url, client_name=f"hotgigs {client_name}", namespace=settings.amqp_namespace
        )
    return await open_embedded_bus(url)


@asynccontextmanager
async def bus_for(command: str, settings: Settings, url: str) -> AsyncIterator[Bus]:
    """The bus, for a command beside the running system."""
    bus = await open_bus(settings, url, client_name=command)
    try:
        yield bus
    finally:
        await bus.close()


async def prepare(services: Sequence[AnyService], settings: Settings, url: str) -> None:
    """``hotgigs migrate``: schemas up to date, and the queues of all ``services`` declared, so that
    nothing published before a service's first start is lost."""
    if settings.amqp_url is None:
        await migrate.migrate(url, [migrate.BUS])
    for service in services:
        await migrate.migrate(settings.database_url_of(service.schema, url), [migrate.schema_of(service)])
    async with bus_for("migrate", settings, url) as bus:
        queues: list[Queue] = [queue for service in services for queue in service.queues]
        await database.until_reachable(lambda: bus.declare(queues), what="bus")


async def serve(services: Sequence[AnyService], settings: Settings) -> None:
    """Runs ``services`` until SIGTERM or SIGINT, then drains them: HTTP first, then the queues, then
    the outboxes. A signal that comes before everything is set up ends it where it stands."""
    stop, is_up = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(_serve(services, settings, stop, is_up))

    def end() -> None:
        stop.set()
        if not is_up.is_set():
            serving.cancel()

    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, end)
    try:
        await serving
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
        log.info("stopped")


async def _serve(
    services: Sequence[AnyService], settings: Settings, stop: asyncio.Event, is_up: asyncio.Event
) -> None:
    url = await database_url(settings)
    async with AsyncExitStack() as stack:
        tracer_of = await stack.enter_async_context(open_tracing(settings))
        bus = await open_bus(settings, url, client_name=" ".join(s.name for s in services))
        stack.push_async_callback(bus.close)
        blobs = open_blobs(settings.blob_store_url())
        running = [
            await stack.enter_async_context(
                _running(service, settings, tracer_of(service.name), url=url, bus=bus, blobs=blobs, stop=stop)
            )
            for service in services
        ]
        async with _http(running, bus, settings):
            log.info("serving", services=[s.name for s in services], port=settings.port, pid=os.getpid())
            is_up.set()
            _leave_out_of_collections()
            await stop.wait()
            log.info("draining")
            for each in running:
                each.runtime.notifications.wake_all()


def _leave_out_of_collections() -> None:
    """What is there when all is set up, modules above all, stays for good: to look through it for garbage
    again and again holds everything up by a tenth of a second each time."""
    gc.collect()
    gc.freeze()


class _Running:
    """One service at work; ``app`` is its HTTP app."""

    def __init__(self, service: AnyService, runtime: Runtime[Any], app: ASGI3Application | None) -> None:
        self.service = service
        self.runtime = runtime
        self.app = app
        self.database = DatabaseReadiness(runtime.pool, migrate.schema_of(service))


@asynccontextmanager
async def _running(
    service: AnyService,
    settings: Settings,
    tracer: Tracer,
    *,
    url: str,
    bus: Bus,
    blobs: ObjectStore,
    stop: asyncio.Event,
) -> AsyncIterator[_Running]:
    """The service with its consumers, loops and relay; drains on leaving."""
    own_url = settings.database_url_of(service.schema, url)
    pool = await database.open_pool(own_url, schema=service.schema, max_size=settings.database_pool_size)
    relay = Relay(pool, bus, service=service.name)
    notifications = Notifications(own_url, schema=service.schema, channel=channel_of(service.schema))
    runtime: Runtime[Any] = Runtime(
        settings=service.settings(),
        pool=pool,
        bus=bus,
        blobs=blobs,
        units_of_work=UnitsOfWork(pool, relay, source=service.name, tracer=tracer),
        notifications=notifications,
        stopping=stop,
        tracer=tracer,
    )
    try:
        async with service.resources(runtime) as resources:
            background = _Tasks(stop)
            consumers = [
                Consumer(bus, queue_of(service.name, handler), handler, runtime.units_of_work, resources)
                for handler in service.handlers
            ]
            consuming = [background.start(c.run(), "consumer") for c in consumers]
            background.start(relay.run(), "relay")
            background.start(notifications.run(), "notifications")
            for loop in (*service.loops, _FORGET_OLD_MESSAGES):
                background.start(_repeat(loop, runtime.units_of_work, resources), loop.name)
            app = None if service.http is None else service.http(runtime, resources)
            try:
                yield _Running(service, runtime, app)  # type: ignore[arg-type]
            finally:
                await _drain(consumers, consuming, settings.drain_seconds)
                with contextlib.suppress(BusUnavailable, *database.CONNECTION_LOST):
                    await relay.publish_batch()
                await background.cancel()
    finally:
        pool.terminate()


class _Tasks:
    """Background tasks of a service. One that ends by an exception stops the process: what it did is
    not done any more, and a fresh start is better than a half-dead service."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("task_failed", task=task.get_name(), exc_info=error)
            self._stop.set()

    async def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        failed = [t for t in self._tasks if not t.cancelled() and t.exception() is not None]
        if failed:
            raise SystemExit(1)


async def _drain(
    consumers: Sequence[Consumer], tasks: Sequence[asyncio.Task[None]], drain_seconds: float
) -> None:
    for consumer in consumers:
        consumer.drain()
    if tasks:
        _, pending = await asyncio.wait(tasks, timeout=drain_seconds)
        if pending:
            log.warning("drain_cut_short", consumers=len(pending))


async def _repeat(loop: Loop, units_of_work: UnitsOfWork, resources: object) -> None:
    while True:
        # First of all: a service that starts has its queues to catch up with.
        await asyncio.sleep(loop.every_s)
        try:
            await loop.run(units_of_work, resources)
        except (*_PASSING, asyncpg.PostgresError) as err:
            log.warning("loop_failed", loop=loop.name, error=type(err).__name__)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        """The runner handles signals, for HTTP and everything else."""
        yield


@asynccontextmanager
async def _http(running: Sequence[_Running], bus: Bus, settings: Settings) -> AsyncIterator[None]:
    """Serves the app of the service that has one, and health, until left."""
    apps = [r.app for r in running if r.app is not None]
    if len(apps) > 1:
        raise ValueError("only one service of a process can have an HTTP app")

    async def checks() -> dict[str, str]:
        states = {r.service.name: await r.database.state() for r in running}
        try:
            async with asyncio.timeout(2):
                await bus.ping()
            states["bus"] = "ok"
        except (BusUnavailable, TimeoutError):
            states["bus"] = "unavailable"
        return states

    scrape = Scrape(
        bus,
        queues=[queue for r in running for queue in r.service.queues],
        pools={r.service.name: r.runtime.pool for r in running},
    )
    config = uvicorn.Config(
        with_health(apps[0] if apps else None, checks, scrape.text),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=HTTP_GRACE_S,
        lifespan="on" if apps else "off",
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if serving.done():
                await serving
                raise SystemExit(1)
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await serving
