"""resume_parsed at ingest, on a real database: what it changes, what it tells, and when it is no news."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest
from support.resume_states import uploaded

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.ingest import store
from hotgigs.ingest.on_resume_parsed import on_resume_parsed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = ResumeData(email="ada@mail.example", full_name="Ada Example")


@pytest.fixture
async def resume(pool: Pool) -> ResumeState:
    resume = uploaded(version=3, attempt=2)
    async with pool.acquire() as connection:
        await store.add_resumes(connection, [resume])
    return resume


def parsed(resume_id: UUID, attempt: int) -> ResumeParsedV2:
    return ResumeParsedV2(resume_id=resume_id, attempt=attempt, started_at=NOW, finished_at=NOW, data=ADA)


async def told(pool: Pool, *events: ResumeParsedV2) -> list[Message]:
    """What ingest says when it hears ``events``, one after the other."""
    async with pool.acquire() as connection:
        for event in events:
            async with connection.transaction():
                uow = UnitOfWork(connection, source="ingest")
                await on_resume_parsed(event, uow)
                await uow.flush()
        rows = await connection.fetch("SELECT envelope FROM outbox ORDER BY id")
    return [msgspec.msgpack.decode(row["envelope"], type=Envelope).open() for row in rows]


async def test_the_resume_is_told_completed_with_its_data_its_candidate_and_the_next_version(
    pool: Pool, resume: ResumeState
) -> None:
    event, *_ = await told(pool, parsed(resume.resume_id, attempt=2))
    assert isinstance(event, ResumeCompletedV2)
    assert event.data == ADA
    assert event.resume.status == "completed"
    assert event.resume.version == 4
    assert event.resume.candidate_id is not None


async def test_the_outcome_of_an_earlier_attempt_is_no_news(pool: Pool, resume: ResumeState) -> None:
    assert await told(pool, parsed(resume.resume_id, attempt=1)) == []


async def test_a_second_outcome_of_the_same_attempt_is_no_news(pool: Pool, resume: ResumeState) -> None:
    event = parsed(resume.resume_id, attempt=2)
    events = await told(pool, event, event)
    assert list(map(type, events)) == [ResumeCompletedV2, CandidateAddedV1, ActivitiesRecordedV1]


async def test_a_resume_that_is_gone_stays_gone(pool: Pool) -> None:
    assert await told(pool, parsed(uuid4(), attempt=1)) == []
