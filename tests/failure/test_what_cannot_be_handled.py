"""A message that no handler can take holds up nothing, waits where it can be seen, and is not lost."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import aio_pika
import pytest
from e2e.background_loop import BackgroundLoop
from failure.scenario import MakeScenario, Scenario
from failure.uploading import Uploading
from support.own_rabbitmq import OwnRabbitMQ

from hotgigs.chassis.bus.amqp_message import message_of
from hotgigs.chassis.bus.amqp_topology import Names
from hotgigs.chassis.retry import MAX_TRIES
from hotgigs.contracts.envelope import Envelope

pytestmark = pytest.mark.timeout(300)

UPLOADS = 51
LISTED_WITHIN_S = 60.0
_POISON = """
    CREATE FUNCTION ingest.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'refused'; END $$;
    CREATE TRIGGER poison BEFORE UPDATE ON ingest.resumes FOR EACH ROW
        WHEN (new.filename = 'amaya-ahlmark.rtf') EXECUTE FUNCTION ingest.refuse();
"""
_ANTIDOTE = "DROP TRIGGER poison ON ingest.resumes"


@pytest.fixture
def hurry(tmp_path: Path) -> dict[str, str]:
    """Settings by which real processes wait tens of milliseconds between tries, where it would be minutes."""
    folder = tmp_path / "hurry"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "from hotgigs.chassis import retry\nretry.BASE_S, retry.CAP_S = 0.01, 0.05\n"
    )
    return {"PYTHONPATH": str(folder)}


def listed(scenario: Scenario, queue: str) -> list[str]:
    """What the command lists, as soon as it lists anything."""
    deadline = time.monotonic() + LISTED_WITHIN_S
    while not (lines := scenario.system.run_command("dead-letters", "list", "--queue", queue).splitlines()):
        assert time.monotonic() < deadline, "nothing is listed"
        time.sleep(0.5)
    return lines


def test_a_poison_message_ends_in_the_dead_letters_while_others_flow_and_can_be_replayed(
    on_rabbitmq: MakeScenario, hurry: dict[str, str]
) -> None:
    scenario = on_rabbitmq(settings=hurry)
    system = scenario.system
    system.execute(_POISON)

    def replay_when_it_died(uploads: Uploading) -> None:
        uploads.wait_until_accepted()
        (line,) = listed(scenario, "ingest.resume_parsed")
        assert f"failed {MAX_TRIES} times" in line
        assert "amaya" not in line.lower()
        message_id = line.split()[1]
        shown = json.loads(system.run_command("dead-letters", "show", message_id))
        assert shown["envelope"]["id"] == message_id
        assert shown["envelope"]["data"]["data"]["full_name"] == "Amaya Ahlmark"
        wait_until_completed(scenario, UPLOADS - 1)
        system.execute(_ANTIDOTE)
        assert system.run_command("dead-letters", "replay", message_id) == "1 replayed\n"

    scenario.check_while(replay_when_it_died, count=UPLOADS)


def wait_until_completed(scenario: Scenario, count: int) -> None:
    deadline = time.monotonic() + LISTED_WITHIN_S
    while (done := _completed(scenario)) < count:
        assert time.monotonic() < deadline, f"{done} of {count} completed"
        time.sleep(0.1)
    assert done == count


def _completed(scenario: Scenario) -> int:
    (row,) = scenario.system.query("ingest", "SELECT count(*) FROM ingest.resumes WHERE status = 'completed'")
    done: int = row[0]
    return done


def test_a_message_of_a_newer_version_waits_in_the_dead_letters_also_over_a_restart_of_the_broker(
    on_rabbitmq: MakeScenario, node: OwnRabbitMQ, loop: BackgroundLoop
) -> None:
    scenario = on_rabbitmq()
    newer = Envelope(
        id=uuid4(),
        type="hotgigs.ingest.resume_completed.v2",
        source="/hotgigs/ingest",
        subject=str(uuid4()),
        time=datetime.now(UTC),
        correlationid="newer",
        data=b'{"unheard": "of"}',
    )
    loop.run(publish(node, Names(scenario.system.namespace), newer))
    (line,) = listed(scenario, "gateway.resume_completed")
    assert str(newer.id) in line
    assert newer.type in line
    for service in ("drive-sync", "notifier"):
        listed(scenario, f"{service}.resume_completed")
    waiting = {queue: depth for queue, depth in scenario.tap.depths().items() if depth}
    namespace = scenario.system.namespace
    assert waiting == {
        f"{namespace}.{service}.resume_completed.dead": 1 for service in ("gateway", "drive-sync", "notifier")
    }

    node.stop()
    node.start()
    assert listed(scenario, "gateway.resume_completed") == [line]
    of_each = scenario.system.run_command("dead-letters", "show", str(newer.id))
    shown, _ = json.JSONDecoder().raw_decode(of_each)
    assert shown["envelope"]["data"] == {"unheard": "of"}


async def publish(node: OwnRabbitMQ, names: Names, envelope: Envelope) -> None:
    """As a service of a newer version does."""
    async with await aio_pika.connect(node.url) as connection, connection.channel() as channel:
        events = await channel.get_exchange(names.events)
        await events.publish(message_of(envelope), envelope.routing_key)
