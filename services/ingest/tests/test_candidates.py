"""Which resumes become which candidates, in a database of their own."""

import asyncio
from uuid import uuid4

from support.ingest_service import NOW, Ingest

from hotgigs.contracts.gateway.submit_batch import BatchFile, SubmitBatchV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_submit_batch import on_submit_batch

ADA = ResumeData(email="ada@mail.example", phone="+15550100", full_name="Ada Example")


async def test_the_same_mail_address_in_one_database_is_one_candidate_with_both_resumes(
    ingest: Ingest,
) -> None:
    recruiter = uuid4()
    first = await ingest.imported(recruiter, ADA)
    second = await ingest.imported(recruiter, ResumeData(email="ADA@mail.example", full_name="A. Example"))
    assert first == second
    assert (await ingest.count("candidates"), await ingest.count("resumes")) == (1, 2)


async def test_the_same_phone_and_name_is_one_candidate_and_one_of_them_alone_is_not(ingest: Ingest) -> None:
    recruiter = uuid4()
    ada = await ingest.imported(recruiter, ADA)
    no_mail = ResumeData(phone=ADA.phone, full_name="ada  EXAMPLE")
    assert await ingest.imported(recruiter, no_mail) == ada
    assert await ingest.imported(recruiter, ResumeData(phone=ADA.phone, full_name="Bo Example")) != ada
    assert await ingest.imported(recruiter, ResumeData(full_name=ADA.full_name)) != ada


async def test_phone_and_name_may_be_of_two_resumes_of_a_candidate(ingest: Ingest) -> None:
    recruiter = uuid4()
    ada = await ingest.imported(recruiter, ResumeData(email=ADA.email, phone=ADA.phone))
    await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name=ADA.full_name))
    assert await ingest.imported(recruiter, ResumeData(phone=ADA.phone, full_name="Example, Ada")) == ada


async def test_one_address_of_two_who_share_no_name_is_an_agency_s_and_they_are_two_candidates(
    ingest: Ingest,
) -> None:
    recruiter = uuid4()
    ada = await ingest.imported(recruiter, ADA)
    bo = await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="Bo Other"))
    assert ada != bo
    assert await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="OTHER, Bo")) == bo
    assert await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="Ada E.")) == ada
    cy = await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="Cy Third"))
    assert cy not in (ada, bo)


async def test_one_whose_name_is_not_known_is_recognised_by_the_address_alone(ingest: Ingest) -> None:
    recruiter = uuid4()
    ada = await ingest.imported(recruiter, ResumeData(email=ADA.email))
    assert await ingest.imported(recruiter, ADA) == ada
    assert await ingest.imported(recruiter, ResumeData(email=ADA.email)) == ada
    # Now the name is known, and a resume without one no longer lets everybody in.
    assert await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="Bo Other")) != ada


async def test_two_recruiters_who_import_one_person_have_a_candidate_each(ingest: Ingest) -> None:
    assert await ingest.imported(uuid4(), ADA) != await ingest.imported(uuid4(), ADA)


async def test_two_users_who_upload_their_own_resumes_with_one_address_are_two_candidates(
    ingest: Ingest,
) -> None:
    first = await ingest.uploaded(uuid4(), ADA)
    assert first != await ingest.uploaded(uuid4(), ADA)
    assert first != await ingest.imported(uuid4(), ADA, MASTER_DATABASE_ID), "an admin's import is no user's"


async def test_what_two_admins_import_of_one_person_is_one_candidate(ingest: Ingest) -> None:
    first = await ingest.imported(uuid4(), ADA, MASTER_DATABASE_ID)
    assert first == await ingest.imported(uuid4(), ADA, MASTER_DATABASE_ID)


async def test_resumes_that_say_nothing_of_a_person_are_a_candidate_each(ingest: Ingest) -> None:
    recruiter = uuid4()
    candidates = {await ingest.imported(recruiter, ResumeData()) for _ in range(3)}
    assert len(candidates) == 3


async def test_a_match_by_mail_goes_before_one_by_phone_and_name(ingest: Ingest) -> None:
    recruiter = uuid4()
    by_phone = await ingest.imported(recruiter, ResumeData(phone=ADA.phone, full_name=ADA.full_name))
    by_mail = await ingest.imported(recruiter, ResumeData(email=ADA.email, full_name="A. Example"))
    assert by_phone != by_mail
    assert await ingest.imported(recruiter, ADA) == by_mail


async def test_resumes_of_one_person_that_are_parsed_at_once_are_one_candidate(ingest: Ingest) -> None:
    recruiter = uuid4()
    resume_ids = [await ingest.submit(recruiter) for _ in range(8)]
    await asyncio.gather(*(ingest.parsed(resume_id, ADA) for resume_id in resume_ids))
    assert len({await ingest.candidate_of(resume_id) for resume_id in resume_ids}) == 1
    assert await ingest.count("candidates") == 1


async def test_an_outcome_that_is_told_again_or_too_late_changes_nothing(ingest: Ingest) -> None:
    resume_id = await ingest.submit(uuid4())
    await ingest.parsed(resume_id, ADA)
    before = await ingest.pool.fetchrow("SELECT * FROM resumes")
    outgoing = await ingest.count("outbox")

    await ingest.parsed(resume_id, ResumeData(email="other@mail.example"))
    late = ResumeParseFailedV1(
        resume_id=resume_id, attempt=1, started_at=NOW, finished_at=NOW, reason="It is a scan."
    )
    await ingest.handle(on_resume_parse_failed, late)

    assert await ingest.pool.fetchrow("SELECT * FROM resumes") == before
    assert (await ingest.count("outbox"), await ingest.count("candidates")) == (outgoing, 1)


async def test_the_outcome_of_a_resume_that_is_not_known_is_nobody_s(ingest: Ingest) -> None:
    await ingest.parsed(uuid4(), ADA)
    assert (await ingest.count("candidates"), await ingest.count("outbox")) == (0, 0)


async def test_a_resume_that_is_submitted_again_is_received_once(ingest: Ingest) -> None:
    files = (BatchFile(resume_id=uuid4(), filename="a.pdf", refusal="The file is empty."),)
    command = SubmitBatchV1(
        batch_id=uuid4(), owner_user_id=uuid4(), database_id=uuid4(), source="bulk_upload", files=files
    )
    for _ in range(2):
        await ingest.handle(on_submit_batch, command)
    assert [await ingest.count(table) for table in ("batches", "resumes", "outbox")] == [1, 1, 1]
