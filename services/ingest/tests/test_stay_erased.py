"""Messages that come late, or once more, of those who were erased: they have no effect."""

from uuid import UUID, uuid4

from support.candidate_commands import ADA, OWNER, erasure_of, erasure_of_resume
from support.ingest_service import NOW, Ingest, of_type

from hotgigs.contracts.gateway.submit_batch import BatchFile, SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_state import StoredFile
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_submit_batch import on_submit_batch
from hotgigs.ingest.on_submit_resume import on_submit_resume


def stored(resume_id: UUID) -> StoredFile:
    return StoredFile(
        blob_key=f"resumes/{resume_id}/0", media_type="application/pdf", size_bytes=1, sha256="00"
    )


def upload(resume_id: UUID) -> SubmitResumeV1:
    return SubmitResumeV1(
        resume_id=resume_id,
        owner_user_id=OWNER.user_id,
        database_id=OWNER.user_id,
        source="resume_import",
        filename="cv.pdf",
        file=stored(resume_id),
    )


def bulk(*resume_ids: UUID) -> SubmitBatchV1:
    return SubmitBatchV1(
        batch_id=uuid4(),
        owner_user_id=OWNER.user_id,
        database_id=OWNER.user_id,
        source="bulk_upload",
        files=tuple(
            BatchFile(resume_id=each, filename=f"{each}.pdf", file=stored(each)) for each in resume_ids
        ),
    )


async def test_an_upload_that_comes_again_is_not_taken_in(ingest: Ingest) -> None:
    resume_id = uuid4()
    await ingest.handle(on_submit_resume, upload(resume_id))
    await ingest.parsed(resume_id, ADA)
    await ingest.handle(on_erase_candidate, erasure_of(await ingest.candidate_of(resume_id)))
    await ingest.told()
    await ingest.handle(on_submit_resume, upload(resume_id))
    assert await ingest.told() == []
    assert await ingest.count("resumes") == 0


async def test_a_parse_that_ends_late_makes_nobody(ingest: Ingest) -> None:
    resume_id = await ingest.submit(OWNER.user_id)
    await ingest.handle(on_erase_resume, erasure_of_resume(resume_id))
    await ingest.told()
    await ingest.parsed(resume_id, ADA)
    failure = ResumeParseFailedV1(
        resume_id=resume_id, attempt=1, started_at=NOW, finished_at=NOW, reason="It is empty."
    )
    await ingest.handle(on_resume_parse_failed, failure)
    assert await ingest.told() == []
    assert await ingest.count("candidates") == 0


async def test_a_resume_can_be_erased_before_its_upload_arrives(ingest: Ingest) -> None:
    resume_id = uuid4()
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(resume_id))
    (erased,) = of_type(events, ResumeErasedV1)
    assert (settled.events, erased.erasure.resume_ids) == (1, (resume_id,))
    await ingest.handle(on_submit_resume, upload(resume_id))
    assert await ingest.told() == []
    settled, events = await ingest.does(on_erase_resume, erasure_of_resume(resume_id))
    assert settled.rejection is not None
    assert (settled.rejection.code, events) == ("not_found", [])


async def test_of_a_batch_that_arrives_late_only_the_others_are_taken_in(ingest: Ingest) -> None:
    erased, other = uuid4(), uuid4()
    await ingest.handle(on_erase_resume, erasure_of_resume(erased))
    await ingest.told()
    await ingest.handle(on_submit_batch, bulk(erased, other))
    (received,) = of_type(await ingest.told(), BatchReceivedV1)
    assert [each.resume_id for each in received.resumes] == [other]
    await ingest.handle(on_submit_batch, bulk(erased))
    assert await ingest.told() == []
    assert await ingest.count("batches") == 1


async def test_a_batch_goes_with_its_last_resume_and_does_not_come_back(ingest: Ingest) -> None:
    first, second = uuid4(), uuid4()
    command = bulk(first, second)
    await ingest.handle(on_submit_batch, command)
    _, events = await ingest.does(on_erase_resume, erasure_of_resume(first))
    (erased,) = of_type(events, ResumeErasedV1)
    assert erased.erasure.related_ids == ()
    _, events = await ingest.does(on_erase_resume, erasure_of_resume(second))
    (erased,) = of_type(events, ResumeErasedV1)
    assert erased.erasure.related_ids == (command.batch_id,)
    await ingest.handle(on_submit_batch, command)
    assert await ingest.told() == []
    assert await ingest.count("batches") == 0


async def test_a_batch_that_waits_to_be_told_is_told_without_the_erased(ingest: Ingest) -> None:
    first, second = uuid4(), uuid4()
    command = bulk(first, second)
    await ingest.handle(on_submit_batch, command)
    await ingest.handle(on_erase_resume, erasure_of_resume(first))
    told = await ingest.told()
    (received,) = of_type(told, BatchReceivedV1)
    assert received.batch_id == command.batch_id
    assert [each.resume_id for each in received.resumes] == [second]
    assert {message.subject for message in told}.isdisjoint({str(first)})


async def test_of_several_candidates_in_one_batch_the_others_stay(ingest: Ingest) -> None:
    first, second = uuid4(), uuid4()
    await ingest.handle(on_submit_batch, bulk(first, second))
    await ingest.parsed(first, ADA)
    _, events = await ingest.does(on_erase_candidate, erasure_of(await ingest.candidate_of(first)))
    (erased,) = of_type(events, CandidateErasedV1)
    assert erased.erasure.resume_ids == (first,)
    assert [row["resume_id"] for row in await ingest.pool.fetch("SELECT resume_id FROM resumes")] == [second]
