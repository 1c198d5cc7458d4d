"""drive_file_fetched at ingest, on a real database: what it makes and what it tells."""

from uuid import uuid4

import pytest
from support.candidate_commands import ADA, OWNER, erasure_of_resume
from support.ingest_service import NOW, Ingest, fetched, of_type, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_state import Source
from hotgigs.ingest.on_drive_file_fetched import on_drive_file_fetched
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_retry_resume import on_retry_resume

REFUSAL = "The file is not a PDF or a Word document."


@pytest.mark.parametrize("source", ["google_drive", "bulk_upload"])
async def test_a_fetched_file_waits_for_a_parser_as_an_upload_does(ingest: Ingest, source: Source) -> None:
    event = fetched(OWNER.user_id, source=source)
    await ingest.handle(on_drive_file_fetched, event)
    (received,) = await ingest.told()
    assert isinstance(received, ResumeReceivedV1)
    resume = received.resume
    assert (resume.resume_id, resume.version, resume.attempt) == (event.resume_id, 1, 1)
    assert (resume.status, resume.source, resume.filename) == ("uploaded", source, event.filename)
    assert (resume.owner_user_id, resume.database_id) == (event.owner_user_id, event.database_id)
    assert (resume.file, resume.batch_id, resume.error_message) == (event.file, None, None)
    await ingest.parsed(event.resume_id, ADA)
    await ingest.candidate_of(event.resume_id)


async def test_a_refused_file_is_told_as_a_resume_that_has_failed_and_says_why(ingest: Ingest) -> None:
    await ingest.handle(on_drive_file_fetched, fetched(OWNER.user_id, file=None, refusal=REFUSAL))
    (failed,) = await ingest.told()
    assert isinstance(failed, ResumeFailedV1)
    resume = failed.resume
    assert (resume.status, resume.error_message, resume.file) == ("failed", REFUSAL, None)
    assert resume.processing_completed_at == resume.received_at


@pytest.mark.parametrize("refusal", [None, REFUSAL])
async def test_what_is_told_again_has_one_effect(ingest: Ingest, refusal: str | None) -> None:
    event = fetched(OWNER.user_id)
    if refusal is not None:
        event = fetched(OWNER.user_id, file=None, refusal=refusal)
    for _ in range(2):
        await ingest.handle(on_drive_file_fetched, event)
    assert len(await ingest.told()) == await ingest.count("resumes") == 1


async def test_what_was_erased_before_it_came_is_not_taken_in(ingest: Ingest) -> None:
    event = fetched(OWNER.user_id)
    await ingest.handle(on_erase_resume, erasure_of_resume(event.resume_id))
    await ingest.told()
    await ingest.handle(on_drive_file_fetched, event)
    assert (await ingest.told(), await ingest.count("resumes")) == ([], 0)


async def test_one_that_failed_is_tried_again_by_those_whose_database_it_is_in(ingest: Ingest) -> None:
    async def fails(attempt: int) -> None:
        failure = ResumeParseFailedV1(
            resume_id=resume_id, attempt=attempt, started_at=NOW, finished_at=NOW, reason="It is a scan."
        )
        await ingest.handle(on_resume_parse_failed, failure)

    async def tries_again(actor: Actor) -> int:
        command = RetryResumeV1(command_id=uuid4(), actor=actor, resume_id=resume_id)
        _, events = await ingest.does(on_retry_resume, command)
        return len(of_type(events, ResumeReceivedV1))

    resume_id = await ingest.fetch(OWNER.user_id)
    await fails(attempt=1)
    assert await tries_again(recruiter()) == 0
    assert await tries_again(OWNER) == 1
    await ingest.parsed(resume_id, ADA, attempt=2)
    await ingest.candidate_of(resume_id)
