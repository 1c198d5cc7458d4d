from collections.abc import AsyncIterator, Iterator

import pytest
from support.google_drive_source import Drives
from support.stand_in_drive import StandInDrive


@pytest.fixture
def drive() -> Iterator[StandInDrive]:
    with StandInDrive() as drive:
        yield drive


@pytest.fixture
async def drives(drive: StandInDrive) -> AsyncIterator[Drives]:
    drives = Drives(drive)
    yield drives
    await drives.close()
