"""Whatever a webhook is to be told arrives, whoever dies, and what is doubled has the id that it had."""

from collections.abc import Iterator

import pytest
from e2e.background_loop import BackgroundLoop
from e2e.webhooks import Listening, listening
from failure.scenario import MakeScenario
from failure.telling import DELIVERIES, SETTINGS, Telling


@pytest.fixture
def listen() -> Iterator[Listening]:
    with listening() as listen:
        yield listen


def test_the_notifier_is_killed_in_the_middle_of_its_deliveries(
    on_rabbitmq: MakeScenario, listen: Listening, loop: BackgroundLoop
) -> None:
    telling = Telling(on_rabbitmq(settings=SETTINGS), listen, loop)
    telling.begin()
    for calls in (DELIVERIES // 4, DELIVERIES // 2):
        telling.wait_until_called(calls)
        telling.system.kill_and_bring_back("notifier")
    telling.check(kills=2)


def test_another_notifier_goes_on_where_one_was_killed(
    on_rabbitmq: MakeScenario, listen: Listening, loop: BackgroundLoop
) -> None:
    telling = Telling(on_rabbitmq(replicas=["notifier"], settings=SETTINGS), listen, loop)
    telling.begin()
    telling.wait_until_called(DELIVERIES // 3)
    telling.system["notifier"].kill()
    telling.check(kills=1)
