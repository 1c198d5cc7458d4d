"""What is left at the parser of a resume that was erased, on a real database: nothing, however late."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest
from support.resume_states import uploaded

from hotgigs.chassis import database
from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.on_candidate_erased import on_candidate_erased
from hotgigs.parser.on_resume_erased import on_resume_erased
from hotgigs.parser.on_resume_received import Parsed, give_up, on_resume_received

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARSED = Parsed(outcome="parsed", started_at=NOW, finished_at=NOW, data=ResumeData(full_name="Ada Example"))


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """The parser's."""
    pool = await database.open_pool(database_url, schema="parser", max_size=4)
    yield pool
    pool.terminate()


def received(resume_id: UUID) -> ResumeReceivedV1:
    return ResumeReceivedV1(resume=uploaded(resume_id=resume_id))


def erasure_of(*resume_ids: UUID) -> Erasure:
    actor = Actor(user_id=uuid4(), role="recruiter")
    return Erasure(erasure_id=uuid4(), database_id=actor.user_id, resume_ids=resume_ids, actor=actor, at=NOW)


async def parse(pool: Pool, *resume_ids: UUID) -> None:
    async with pool.acquire() as connection, connection.transaction():
        uow = UnitOfWork(connection, source="parser")
        for resume_id in resume_ids:
            await on_resume_received(received(resume_id), PARSED, uow)
        await uow.flush()


async def erase(pool: Pool, *events: CandidateErasedV1 | ResumeErasedV1) -> None:
    for event in events:
        async with pool.acquire() as connection, connection.transaction():
            uow = UnitOfWork(connection, source="parser")
            if isinstance(event, CandidateErasedV1):
                await on_candidate_erased(event, uow)
            else:
                await on_resume_erased(event, uow)
            await uow.flush()


async def recorded(pool: Pool) -> set[UUID]:
    async with pool.acquire() as connection:
        return {row["resume_id"] for row in await connection.fetch("SELECT resume_id FROM parse_jobs")}


async def to_be_told(pool: Pool) -> list[Message]:
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    return [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]


@pytest.mark.parametrize("event", [CandidateErasedV1, ResumeErasedV1])
async def test_what_became_of_a_resume_is_forgotten_and_that_of_others_is_kept(
    pool: Pool, event: type[CandidateErasedV1 | ResumeErasedV1]
) -> None:
    first, second, other = uuid4(), uuid4(), uuid4()
    await parse(pool, first, second, other)
    erasure = erasure_of(first, second)
    await erase(pool, event(erasure=erasure))
    assert await recorded(pool) == {other}
    parsed, confirmed = await to_be_told(pool)
    assert isinstance(parsed, ResumeParsedV2)
    assert parsed.resume_id == other
    assert isinstance(confirmed, ParsesForgottenV1)
    assert confirmed.erasure_id == erasure.erasure_id


async def test_it_is_confirmed_every_time_it_is_told(pool: Pool) -> None:
    event = ResumeErasedV1(erasure=erasure_of(uuid4()))
    await erase(pool, event, event)
    assert [type(message) for message in await to_be_told(pool)] == [ParsesForgottenV1] * 2


async def test_a_parse_that_ends_after_the_erasure_leaves_nothing(pool: Pool) -> None:
    resume_id = uuid4()
    await erase(pool, ResumeErasedV1(erasure=erasure_of(resume_id)))
    await parse(pool, resume_id)
    async with pool.acquire() as connection, connection.transaction():
        uow = UnitOfWork(connection, source="parser")
        await give_up(received(resume_id), uow)
        await uow.flush()
    assert await recorded(pool) == set()
    assert [type(message) for message in await to_be_told(pool)] == [ParsesForgottenV1]


async def test_a_parse_that_ends_while_it_is_erased_leaves_nothing(pool: Pool) -> None:
    resume_id = uuid4()
    async with pool.acquire() as connection:
        async with connection.transaction():
            uow = UnitOfWork(connection, source="parser")
            await on_resume_received(received(resume_id), PARSED, uow)
            await uow.flush()
            erasing = asyncio.create_task(erase(pool, ResumeErasedV1(erasure=erasure_of(resume_id))))
            done, _ = await asyncio.wait({erasing}, timeout=0.3)
            assert not done, "it waits for what is under way"
        await erasing
    assert await recorded(pool) == set()
    assert [type(message) for message in await to_be_told(pool)] == [ParsesForgottenV1]
