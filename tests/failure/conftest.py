from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest
from e2e.background_loop import BackgroundLoop, background_loop
from failure.scenario import MakeScenario, Scenario
from failure.system import System
from failure.taps import EmbeddedTap, RabbitMQTap, Tap
from support.own_postgres import OwnPostgres
from support.own_rabbitmq import OwnRabbitMQ
from support.postgres import database
from support.rabbitmq import Broker
from support.server_folder import server_folder

from hotgigs.chassis.service import installed_services

REPORT = pytest.StashKey[dict[str, dict[str, object]]]()


@pytest.fixture(scope="session")
def loop() -> Iterator[BackgroundLoop]:
    with background_loop() as loop:
        yield loop


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRabbitMQ]:
    node = OwnRabbitMQ(tmp_path_factory.mktemp("rabbitmq") / "node")
    try:
        node.start()
        yield node
    finally:
        node.close()


@pytest.fixture(scope="session")
def server() -> Iterator[OwnPostgres]:
    with server_folder() as folder:
        server = OwnPostgres(folder / "data")
        server.start()
        yield server
        server.stop()


@pytest.fixture
def serve(
    request: pytest.FixtureRequest, tmp_path: Path, loop: BackgroundLoop, server: OwnPostgres
) -> Iterator[MakeScenario]:
    """Serves the system, on a database of its own, with what is copied of its messages by the tap."""
    with ExitStack() as stack:

        def make(
            tap_of: Callable[[str], Tap], settings: dict[str, str], *, replicas: Sequence[str] = ()
        ) -> Scenario:
            url = stack.enter_context(loop.entered(database(server.url, template="template0")))
            system = System(tmp_path, settings, loop, database_url=url, replicas=replicas)
            system.migrate()
            stack.callback(system.kill_what_runs)
            tap = tap_of(url)
            tap.open()
            system.start()
            rows = request.config.stash.setdefault(REPORT, {})
            return Scenario(system, tap, report=lambda row: rows.update({request.node.name: row}))

        yield make


@pytest.fixture
def on_rabbitmq(serve: MakeScenario, node: OwnRabbitMQ, loop: BackgroundLoop) -> Iterator[MakeScenario]:
    """The same on the broker, under names of its own; `heartbeat_s` is by when it misses a client."""
    broker = Broker(node.url)

    def make(
        *,
        heartbeat_s: int | None = None,
        replicas: Sequence[str] = (),
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> Scenario:
        url = node.url if heartbeat_s is None else f"{node.url}?heartbeat={heartbeat_s}"
        ours = {"HOTGIGS_AMQP_URL": url, "HOTGIGS_AMQP_NAMESPACE": broker.namespace}
        tap = RabbitMQTap(node, broker.namespace, loop)
        return serve(lambda _: tap, ours | dict(settings), replicas=replicas)

    yield make
    if not node.is_running:  # the test failed in between
        node.start()
    queues = [queue for service in installed_services().values() for queue in service.queues]
    loop.run(broker.delete_everything(also=queues))


@pytest.fixture
def on_the_embedded_bus(serve: MakeScenario, loop: BackgroundLoop) -> MakeScenario:
    def make(*, replicas: Sequence[str] = (), settings: Mapping[str, str] = MappingProxyType({})) -> Scenario:
        return serve(lambda url: EmbeddedTap(url, loop), dict(settings), replicas=replicas)

    return make


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each scenario counted."""
    rows = terminalreporter.config.stash.get(REPORT, {})
    if not rows:
        return
    terminalreporter.section("what was counted when all was over")
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    terminalreporter.line(" | ".join(names))
    for scenario, row in rows.items():
        terminalreporter.line(" | ".join(str(row.get(name, "-")) for name in names) + f"  {scenario}")
