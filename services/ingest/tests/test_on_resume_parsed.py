"""resume_parsed at ingest, on a real database: what it changes, what it tells, and when it is no news."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest
from support.ingest_service import Ingest, of_type
from support.resume_states import uploaded

from hotgigs.chassis.database import Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.envelope import Envelope
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.message import Message
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, ResumeState, Source
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
    assert list(map(type, events)) == [ResumeCompletedV2, CandidateAddedV1, ActivitiesRecordedV2]


async def test_a_resume_that_is_gone_stays_gone(pool: Pool) -> None:
    assert await told(pool, parsed(uuid4(), attempt=1)) == []


async def test_a_new_person_s_candidate_is_told_added_with_the_resume_it_was_made_of(ingest: Ingest) -> None:
    recruiter = uuid4()
    candidate_id = await ingest.imported(recruiter, ADA)
    told = await ingest.told()
    (added,), (completed,) = of_type(told, CandidateAddedV1), of_type(told, ResumeCompletedV2)
    candidate = added.candidate
    assert candidate.candidate_id == candidate.survivor_id == candidate_id
    assert (candidate.version, candidate.database_id, candidate.user_id) == (1, recruiter, None)
    assert (candidate.source, candidate.resume_ids) == ("resume_import", (completed.resume.resume_id,))
    assert candidate.profile == CandidateProfile(email=ADA.email, full_name=ADA.full_name)
    assert added.command_id is None
    assert candidate == await ingest.state_of(candidate_id)


async def test_a_known_person_s_candidate_is_told_updated_under_the_newest_resume(ingest: Ingest) -> None:
    recruiter = uuid4()
    older, newer = [await ingest.submit(recruiter) for _ in range(2)]
    await ingest.parsed(newer, msgspec.structs.replace(ADA, location="Rome"))
    await ingest.told()
    await ingest.parsed(older, msgspec.structs.replace(ADA, location="Bern"))
    (updated,) = of_type(await ingest.told(), CandidateUpdatedV1)
    assert updated.candidate.resume_ids == (newer, older)
    assert (updated.candidate.profile.location, updated.candidate.version) == ("Rome", 2)


async def test_a_resume_that_was_received_at_the_same_moment_leads_by_its_id(ingest: Ingest) -> None:
    recruiter = uuid4()
    resumes = [await ingest.submit(recruiter) for _ in range(4)]
    await ingest.pool.execute("UPDATE resumes SET received_at = $1", NOW)
    for resume_id in resumes:
        await ingest.parsed(resume_id, msgspec.structs.replace(ADA, location=str(resume_id)))
    state = await ingest.state_of(await ingest.candidate_of(resumes[0]))
    assert state.resume_ids == tuple(sorted(resumes, reverse=True))
    assert state.profile.location == str(max(resumes))


async def test_that_a_resume_was_added_is_in_the_candidate_s_log(ingest: Ingest) -> None:
    recruiter = uuid4()
    resume_id = await ingest.submit(recruiter)
    await ingest.parsed(resume_id, ADA)
    (recorded,) = of_type(await ingest.told(), ActivitiesRecordedV2)
    (activity,) = recorded.activities
    assert (activity.kind, activity.resume_id, activity.actor) == ("resume_added", resume_id, None)
    assert activity.candidate_id == await ingest.candidate_of(resume_id)
    assert activity.database_id == recruiter


@pytest.mark.parametrize(
    ("database_id", "source", "is_the_person_s"),
    [
        (MASTER_DATABASE_ID, "candidate_upload", True),
        (MASTER_DATABASE_ID, "resume_import", False),
        (None, "candidate_upload", False),
    ],
)
async def test_only_what_was_uploaded_as_one_s_own_to_the_master_database_is_the_person_s(
    ingest: Ingest, database_id: UUID | None, source: Source, is_the_person_s: bool
) -> None:
    user = uuid4()
    candidate_id = await ingest.imported(user, ADA, database_id, source)
    assert (await ingest.state_of(candidate_id)).user_id == (user if is_the_person_s else None)
