"""The same file that the same uploader puts into the same database again is recognised."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
from shown_rows import NOW

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.gateway import store
from hotgigs.gateway.status import batch_progress_of, status_of

ANN, BATCH = uuid4(), uuid4()
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


def file(sha256: str = "aa") -> StoredFile:
    return StoredFile(
        blob_key=f"resumes/{uuid4()}", media_type="application/pdf", size_bytes=1, sha256=sha256
    )


def resume(resume_id: UUID, **changes: Any) -> ResumeState:
    state = ResumeState(
        resume_id=resume_id,
        version=1,
        attempt=1,
        owner_user_id=ANN,
        database_id=ANN,
        batch_id=BATCH,
        source="resume_import",
        filename="cv.pdf",
        file=file(),
        status="uploaded",
        received_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


async def duplicates(pool: Pool, *resumes: ResumeState) -> dict[UUID, UUID | None]:
    """What each resume is told to be a duplicate of; its status and its batch agree."""
    async with pool.acquire() as connection:
        await store.put_resumes(connection, [(each, None) for each in resumes])
        found = {}
        for each in resumes:
            row = await store.resume(connection, each.resume_id)
            assert row is not None
            found[each.resume_id] = status_of(row).duplicate_of
        rows = await store.batch_resumes(connection, BATCH)
        batch = batch_progress_of({"batch_id": BATCH, "created_at": NOW}, rows)
    assert {each.resume_id: each.duplicate_of for each in batch.resumes} == found
    return found


async def test_every_copy_is_a_duplicate_of_the_first(pool: Pool) -> None:
    assert await duplicates(pool, resume(THIRD), resume(SECOND), resume(FIRST)) == {
        FIRST: None,
        SECOND: FIRST,
        THIRD: FIRST,
    }


async def test_others_files_and_other_databases_and_refused_files_are_no_duplicates(pool: Pool) -> None:
    found = await duplicates(
        pool,
        resume(FIRST, owner_user_id=uuid4()),
        resume(SECOND, database_id=uuid4()),
        resume(THIRD, file=None),
        resume(UUID(int=4), file=None),
        resume(UUID(int=5), file=file("bb")),
        resume(UUID(int=6)),
    )
    assert set(found.values()) == {None}


async def test_who_uploads_a_file_again_is_told_before_it_is_known_here(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await store.put_resumes(connection, [(resume(FIRST), None), (resume(SECOND), None)])
        for resume_id, owner, earlier in (
            (THIRD, ANN, FIRST),
            (SECOND, ANN, FIRST),
            (FIRST, ANN, None),
            (THIRD, uuid4(), None),
        ):
            command = SubmitResumeV1(
                resume_id=resume_id,
                owner_user_id=owner,
                database_id=ANN,
                source="resume_import",
                filename="cv.pdf",
                file=file(),
            )
            assert await store.earlier_copy(connection, command) == earlier


def test_who_has_no_duplicate_is_told_of_none() -> None:
    row = dict.fromkeys(
        ("percentage", "step", "begun_at", "error_message", "processing_started_at",
         "processing_completed_at", "duplicate_of", "is_shown", "candidate_id")
    ) | {"resume_id": FIRST, "status": "uploaded"}  # fmt: skip
    assert b"duplicate_of" not in msgspec.json.encode(status_of(row))
    assert b"duplicate_of" in msgspec.json.encode(status_of(row | {"duplicate_of": SECOND}))
