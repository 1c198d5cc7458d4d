"""Queues hold messages of each type in order, and those of different types in none; some come twice."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.candidate_state import CandidateProfile, CandidateState
from hotgigs.contracts.gateway.submit_batch import BatchFile, SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.gateway import provisional, store
from hotgigs.gateway.on_batch_received import on_batch_received
from hotgigs.gateway.on_candidate_added import on_candidate_added
from hotgigs.gateway.on_parse_progressed import on_parse_progressed
from hotgigs.gateway.on_resume_completed import on_resume_completed
from hotgigs.gateway.on_resume_failed import on_resume_failed
from hotgigs.gateway.on_resume_received import on_resume_received
from hotgigs.gateway.status import batch_progress_of, status_of

Step = Callable[[UnitOfWork], Awaitable[None]]

EARLY, NOW, LATER = (datetime(2026, 3, 1, 12, minute, tzinfo=UTC) for minute in (0, 1, 2))
FILE = StoredFile(blob_key="resumes/1", media_type="application/pdf", size_bytes=1, sha256="00")
DATA = ResumeData(full_name="Ada Example")

unhurried = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
orders = st.permutations(range(8))
repeats = st.lists(st.integers(min_value=0, max_value=7), max_size=4)


def command() -> SubmitResumeV1:
    return SubmitResumeV1(
        resume_id=uuid4(),
        owner_user_id=uuid4(),
        database_id=uuid4(),
        source="resume_import",
        filename="cv.pdf",
        file=FILE,
    )


def state_after(submitted: SubmitResumeV1) -> ResumeState:
    return ResumeState(
        **msgspec.structs.asdict(submitted), version=1, attempt=1, status="uploaded", received_at=NOW
    )


def candidate_of(completed: ResumeState) -> CandidateAddedV1:
    assert completed.candidate_id is not None
    return CandidateAddedV1(
        candidate=CandidateState(
            candidate_id=completed.candidate_id,
            version=1,
            database_id=completed.database_id,
            source=completed.source,
            added_at=NOW,
            updated_at=NOW,
            survivor_id=completed.candidate_id,
            resume_ids=(completed.resume_id,),
            profile=CandidateProfile(full_name="Ada Example"),
        )
    )


def progressed(resume_id: UUID, parser: int, sequence: int, percentage: int) -> Step:
    """``parser`` counts those that began with the resume, one after the other."""
    event = ParseProgressedV1(
        resume_id=resume_id,
        attempt=1,
        sequence=sequence,
        percentage=percentage,
        step=f"Step {parser}.{sequence}",
        started_at=NOW + timedelta(seconds=parser),
    )
    return lambda uow: on_parse_progressed([event], uow)


async def shown(pool: Pool, steps: list[Step], read: Callable[[Connection], Awaitable[Any]]) -> Any:
    """What is read after ``steps``, each in a transaction of its own as a handler's; nothing is kept."""
    async with pool.acquire() as connection:
        whole = connection.transaction()
        await whole.start()
        for step in steps:
            async with connection.transaction():
                await step(UnitOfWork(connection, source="tests"))
        seen = await read(connection)
        await whole.rollback()
        return seen


def in_order(steps: list[Step], order: list[int], repeated: list[int]) -> list[Step]:
    positions = [at for at in (*order, *repeated) if at < len(steps)]
    return [steps[at] for at in positions]


@unhurried
@given(order=orders, repeated=repeats)
async def test_a_completed_resume_looks_the_same_in_whatever_order_it_is_heard_of(
    pool: Pool, order: list[int], repeated: list[int]
) -> None:
    submitted = command()
    received = state_after(submitted)
    completed = msgspec.structs.replace(
        received,
        version=2,
        status="completed",
        candidate_id=uuid4(),
        processing_started_at=NOW,
        processing_completed_at=LATER,
    )
    steps: list[Step] = [
        lambda uow: provisional.put_resume(uow.connection, submitted, EARLY),
        lambda uow: on_resume_received([ResumeReceivedV1(resume=received)], uow),
        progressed(submitted.resume_id, 1, 1, 5),
        progressed(submitted.resume_id, 1, 2, 55),
        progressed(submitted.resume_id, 2, 1, 15),
        lambda uow: on_resume_completed([ResumeCompletedV2(resume=completed, data=DATA)], uow),
        lambda uow: on_candidate_added([candidate_of(completed)], uow),
    ]

    async def read(connection: Connection) -> Any:
        row = await store.resume(connection, submitted.resume_id)
        assert row is not None
        data = await store.resume_data(connection, submitted.resume_id)
        return dict(row), status_of(row), data

    row, status, data = await shown(pool, in_order(steps, order, repeated), read)

    assert (row["version"], row["received_at"], row["candidate_id"]) == (2, NOW, completed.candidate_id)
    assert (row["percentage"], row["step"]) == (15, "Step 2.1")
    assert (status.status, status.progress_percentage) == ("completed", 100)
    assert status.processing_completed_at == LATER
    assert data is not None
    assert data["full_name"] == "Ada Example"


