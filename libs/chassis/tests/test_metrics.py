"""What Prometheus is told of queues, handlers and outboxes."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest
from bus_conformance import put_aside, taken
from bus_sources import RabbitMQSource
from consuming import consuming, effects_become, note_progress
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sample_service.messages import FAILED, PROGRESSED, parse_failed, progressed
from support.eventually import eventually

from hotgigs.chassis import outbox
from hotgigs.chassis.bus.interface import Bus, PublishFailed
from hotgigs.chassis.database import Pool
from hotgigs.chassis.errors import DependencyDown, Permanent, Transient
from hotgigs.chassis.handlers import Handler
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.scrape import Scrape
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1

README = Path(__file__).parents[3] / "README.md"
OUTCOMES = ("handled", "duplicate", "retried", "dead_lettered", "given_back")


def handler(handle: object = note_progress) -> Handler[ParseProgressedV1]:
    return Handler(message=ParseProgressedV1, handle=handle, batch_size=1)


def kept(metric: str, **labels: str) -> float:
    """A value that is kept in this process; other tests have counted too."""
    return REGISTRY.get_sample_value(f"hotgigs_{metric}", labels) or 0.0


def outcomes() -> dict[str, float]:
    return {o: kept("messages_handled_total", queue=PROGRESSED.name, outcome=o) for o in OUTCOMES}


def outcomes_since(before: dict[str, float]) -> dict[str, float]:
    return {o: count - before[o] for o, count in outcomes().items() if count != before[o]}


def paused() -> float:
    return kept("consumer_paused", queue=PROGRESSED.name)


async def becomes(look: Callable[[], float], expected: float) -> None:
    async def is_so() -> bool:
        return look() == expected

    await eventually(is_so)


async def scraped(bus: Bus, pool: Pool) -> dict[tuple[str, str], float]:
    """What is read at a first scrape, by metric and label."""
    return gauges(await Scrape(bus, queues=[PROGRESSED], pools={"sample": pool}).text())


def gauges(text: bytes) -> dict[tuple[str, str], float]:
    return {
        (sample.name, sample.labels.get("service", sample.labels.get("queue", ""))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
        if len(sample.labels) <= 1
    }


@pytest.mark.usefixtures("declared", "in_a_hurry")
async def test_what_becomes_of_every_message_is_counted(bus: Bus, pool: Pool) -> None:
    tries = 0

    async def handle(event: ParseProgressedV1, uow: UnitOfWork) -> None:
        nonlocal tries
        if event.sequence == 2:
            raise Permanent("never")
        if event.sequence == 3 and (tries := tries + 1) == 1:
            raise Transient("not now")
        await note_progress(event, uow)

    before, durations = outcomes(), kept("handler_duration_seconds_count", queue=PROGRESSED.name)
    waits = kept("message_wait_seconds_count", queue=PROGRESSED.name)
    twice = progressed(1)
    for envelope in (twice, twice, progressed(2), progressed(3)):
        await bus.publish([envelope])
    async with consuming(bus, PROGRESSED, handler(handle), pool) as consumer:
        await effects_become(pool, [1, 3])
        await eventually(lambda: bus.dead_letters(PROGRESSED, limit=1))
        consumer.drain()
    assert outcomes_since(before) == {"handled": 2, "duplicate": 1, "retried": 1, "dead_lettered": 1}
    assert kept("handler_duration_seconds_count", queue=PROGRESSED.name) - durations == 5
    assert kept("message_wait_seconds_count", queue=PROGRESSED.name) - waits == 4


@pytest.mark.usefixtures("declared")
async def test_messages_that_share_a_transaction_are_counted_one_by_one(bus: Bus, pool: Pool) -> None:
    before = outcomes()
    envelopes = [progressed(n) for n in range(10)]
    await bus.publish([*envelopes, *envelopes[:3]])
    batches = Handler(message=ParseProgressedV1, handle=note_progress, batch_size=50)
    async with consuming(bus, PROGRESSED, batches, pool) as consumer:
        await effects_become(pool, list(range(10)))
        await becomes(lambda: outcomes_since(before).get("duplicate", 0), 3)
        consumer.drain()
    assert outcomes_since(before) == {"handled": 10, "duplicate": 3}


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("age", "bucket"), [(timedelta(seconds=45), "60.0"), (timedelta(seconds=-45), "0.01")]
)
async def test_a_message_has_waited_since_it_was_made_and_never_less_than_no_time(
    bus: Bus, pool: Pool, age: timedelta, bucket: str
) -> None:
    def in_buckets() -> tuple[float, float]:
        labels = {"queue": PROGRESSED.name}
        return kept("message_wait_seconds_bucket", **labels, le=bucket), kept(
            "message_wait_seconds_bucket", **labels, le="30.0"
        )

    before = in_buckets()
    envelope = progressed(1)
    await bus.publish([msgspec.structs.replace(envelope, time=envelope.time - age)])
    async with consuming(bus, PROGRESSED, handler(), pool):
        await effects_become(pool, [1])
    after = in_buckets()
    assert (after[0] - before[0], after[1] - before[1]) == (1, 0 if age > timedelta() else 1)


@pytest.mark.usefixtures("declared")
async def test_a_consumer_is_paused_while_a_dependency_is_down_and_gives_back_what_it_has(
    bus: Bus, pool: Pool
) -> None:
    async def wait_for_dependency(_: ParseProgressedV1, __: UnitOfWork) -> None:
        raise DependencyDown("the store is away")

    before = outcomes()
    await bus.publish([progressed(1)])
    async with consuming(bus, PROGRESSED, handler(wait_for_dependency), pool) as consumer:
        await becomes(paused, 1)
        consumer.drain()
    assert paused() == 0
    assert outcomes_since(before) == {"given_back": 1}


async def test_a_consumer_is_paused_while_the_broker_is_away(
    rabbitmq_source: RabbitMQSource, pool: Pool
) -> None:
    bus = await rabbitmq_source.open_doomed()
    await bus.declare([PROGRESSED])
    async with consuming(bus, PROGRESSED, handler(), pool):
        await bus.publish([progressed(1)])
        await effects_become(pool, [1])
        assert paused() == 0
        rabbitmq_source.proxy.refuse()
        await becomes(paused, 1)
        rabbitmq_source.proxy.allow()
        await becomes(paused, 0)


@pytest.mark.usefixtures("declared")
async def test_a_queue_shows_what_waits_in_it_and_what_is_dead(bus: Bus, pool: Pool) -> None:
    await put_aside(bus, progressed(0))
    await bus.publish([progressed(1), progressed(2)])

    async def shown() -> tuple[float, ...]:
        found = await scraped(bus, pool)
        return tuple(found[f"hotgigs_{name}", PROGRESSED.name] for name in ("queue_messages", "dead_letters"))

    async def is_shown() -> bool:
        return await shown() == (2, 1)

    await eventually(is_shown)
    assert (await scraped(bus, pool))["hotgigs_bus_up", ""] == 1


async def test_only_a_bus_that_can_tell_says_how_old_its_oldest_message_is(
    embedded_source: object, pool: Pool
) -> None:
    bus = await embedded_source.open()  # type: ignore[attr-defined]
    await bus.declare([PROGRESSED])
    await bus.publish([progressed(1)])
    assert 0 <= (await scraped(bus, pool))["hotgigs_queue_oldest_seconds", PROGRESSED.name] < 60
    await taken(bus, PROGRESSED, 1)
    assert ("hotgigs_queue_oldest_seconds", PROGRESSED.name) not in await scraped(bus, pool)


async def test_an_outbox_that_cannot_be_published_shows_its_depth_and_lag(
    rabbitmq_source: RabbitMQSource, pool: Pool
) -> None:
    bus = await rabbitmq_source.open_doomed()
    await bus.declare([PROGRESSED])
    relay = Relay(pool, bus, service="waiting")
    async with pool.acquire() as connection:
        await outbox.append(connection, [progressed(n) for n in range(3)])
        await connection.execute("UPDATE outbox SET created_at = now() - interval '90 s'")
        await connection.execute("INSERT INTO outbox (subject, envelope) VALUES ('', 'no envelope')")
    rabbitmq_source.proxy.refuse()
    with pytest.raises(PublishFailed):
        await bus.publish([progressed(9)])
    with pytest.raises(DependencyDown):
        await relay.publish_batch()

    found = await scraped(bus, pool)
    assert found["hotgigs_bus_up", ""] == 0
    assert found["hotgigs_database_up", "sample"] == 1
    assert found["hotgigs_outbox_messages", "sample"] == 3
    assert found["hotgigs_outbox_unreadable_messages", "sample"] == 1
    assert 90 <= found["hotgigs_outbox_oldest_seconds", "sample"] < 600
    assert ("hotgigs_queue_messages", PROGRESSED.name) not in found

    def failures(reason: str) -> float:
        return kept("outbox_publish_failures_total", service="waiting", reason=reason)

    assert (failures("bus_unavailable"), failures("unreadable"), failures("unroutable")) == (3, 1, 0)
    assert kept("outbox_published_total", service="waiting") == 0

    rabbitmq_source.proxy.allow()
    async with pool.acquire() as connection:
        await outbox.append(connection, [parse_failed()])
    assert await relay.publish_batch() == 4
    found = await scraped(bus, pool)
    assert found["hotgigs_outbox_messages", "sample"] == 1
    assert failures("unroutable") == 1
    assert kept("outbox_published_total", service="waiting") == 3

    await bus.declare([FAILED])
    async with pool.acquire() as connection:
        await connection.execute("UPDATE outbox SET publish_after = now() WHERE publish_after < 'infinity'")
    await relay.publish_batch()
    found = await scraped(bus, pool)
    assert found["hotgigs_outbox_messages", "sample"] == 0
    assert found["hotgigs_outbox_oldest_seconds", "sample"] == 0


async def test_a_scrape_without_a_database_says_that_it_is_not_up(bus: Bus, pool: Pool) -> None:
    pool.terminate()
    found = await scraped(bus, pool)
    assert found["hotgigs_database_up", "sample"] == 0
    assert ("hotgigs_outbox_messages", "sample") not in found


async def test_a_scrape_waits_for_no_database_that_does_not_answer(
    bus: Bus, pool: Pool, database_url: str
) -> None:
    connection = await asyncpg.connect(database_url)
    async with connection.transaction():
        await connection.execute("LOCK TABLE sample.outbox")
        # Less than a statement may take.
        async with asyncio.timeout(20):
            found = await scraped(bus, pool)
    assert found["hotgigs_database_up", "sample"] == 0
    assert (await scraped(bus, pool))["hotgigs_database_up", "sample"] == 1
    await connection.close()


@pytest.mark.usefixtures("declared")
async def test_all_who_scrape_at_once_share_one_reading_and_one_connection(bus: Bus, pool: Pool) -> None:
    assert pool.get_size() == 1
    scrape = Scrape(bus, queues=[PROGRESSED], pools={"sample": pool})
    texts = await asyncio.gather(*(scrape.text() for _ in range(50)))
    assert {gauges(text)["hotgigs_database_up", "sample"] for text in texts} == {1}
    assert pool.get_size() == 1


@pytest.mark.usefixtures("declared")
async def test_a_reading_is_reused_until_it_is_old(
    bus: Bus, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    scrape = Scrape(bus, queues=[PROGRESSED], pools={"sample": pool})

    async def waiting(reused_s: float) -> float:
        monkeypatch.setattr("hotgigs.chassis.scrape.REUSED_S", reused_s)
        return gauges(await scrape.text())["hotgigs_outbox_messages", "sample"]

    assert await waiting(3600) == 0
    async with pool.acquire() as connection:
        await outbox.append(connection, [progressed(1)])
    assert await waiting(3600) == 0
    assert await waiting(0) == 1


@pytest.mark.usefixtures("declared")
async def test_who_leaves_a_scrape_takes_nobodys_answer_along(bus: Bus, pool: Pool) -> None:
    scrape = Scrape(bus, queues=[PROGRESSED], pools={"sample": pool})
    leaving, staying = asyncio.create_task(scrape.text()), asyncio.create_task(scrape.text())
    await asyncio.sleep(0)  # both have begun
    leaving.cancel()
    assert gauges(await staying)["hotgigs_database_up", "sample"] == 1
    assert leaving.cancelled()


async def test_the_readme_tells_of_every_metric(bus: Bus, pool: Pool) -> None:
    text = (await Scrape(bus, queues=[], pools={"sample": pool}).text()).decode()
    told = set(re.findall(r"^\| `(hotgigs_\w+)", README.read_text(), re.MULTILINE))
    assert told >= set(re.findall(r"^# TYPE (hotgigs_\w+)", text, re.MULTILINE))
