"""Commands on one candidate at the same time, in transactions on a real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from support.candidate_commands import (
    ADA,
    OWNER,
    erasure_of,
    erasure_of_resume,
    note,
    removal,
    share,
    submission,
    tags,
)
from support.ingest_service import NOW, Ingest, of_type, recruiter

from hotgigs.chassis.unit_of_work import UnitOfWork
from hotgigs.contracts.gateway.record_activities import Read, RecordActivitiesV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_change_tags import on_change_tags
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_job_deleted import on_job_deleted
from hotgigs.ingest.on_record_activities import on_record_activities
from hotgigs.ingest.on_remove_note import on_remove_note
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_submit_resume import on_submit_resume

OF_CANDIDATES = ("candidates", "notes", "tags", "shares", "submissions", "grants")

Handle = Callable[[Any, UnitOfWork], Awaitable[None]]


@asynccontextmanager
async def under_way(ingest: Ingest, handler: Handle, message: object) -> AsyncIterator[None]:
    """The message is handled in a transaction that commits on leaving."""
    async with ingest.pool.acquire() as connection, connection.transaction():
        uow = UnitOfWork(connection, source="ingest")
        await handler(message, uow)
        await uow.flush()
        yield


@pytest.fixture
async def ada(ingest: Ingest) -> UUID:
    return await ingest.imported(OWNER.user_id, ADA)


async def test_of_200_notes_and_changes_of_tags_at_once_none_is_lost(ingest: Ingest, ada: UUID) -> None:
    recipient = recruiter()
    await ingest.handle(on_share_candidates, share(ada, to=(recipient,)))
    await ingest.told()
    names = [f"tag {n}" for n in range(5)]
    work: list[tuple[Handle, Any]] = []
    for n in range(100):
        work.append((on_add_note, note(ada, (OWNER, recipient)[n % 2])))
        # The same tags in all orders.
        order = names[n % 5 :] + names[: n % 5]
        add, remove = (order[:3], order[3:]) if n % 2 else (order[3:], order[:3])
        work.append((on_change_tags, tags(ada, add=add, remove=reversed(remove))))
    await asyncio.gather(*(ingest.handle(handler, command) for handler, command in work))
    told = await ingest.told()
    settled = of_type(told, CommandSettledV1)
    assert len(settled) == 200
    assert not [each for each in settled if each.rejection is not None]
    assert {event.note.note_id for event in of_type(told, NoteAddedV1)} == {
        command.command_id for _, command in work if hasattr(command, "title")
    }
    assert await ingest.count("notes") == 100
    changes = [tag for event in of_type(told, TagsChangedV1) for tag in event.tags]
    for row in await ingest.pool.fetch("SELECT tag, version, is_removed FROM tags"):
        of_it = sorted((tag for tag in changes if tag.tag == row["tag"]), key=lambda tag: tag.version)
        assert [tag.version for tag in of_it] == list(range(1, row["version"] + 1)), (
            "every change is told once"
        )
        assert [tag.is_removed for tag in of_it] == [n % 2 == 1 for n in range(len(of_it))]


async def test_notes_do_not_wait_for_each_other(ingest: Ingest, ada: UUID) -> None:
    async with under_way(ingest, on_add_note, note(ada)):
        await ingest.handle(on_add_note, note(ada))
        await ingest.handle(on_change_tags, tags(ada, add=("a",)))
    assert await ingest.count("notes") == 2


async def test_of_two_who_remove_a_note_one_does(ingest: Ingest, ada: UUID) -> None:
    command = note(ada)
    await ingest.handle(on_add_note, command)
    await ingest.told()
    await asyncio.gather(*(ingest.handle(on_remove_note, removal(command)) for _ in range(8)))
    rejections = [each.rejection for each in of_type(await ingest.told(), CommandSettledV1)]
    assert len([each for each in rejections if each is None]) == 1


async def waits_for(ingest: Ingest, handler: Handle, message: object) -> asyncio.Task[None]:
    task = asyncio.create_task(ingest.handle(handler, message))
    done, _ = await asyncio.wait({task}, timeout=0.3)
    assert not done
    return task


ADDITIONS: dict[str, Callable[[UUID], tuple[Handle, Any]]] = {
    "note": lambda ada: (on_add_note, note(ada)),
    "tags": lambda ada: (on_change_tags, tags(ada, add=("a",))),
    "share": lambda ada: (on_share_candidates, share(ada, to=(recruiter(),))),
    "submission": lambda ada: (on_submit_candidate, submission(ada, recruiter())),
    "read": lambda ada: (
        on_record_activities,
        RecordActivitiesV1(
            batch_id=uuid4(),
            reads=(Read(activity_id=uuid4(), candidate_id=ada, kind="viewed", actor=OWNER, at=NOW),),
        ),
    ),
}


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=ADDITIONS)
async def test_an_erasure_waits_for_what_is_added_and_takes_it_along(
    ingest: Ingest, ada: UUID, addition: Callable[[UUID], tuple[Handle, Any]]
) -> None:
    async with under_way(ingest, *addition(ada)):
        erasing = await waits_for(ingest, on_erase_candidate, erasure_of(ada))
    await erasing
    for table in OF_CANDIDATES:
        assert await ingest.count(table) == 0
    assert await ingest.pool.fetchval("SELECT string_agg(kind, ' ') FROM activities") == "erased"
    about = await ingest.pool.fetchval("SELECT count(*) FROM outbox WHERE subject = $1", str(ada))
    assert about == 1, "of all that was to be told only the line in the log is left"


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=ADDITIONS)
async def test_what_is_added_while_the_candidate_is_erased_finds_nobody(
    ingest: Ingest, ada: UUID, addition: Callable[[UUID], tuple[Handle, Any]]
) -> None:
    async with under_way(ingest, on_erase_candidate, erasure_of(ada)):
        adding = await waits_for(ingest, *addition(ada))
    await adding
    for table in OF_CANDIDATES:
        assert await ingest.count(table) == 0
    assert await ingest.pool.fetchval("SELECT string_agg(kind, ' ') FROM activities") == "erased"


async def test_a_job_that_is_deleted_waits_for_who_is_submitted_to_it_and_withdraws_it(
    ingest: Ingest, ada: UUID
) -> None:
    command = submission(ada, recruiter())
    async with under_way(ingest, on_submit_candidate, command):
        deleting = await waits_for(ingest, on_job_deleted, JobDeletedV1(job_id=command.job_id))
    await deleting
    assert len(of_type(await ingest.told(), SubmissionWithdrawnV1)) == 1
    assert await ingest.pool.fetchval("SELECT bool_and(is_revoked) FROM grants")


async def test_who_is_submitted_while_the_job_is_deleted_comes_too_late(ingest: Ingest, ada: UUID) -> None:
    command = submission(ada, recruiter())
    async with under_way(ingest, on_job_deleted, JobDeletedV1(job_id=command.job_id)):
        submitting = await waits_for(ingest, on_submit_candidate, command)
    await submitting
    assert await ingest.count("submissions") == await ingest.count("grants") == 0


async def test_of_many_who_submit_and_share_at_once_every_version_is_told_once(
    ingest: Ingest, ada: UUID
) -> None:
    employer = recruiter()
    jobs = [uuid4() for _ in range(3)]
    await ingest.told()
    work: list[tuple[Handle, Any]] = [
        (on_submit_candidate, submission(ada, employer, job_id=jobs[n % 3])) for n in range(9)
    ]
    work += [(on_share_candidates, share(ada, to=(employer,))) for _ in range(9)]
    await asyncio.gather(*(ingest.handle(handler, command) for handler, command in work))
    told = await ingest.told()
    refused = [each for each in of_type(told, CommandSettledV1) if each.rejection is not None]
    assert len(refused) == 6, "each job once"
    versions = [grant.version for event in of_type(told, AccessGrantedV1) for grant in event.grants]
    assert versions == sorted(versions) == list(range(1, len(versions) + 1))


async def test_an_upload_that_comes_while_it_is_erased_is_not_taken_in(ingest: Ingest) -> None:
    resume_id = uuid4()
    file = StoredFile(blob_key="resumes/x", media_type="application/pdf", size_bytes=1, sha256="00")
    upload = SubmitResumeV1(
        resume_id=resume_id,
        owner_user_id=OWNER.user_id,
        database_id=OWNER.user_id,
        source="resume_import",
        filename="cv.pdf",
        file=file,
    )
    async with under_way(ingest, on_erase_resume, erasure_of_resume(resume_id)):
        submitting = await waits_for(ingest, on_submit_resume, upload)
    await submitting
    assert await ingest.count("resumes") == 0


async def test_an_erasure_that_comes_while_the_upload_is_taken_in_waits_and_erases_it(ingest: Ingest) -> None:
    resume_id = uuid4()
    file = StoredFile(blob_key="resumes/x", media_type="application/pdf", size_bytes=1, sha256="00")
    upload = SubmitResumeV1(
        resume_id=resume_id,
        owner_user_id=OWNER.user_id,
        database_id=OWNER.user_id,
        source="resume_import",
        filename="cv.pdf",
        file=file,
    )
    async with under_way(ingest, on_submit_resume, upload):
        erasing = await waits_for(ingest, on_erase_resume, erasure_of_resume(resume_id))
    await erasing
    assert await ingest.count("resumes") == 0
    assert await ingest.count("tombstones") == 1