@unhurried
@given(order=orders, repeated=repeats)
async def test_a_failed_resume_stays_failed_in_whatever_order_it_is_heard_of(
    pool: Pool, order: list[int], repeated: list[int]
) -> None:
    submitted = command()
    received = state_after(submitted)
    failed = msgspec.structs.replace(received, version=2, status="failed", error_message="It is a scan.")
    steps: list[Step] = [
        lambda uow: provisional.put_resume(uow.connection, submitted, EARLY),
        lambda uow: on_resume_received([ResumeReceivedV1(resume=received)], uow),
        progressed(submitted.resume_id, 1, 1, 15),
        lambda uow: on_resume_failed([ResumeFailedV1(resume=failed)], uow),
    ]

    async def read(connection: Connection) -> Any:
        row = await store.resume(connection, submitted.resume_id)
        assert row is not None
        return status_of(row), await store.resume_data(connection, submitted.resume_id)

    status, data = await shown(pool, in_order(steps, order, repeated), read)

    assert (status.status, status.progress_percentage, status.error_message) == (
        "failed",
        15,
        "It is a scan.",
    )
    assert data is None


async def test_one_that_is_heard_of_first_when_it_has_failed_is_shown_failed(pool: Pool) -> None:
    """As a file is that was fetched from a folder and refused."""
    refused = msgspec.structs.replace(
        state_after(command()), status="failed", file=None, error_message="A picture.", source="google_drive"
    )

    async def read(connection: Connection) -> Any:
        return await store.resume(connection, refused.resume_id)

    row = await shown(pool, [lambda uow: on_resume_failed([ResumeFailedV1(resume=refused)], uow)], read)
    status = status_of(row)
    assert (status.status, status.error_message) == ("failed", "A picture.")
    assert (row["source"], row["filename"]) == ("google_drive", "cv.pdf")


@unhurried
@given(order=orders, repeated=repeats)
async def test_a_batch_looks_the_same_in_whatever_order_it_is_heard_of(
    pool: Pool, order: list[int], repeated: list[int]
) -> None:
    ids = sorted(uuid4() for _ in range(3))
    submitted = SubmitBatchV1(
        batch_id=uuid4(),
        owner_user_id=uuid4(),
        database_id=uuid4(),
        source="bulk_upload",
        files=(
            BatchFile(resume_id=ids[0], filename="a.pdf", file=FILE),
            BatchFile(resume_id=ids[1], filename="b.pdf", refusal="The file is empty."),
            BatchFile(resume_id=ids[2], filename="c.pdf", file=FILE),
        ),
    )
    states = tuple(
        ResumeState(
            resume_id=each.resume_id,
            version=1,
            attempt=1,
            owner_user_id=submitted.owner_user_id,
            database_id=submitted.database_id,
            batch_id=submitted.batch_id,
            source="bulk_upload",
            filename=each.filename,
            file=each.file,
            status="uploaded" if each.file else "failed",
            error_message=each.refusal,
            received_at=NOW,
        )
        for each in submitted.files
    )
    event = BatchReceivedV1(
        batch_id=submitted.batch_id, owner_user_id=submitted.owner_user_id, created_at=NOW, resumes=states
    )
    done = [
        msgspec.structs.replace(states[at], version=2, status="completed", candidate_id=uuid4())
        for at in (0, 2)
    ]
    steps: list[Step] = [
        lambda uow: provisional.put_batch(uow.connection, submitted, EARLY),
        lambda uow: on_batch_received([event], uow),
        lambda uow: on_resume_received([ResumeReceivedV1(resume=states[0])], uow),
        lambda uow: on_resume_received([ResumeReceivedV1(resume=states[2])], uow),
        lambda uow: on_resume_completed([ResumeCompletedV2(resume=done[0], data=DATA)], uow),
        lambda uow: on_resume_completed([ResumeCompletedV2(resume=done[1], data=DATA)], uow),
        lambda uow: on_candidate_added([candidate_of(each) for each in done], uow),
        progressed(ids[0], 1, 1, 5),
    ]

    async def read(connection: Connection) -> Any:
        row = await store.batch(connection, submitted.batch_id)
        assert row is not None
        return batch_progress_of(row, await store.batch_resumes(connection, submitted.batch_id))

    batch = await shown(pool, in_order(steps, order, repeated), read)

    assert (batch.status, batch.completed, batch.failed, batch.processing) == ("completed", 2, 1, 0)
    assert batch.created_at == NOW
    assert [resume.filename for resume in batch.resumes] == ["a.pdf", "b.pdf", "c.pdf"]
    assert batch.resumes[1].error_message == "The file is empty."


async def test_progress_of_many_resumes_in_one_batch_of_messages_keeps_the_furthest_of_each(
    pool: Pool,
) -> None:
    resume_ids = [uuid4(), uuid4()]
    events = [
        ParseProgressedV1(
            resume_id=resume_id,
            attempt=1,
            sequence=sequence,
            percentage=sequence,
            step=str(sequence),
            started_at=NOW,
        )
        for sequence in (3, 1, 2)
        for resume_id in resume_ids
    ]
    async with pool.acquire() as connection, connection.transaction():
        await on_parse_progressed(events, UnitOfWork(connection, source="tests"))
        rows = await connection.fetch("SELECT resume_id, percentage FROM resume_progress")
    assert {row["resume_id"]: row["percentage"] for row in rows} == dict.fromkeys(resume_ids, 3)
