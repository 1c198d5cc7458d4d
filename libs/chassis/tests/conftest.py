from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bus_sources import BusSource, EmbeddedSource, RabbitMQSource
from sample_service.messages import PROGRESSED
from sample_service.tables import metadata
from support.postgres import database as own_database
from support.postgres import template_of
from support.rabbitmq import Broker
from support.tcp_proxy import tcp_proxy

from hotgigs.chassis import database, retry
from hotgigs.chassis.bus.interface import Bus
from hotgigs.chassis.database import Pool
from hotgigs.chassis.migrate import BUS, Schema

SAMPLE = Schema(
    name="sample", metadata=metadata, versions=Path(__file__).parent / "sample_service" / "migrations"
)


@pytest.fixture(scope="session")
def sample_schema() -> Schema:
    return SAMPLE


@pytest.fixture(scope="session")
def sample_template(postgres_url: str) -> Iterator[str]:
    with template_of(postgres_url, [BUS, SAMPLE]) as name:
        yield name


@pytest.fixture
async def database_url(postgres_url: str, sample_template: str) -> AsyncIterator[str]:
    """This test's own database, with the bus and the sample service."""
    async with own_database(postgres_url, template=sample_template) as url:
        yield url


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """The sample service's."""
    pool = await database.open_pool(database_url, schema="sample", max_size=8)
    yield pool
    pool.terminate()


@pytest.fixture
async def embedded_source(database_url: str) -> AsyncIterator[EmbeddedSource]:
    source = EmbeddedSource(database_url)
    yield source
    await source.close()


@pytest.fixture
async def rabbitmq_source(broker: Broker) -> AsyncIterator[RabbitMQSource]:
    address = urlsplit(broker.url)
    async with tcp_proxy(address.hostname or "127.0.0.1", address.port or 5672) as proxy:
        source = RabbitMQSource(broker, proxy)
        yield source
        await source.close()


@pytest.fixture(params=["embedded", "rabbitmq"])
def source(request: pytest.FixtureRequest) -> BusSource:
    """Either bus: what is asked of it, a test asks of both."""
    source: BusSource = request.getfixturevalue(f"{request.param}_source")
    return source


@pytest.fixture
async def bus(source: BusSource) -> Bus:
    return await source.open()


@pytest.fixture
def swept_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded bus finds what became due within tens of milliseconds, not within a second."""
    monkeypatch.setattr("hotgigs.chassis.bus.embedded.SWEEP_S", 0.05)


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backoffs of tens of milliseconds, so that all tries fit into a test."""
    monkeypatch.setattr(retry, "BASE_S", 0.01)
    monkeypatch.setattr(retry, "CAP_S", 0.05)


@pytest.fixture
async def declared(swept_often: None, bus: Bus) -> None:
    """The queue that most tests use is on the bus."""
    await bus.declare([PROGRESSED])
