import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from bus_conformance import received
from bus_sources import EmbeddedSource
from sample_service.messages import parse_failure

from hotgigs.chassis.bus.interface import Bus, Queue
from hotgigs.chassis.service import installed_services
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.registry import BY_WIRE_TYPE

HOTGIGS = Path(sys.executable).parent / "hotgigs"


@pytest.fixture
def queue() -> Queue:
    """One that an installed service has, since the command looks at those."""
    queues = [queue for service in installed_services().values() for queue in service.queues]
    return next(queue for queue in queues if queue.routing_key == "parser.resume_parse_failed")


@pytest.fixture
async def bus(embedded_source: EmbeddedSource) -> Bus:
    bus = await embedded_source.open()
    await bus.declare([queue for service in installed_services().values() for queue in service.queues])
    return bus


async def hotgigs(source: EmbeddedSource | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({} if source is None else source.environment)}
    return await asyncio.to_thread(
        subprocess.run,
        [HOTGIGS, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def dead(bus: Bus, queue: Queue, count: int = 1) -> list[Envelope]:
    envelopes = [
        wrap(parse_failure(f"Jane Doe {n}"), source="parser", correlation_id=f"correlation-{n}")
        for n in range(count)
    ]
    await bus.publish(envelopes)
    async with bus.subscribe(queue, prefetch=count) as subscription:
        for delivery in await received(subscription, count):
            await subscription.dead_letter(delivery, reason="because")
    return envelopes


async def test_help_names_every_command_without_any_setting() -> None:
    answer = await hotgigs(None, "--help")
    assert answer.returncode == 0
    for command in ("serve", "migrate", "dead-letters"):
        assert command in answer.stdout


async def test_an_unknown_service_is_refused_with_the_names_there_are() -> None:
    answer = await hotgigs(None, "serve", "nobody")
    assert answer.returncode == 2
    assert "nobody" in answer.stderr
    assert "ingest" in answer.stderr
    assert "Traceback" not in answer.stderr


async def test_a_part_of_the_services_without_a_shared_database_is_refused() -> None:
    answer = await hotgigs(None, "serve", "ingest")
    assert answer.returncode == 2
    assert "HOTGIGS_DATABASE_URL" in answer.stderr


async def test_listing_shows_where_what_and_why_but_not_what_is_in_it(
    embedded_source: EmbeddedSource, bus: Bus, queue: Queue
) -> None:
    (envelope,) = await dead(bus, queue)
    answer = await hotgigs(embedded_source, "dead-letters", "list")
    (line,) = answer.stdout.splitlines()
    for part in (queue.name, str(envelope.id), envelope.type, "tries=0", "because"):
        assert part in line
    assert "Jane" not in answer.stdout + answer.stderr
    answer = await hotgigs(embedded_source, "dead-letters", "list", "--queue", "no.such_queue")
    assert answer.stdout == ""


async def test_showing_prints_the_whole_message(
    embedded_source: EmbeddedSource, bus: Bus, queue: Queue
) -> None:
    first, second = await dead(bus, queue, 2)
    answer = await hotgigs(embedded_source, "dead-letters", "show", str(second.id))
    shown = json.loads(answer.stdout)
    assert shown["reason"] == "because"
    assert shown["envelope"]["id"] == str(second.id)
    assert shown["envelope"]["correlationid"] == "correlation-1"
    assert shown["envelope"]["data"]["reason"] == "Jane Doe 1"
    assert str(first.id) not in answer.stdout


async def test_showing_a_message_that_is_no_json_shows_it_nevertheless(
    embedded_source: EmbeddedSource, bus: Bus, queue: Queue
) -> None:
    envelope = wrap(parse_failure(), source="parser", correlation_id="correlation")
    broken = msgspec.structs.replace(envelope, data=b"{\xff no json")
    assert broken.type in BY_WIRE_TYPE
    await bus.publish([broken])
    async with bus.subscribe(queue, prefetch=1) as subscription:
        (delivery,) = await received(subscription, 1)
        await subscription.dead_letter(delivery, reason="because")
    answer = await hotgigs(embedded_source, "dead-letters", "show", str(broken.id))
    assert answer.returncode == 0, answer.stderr
    assert "no json" in json.loads(answer.stdout)["envelope"]["data"]


async def test_showing_what_is_not_there_fails(embedded_source: EmbeddedSource, bus: Bus) -> None:
    del bus
    answer = await hotgigs(embedded_source, "dead-letters", "show", str(UUID(int=1)))
    assert answer.returncode == 1
    assert "no dead letter" in answer.stderr


async def test_one_dead_letter_is_replayed_by_its_id(
    embedded_source: EmbeddedSource, bus: Bus, queue: Queue
) -> None:
    first, second = await dead(bus, queue, 2)
    answer = await hotgigs(embedded_source, "dead-letters", "replay", str(second.id))
    assert answer.stdout.strip() == "1 replayed"
    async with bus.subscribe(queue, prefetch=5) as subscription:
        (delivery,) = await received(subscription, 1)
        assert delivery.envelope == second
    assert [d.envelope for d in await bus.dead_letters(queue, limit=10)] == [first]


async def test_all_dead_letters_are_replayed_only_when_that_is_said(
    embedded_source: EmbeddedSource, bus: Bus, queue: Queue
) -> None:
    await dead(bus, queue, 3)
    answer = await hotgigs(embedded_source, "dead-letters", "replay")
    assert answer.returncode == 2
    assert len(await bus.dead_letters(queue, limit=10)) == 3
    answer = await hotgigs(embedded_source, "dead-letters", "replay", "--all", "--queue", "other.queue")
    assert answer.stdout.strip() == "0 replayed"
    answer = await hotgigs(embedded_source, "dead-letters", "replay", "--all")
    assert answer.stdout.strip() == "3 replayed"
    assert await bus.dead_letters(queue, limit=10) == []


@pytest.mark.parametrize(
    "arguments", [("rebuild", "all"), ("rebuild", "nobody"), ("replay", "all", "--to", "parser")]
)
async def test_a_command_for_one_service_names_those_there_are(arguments: tuple[str, ...]) -> None:
    done = await hotgigs(None, *arguments)
    assert done.returncode == 2
    assert f"There are {', '.join(sorted(installed_services()))}." in done.stderr
    assert "Traceback" not in done.stderr
