"""Every file of a folder in Google Drive becomes a resume once, whatever dies.

HOTGIGS_TEST_DRIVE_FILES is how many there are.
"""

from collections.abc import Iterator

import pytest
from failure.scenario import MakeScenario
from failure.syncing import FILES, WITHIN_S, Syncing, settings_of
from support.stand_in_drive import RemoteDrive, drive_process

pytestmark = pytest.mark.timeout(120 + 3 * WITHIN_S)


@pytest.fixture
def drive() -> Iterator[RemoteDrive]:
    with drive_process() as drive:
        yield drive


def test_drive_sync_is_killed_again_and_again(on_rabbitmq: MakeScenario, drive: RemoteDrive) -> None:
    syncing = Syncing(on_rabbitmq(settings=settings_of(drive)), drive)
    for count in (FILES // 4, FILES // 2, 3 * FILES // 4):
        syncing.wait_until_fetched(count)
        syncing.kill("drive-sync")
        syncing.system.bring_back()
    syncing.check(kills=3)


def test_on_the_embedded_bus_another_process_takes_the_run_over_from_one_that_was_killed(
    on_the_embedded_bus: MakeScenario, drive: RemoteDrive
) -> None:
    syncing = Syncing(on_the_embedded_bus(replicas=["drive-sync"], settings=settings_of(drive)), drive)
    syncing.wait_until_fetched(FILES // 3)
    holder = syncing.holders()[-1]
    syncing.kill(holder)
    syncing.check(kills=1)
    assert syncing.holders()[-1] != holder


def test_on_the_embedded_bus_everything_is_killed_at_once(
    on_the_embedded_bus: MakeScenario, drive: RemoteDrive
) -> None:
    syncing = Syncing(on_the_embedded_bus(settings=settings_of(drive)), drive)
    syncing.wait_until_fetched(FILES // 2)
    syncing.kill(*syncing.system.processes)
    syncing.system.bring_back()
    syncing.check(kills=1)
