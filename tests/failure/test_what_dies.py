"""An accepted upload ends exactly once, whatever dies."""

import time

import pytest
from e2e.background_loop import BackgroundLoop
from e2e.deployment import SERVICES
from failure.scenario import UPLOADS, MakeScenario
from failure.uploading import Uploading
from support.own_postgres import OwnPostgres
from support.own_rabbitmq import OwnRabbitMQ
from support.postgres import cut_connections

from hotgigs.chassis.bus.embedded import LEASE

pytestmark = pytest.mark.timeout(600)

BROKER_AWAY_S = 20.0
HEARTBEAT_S = 2
"""Seconds. The broker gives a client up that is silent for two of them, and a little more."""
TWICE = SERVICES * 2
MANY = 500
REPLICAS = [f"{service} replica" for service in SERVICES]


def test_every_service_is_killed_twice(on_rabbitmq: MakeScenario) -> None:
    scenario = on_rabbitmq()

    def kill_each_in_turn(uploads: Uploading) -> None:
        for turn, service in enumerate(TWICE, start=1):
            uploads.wait_until_accepted(MANY * turn // (len(TWICE) + 1))
            scenario.system.kill_and_bring_back(service)

    scenario.check_while(kill_each_in_turn, count=MANY)


def test_the_broker_is_stopped_and_started_again(on_rabbitmq: MakeScenario, node: OwnRabbitMQ) -> None:
    scenario = on_rabbitmq()

    def stop_twice(uploads: Uploading) -> None:
        for accepted in (UPLOADS // 5, UPLOADS * 3 // 5):
            uploads.wait_until_accepted(accepted)
            node.stop()
            # It is not there either for services that start meanwhile.
            for service in ("ingest", "parser"):
                scenario.system[service].kill()
                scenario.system[service].start()
            time.sleep(BROKER_AWAY_S)  # an absence, not a wait
            node.start()
            for service in ("ingest", "parser"):
                scenario.system[service].wait_until_ready()

    scenario.check_while(stop_twice)


def test_the_broker_is_killed_and_started_again(on_rabbitmq: MakeScenario, node: OwnRabbitMQ) -> None:
    def kill_twice(uploads: Uploading) -> None:
        for accepted in (UPLOADS // 5, UPLOADS * 3 // 5):
            uploads.wait_until_accepted(accepted)
            node.kill()
            node.start()

    on_rabbitmq().check_while(kill_twice)


def test_the_database_loses_its_connections_and_is_restarted(
    on_rabbitmq: MakeScenario, server: OwnPostgres, loop: BackgroundLoop
) -> None:
    scenario = on_rabbitmq()

    def cut_and_restart(uploads: Uploading) -> None:
        for tenth in range(1, 10):
            uploads.wait_until_accepted(UPLOADS * tenth // 10)
            if tenth == 5:
                server.restart()
            else:
                assert loop.run(cut_connections(scenario.system.database_url))

    scenario.check_while(cut_and_restart)


def test_services_are_paused_until_the_broker_has_given_their_messages_to_others(
    on_rabbitmq: MakeScenario,
) -> None:
    scenario = on_rabbitmq(heartbeat_s=HEARTBEAT_S, replicas=SERVICES)

    def pause(uploads: Uploading) -> None:
        for accepted in (UPLOADS // 5, UPLOADS * 3 // 5):
            uploads.wait_until_accepted(accepted)
            with scenario.system.paused(*REPLICAS):
                time.sleep(4 * HEARTBEAT_S)  # an absence, not a wait

    scenario.check_while(pause)
    for replica in REPLICAS:
        assert scenario.system[replica].logged(event="subscription_lost")


def test_on_the_embedded_bus_every_service_is_killed_twice(on_the_embedded_bus: MakeScenario) -> None:
    scenario = on_the_embedded_bus()

    def kill_each_in_turn(uploads: Uploading) -> None:
        for turn, service in enumerate(TWICE, start=1):
            uploads.wait_until_accepted(UPLOADS * turn // (len(TWICE) + 1))
            scenario.system.kill_and_bring_back(service)

    scenario.check_while(kill_each_in_turn)


def test_on_the_embedded_bus_services_are_paused_until_their_leases_ran_out(
    on_the_embedded_bus: MakeScenario,
) -> None:
    scenario = on_the_embedded_bus(replicas=SERVICES)

    def pause(uploads: Uploading) -> None:
        uploads.wait_until_accepted(UPLOADS // 5)
        with scenario.system.paused(*REPLICAS):
            time.sleep(LEASE.total_seconds() + 2)  # an absence, not a wait

    scenario.check_while(pause)
