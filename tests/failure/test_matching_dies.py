"""Whoever is to be matched is matched once, whatever dies."""

import time

import pytest
from failure.matching import LENGTH, TITLES, check_matches, post_jobs
from failure.scenario import MakeScenario
from failure.uploading import Uploading
from support.own_postgres import OwnPostgres

pytestmark = pytest.mark.timeout(600)

SETTINGS = {"HOTGIGS_MATCHER_SHORTLIST_LENGTH": str(LENGTH)}


def test_the_matcher_is_killed_in_the_middle_of_its_runs(on_rabbitmq: MakeScenario) -> None:
    scenario = on_rabbitmq(replicas=["matcher"], settings=SETTINGS)
    jobs = post_jobs(scenario.system.url, scenario.system.token())

    def kill_both_in_turn(uploads: Uploading) -> None:
        for accepted, replica in ((40, "matcher"), (80, "matcher replica"), (120, "matcher")):
            uploads.wait_until_accepted(accepted)
            scenario.system.kill_and_bring_back(replica)
        jobs.extend(post_jobs(scenario.system.url, scenario.system.token()))
        scenario.system.kill_and_bring_back("matcher")

    scenario.check_while(kill_both_in_turn)
    assert check_matches(scenario.system, jobs) == LENGTH * 2 * len(TITLES)


def test_the_database_is_restarted_in_the_middle_of_runs(
    on_rabbitmq: MakeScenario, server: OwnPostgres
) -> None:
    scenario = on_rabbitmq(settings=SETTINGS)
    jobs = post_jobs(scenario.system.url, scenario.system.token())

    def restart(uploads: Uploading) -> None:
        for accepted in (60, 120):
            uploads.wait_until_accepted(accepted)
            server.restart()

    scenario.check_while(restart)
    assert check_matches(scenario.system, jobs) == LENGTH * len(TITLES)


def test_on_the_embedded_bus_the_matcher_is_killed_and_paused(on_the_embedded_bus: MakeScenario) -> None:
    scenario = on_the_embedded_bus(replicas=["matcher"], settings=SETTINGS)
    jobs = post_jobs(scenario.system.url, scenario.system.token())

    def kill_one_and_pause_the_other(uploads: Uploading) -> None:
        uploads.wait_until_accepted(40)
        with scenario.system.paused("matcher replica"):
            uploads.wait_until_accepted(80)
            scenario.system.kill_and_bring_back("matcher")
            time.sleep(2)  # an absence, not a wait

    scenario.check_while(kill_one_and_pause_the_other)
    assert check_matches(scenario.system, jobs) == LENGTH * len(TITLES)
