"""What ingest tells again: each resume as it is now, by the event that told of it last."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from support.ingest_service import ADMIN, Ingest, of_type
from support.resume_states import uploaded

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.ingest import public_state as module
from hotgigs.ingest import store
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.public_state import public_state
from hotgigs.ingest.resumes import failed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA = ResumeData(email="ada@mail.example", full_name="Ada Example", total_experience_years=3.0)


async def add(pool: Pool, *resumes: ResumeState) -> None:
    async with pool.acquire() as connection:
        await store.add_resumes(connection, resumes)


async def end(pool: Pool, resume: ResumeState, data: ResumeData | None) -> None:
    async with pool.acquire() as connection:
        await store.put_outcome(connection, resume, data)


async def told(pool: Pool, since: int = 0) -> Sequence[Event]:
    async with pool.acquire() as connection:
        return [event async for event in public_state(connection, since)]


async def mark(pool: Pool) -> int:
    """What changes from now on has at least this number."""
    async with pool.acquire() as connection:
        number: int = await connection.fetchval("SELECT pg_current_xact_id()::text::bigint + 1")
        return number


async def test_every_resume_is_told_as_it_is_now(pool: Pool) -> None:
    waits, parsed, unread = uploaded(), uploaded(), uploaded()
    await add(pool, waits, parsed, unread)
    done = msgspec.structs.replace(parsed, version=2, status="completed", processing_completed_at=NOW)
    broken = failed(unread, reason="It is empty.", started_at=NOW, finished_at=NOW)
    await end(pool, done, ADA)
    await end(pool, broken, None)
    assert {type(event): event for event in await told(pool)} == {
        ResumeReceivedV1: ResumeReceivedV1(resume=waits),
        ResumeCompletedV2: ResumeCompletedV2(resume=done, data=ADA),
        ResumeFailedV1: ResumeFailedV1(resume=broken),
    }


async def test_a_batch_is_told_before_its_resumes_and_without_them(pool: Pool) -> None:
    batch_id, owner = uuid4(), uuid4()
    async with pool.acquire() as connection:
        await store.add_batch(connection, batch_id, owner, NOW)
    refused = uploaded(batch_id=batch_id, file=None, status="failed", error_message="It is a picture.")
    await add(pool, refused)
    assert await told(pool) == [
        BatchReceivedV1(batch_id=batch_id, owner_user_id=owner, created_at=NOW, resumes=()),
        ResumeFailedV1(resume=refused),
    ]


async def test_only_what_changed_since_is_told(pool: Pool) -> None:
    old, changed = uploaded(), uploaded()
    await add(pool, old, changed)
    since = await mark(pool)
    new = uploaded()
    await add(pool, new)
    done = msgspec.structs.replace(changed, version=2, status="completed")
    await end(pool, done, ADA)
    assert {event.subject for event in await told(pool, since)} == {
        str(new.resume_id),
        str(changed.resume_id),
    }


async def test_every_candidate_is_told_as_it_is_now_after_its_resumes(ingest: Ingest) -> None:
    recruiter = uuid4()
    ada = await ingest.imported(recruiter, ADA)
    assert await ingest.imported(recruiter, ADA) == ada
    *resumes, candidate, first, second = await told(ingest.pool)
    assert [type(event) for event in resumes] == [ResumeCompletedV2] * 2
    assert candidate == CandidateUpdatedV1(candidate=await ingest.state_of(ada))
    assert {type(first), type(second)} == {ActivitiesRecordedV2}, "what is done with it comes after it"


async def test_only_candidates_that_changed_since_are_told(ingest: Ingest) -> None:
    recruiter = uuid4()
    await ingest.imported(recruiter, ResumeData(email="old@mail.example"))
    mails = ("a@mail.example", "b@mail.example")
    kept, given = [await ingest.imported(recruiter, ResumeData(email=mail)) for mail in mails]
    since = await mark(ingest.pool)
    command = MergeCandidatesV1(command_id=uuid4(), actor=ADMIN, candidate_id=kept, merged_id=given)
    await ingest.handle(on_merge_candidates, command)
    *candidates, _ = await told(ingest.pool, since)
    assert candidates == [
        CandidateUpdatedV1(candidate=await ingest.state_of(each)) for each in sorted((kept, given))
    ]


async def test_all_pages_of_candidates_are_told_and_each_once(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    recruiter = uuid4()
    candidates = [await ingest.imported(recruiter, ResumeData()) for _ in range(7)]
    for other in candidates[1:4]:
        command = MergeCandidatesV1(
            command_id=uuid4(), actor=ADMIN, candidate_id=candidates[0], merged_id=other
        )
        await ingest.handle(on_merge_candidates, command)
    events = of_type([*await told(ingest.pool)], CandidateUpdatedV1)
    assert sorted(event.candidate.candidate_id for event in events) == sorted(candidates)
    for event in events:
        assert event.candidate == await ingest.state_of(event.candidate.candidate_id)


async def test_all_pages_are_told(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 3)
    resumes = [uploaded() for _ in range(10)]
    await add(pool, *resumes)
    assert [event.subject for event in await told(pool)] == sorted(str(each.resume_id) for each in resumes)


async def test_no_statement_can_change_a_resume_unnoticed(pool: Pool) -> None:
    known = uploaded()
    await add(pool, known)
    since = await mark(pool)
    async with pool.acquire() as connection:
        await connection.execute("UPDATE resumes SET filename = 'other.pdf', changed_in = NULL")
    assert [event.subject for event in await told(pool, since)] == [str(known.resume_id)]


async def test_rows_restored_from_another_cluster_are_told_as_a_whole_and_not_as_news(pool: Pool) -> None:
    restored = uploaded()
    await add(pool, restored)
    async with pool.acquire() as connection:
        await connection.execute("ALTER TABLE resumes DISABLE TRIGGER note_change")
        await connection.execute("UPDATE resumes SET changed_in = 1000000000000")
        await connection.execute("ALTER TABLE resumes ENABLE TRIGGER note_change")
    assert [event.subject for event in await told(pool)] == [str(restored.resume_id)]
    assert await told(pool, await mark(pool)) == []
