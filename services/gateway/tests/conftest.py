from collections.abc import AsyncIterator, Iterator

import pytest
from consent_stage import Browser, ConsentStage
from hypothesis import settings
from idempotent_app import App
from match_stage import Stage
from reading_app import ReadingApp
from support.stand_in_drive import StandInDrive
from writing_app import WritingApp

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """The gateway's."""
    pool = await database.open_pool(database_url, schema="gateway", max_size=4)
    yield pool
    pool.terminate()


@pytest.fixture
def app(pool: Pool) -> App:
    return App(pool)


@pytest.fixture
def writing_app(pool: Pool) -> WritingApp:
    return WritingApp(pool)


@pytest.fixture
def reading(pool: Pool) -> ReadingApp:
    return ReadingApp(pool)


@pytest.fixture
async def stage(writing_app: WritingApp, pool: Pool) -> Stage:
    stage = Stage(writing_app, pool)
    await stage.set()
    return stage


@pytest.fixture
def google() -> Iterator[StandInDrive]:
    with StandInDrive() as google:
        yield google


@pytest.fixture
def consents(pool: Pool, google: StandInDrive) -> ConsentStage:
    return ConsentStage(pool, google)


@pytest.fixture
async def browser(consents: ConsentStage) -> AsyncIterator[Browser]:
    async with consents.browser() as browser:
        yield browser
