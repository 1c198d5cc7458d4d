"""retry_resume at ingest, on a real database."""

from uuid import UUID, uuid4

import pytest
from support.ingest_service import ADMIN, NOW, Ingest, recruiter
from support.resume_states import uploaded

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.ingest import store
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_retry_resume import on_retry_resume

OWNER = recruiter()


def retry(resume_id: UUID, actor: Actor = OWNER) -> RetryResumeV1:
    return RetryResumeV1(command_id=uuid4(), actor=actor, resume_id=resume_id)


async def fail(ingest: Ingest, resume_id: UUID, attempt: int = 1) -> UUID:
    event = ResumeParseFailedV1(
        resume_id=resume_id, attempt=attempt, started_at=NOW, finished_at=NOW, reason="It is a scan."
    )
    await ingest.handle(on_resume_parse_failed, event)
    return resume_id


async def code_of(ingest: Ingest, command: RetryResumeV1) -> str | None:
    settled, events = await ingest.does(on_retry_resume, command)
    if settled.rejection is None:
        return None
    assert events == []
    return settled.rejection.code


async def test_a_failed_resume_waits_for_its_next_attempt(ingest: Ingest) -> None:
    resume_id = await fail(ingest, await ingest.submit(OWNER.user_id))
    command = retry(resume_id)
    settled, (received,) = await ingest.does(on_retry_resume, command)
    assert settled == CommandSettledV1(command_id=command.command_id)
    assert isinstance(received, ResumeReceivedV1)
    resume = received.resume
    assert (resume.version, resume.attempt, resume.status) == (3, 2, "uploaded")
    assert (resume.error_message, resume.processing_started_at, resume.processing_completed_at) == (
        None,
        None,
        None,
    )
    await fail(ingest, resume_id, attempt=1)
    await ingest.parsed(resume_id, ResumeData(), attempt=2)
    await ingest.candidate_of(resume_id)


async def test_what_has_not_failed_is_not_tried_again(ingest: Ingest) -> None:
    waits, done = [await ingest.submit(OWNER.user_id) for _ in range(2)]
    await ingest.parsed(done, ResumeData())
    assert [await code_of(ingest, retry(each)) for each in (waits, done)] == ["conflict"] * 2


async def test_a_refused_file_is_not_tried_again(ingest: Ingest) -> None:
    refused = uploaded(database_id=OWNER.user_id, file=None, status="failed", error_message="A picture.")
    async with ingest.pool.acquire() as connection:
        await store.add_resumes(connection, [refused])
    assert await code_of(ingest, retry(refused.resume_id)) == "conflict"


async def test_who_uploaded_it_and_who_owns_the_database_and_an_admin_may(ingest: Ingest) -> None:
    person = Actor(user_id=uuid4(), role="candidate")
    in_database = await fail(ingest, await ingest.submit(uuid4(), OWNER.user_id))
    own = await fail(ingest, await ingest.submit(person.user_id, MASTER_DATABASE_ID, "candidate_upload"))
    any_s = await fail(ingest, await ingest.submit(uuid4()))
    for command in (retry(in_database), retry(own, person), retry(any_s, ADMIN)):
        assert await code_of(ingest, command) is None


async def test_who_took_it_in_and_has_another_role_by_now_may_not(ingest: Ingest) -> None:
    admin_s = await fail(ingest, await ingest.submit(ADMIN.user_id, MASTER_DATABASE_ID))
    own = await fail(ingest, await ingest.submit(OWNER.user_id, source="candidate_upload"))
    for resume_id, user_id, role in (
        (admin_s, ADMIN.user_id, "recruiter"),
        (admin_s, ADMIN.user_id, "candidate"),
        (own, OWNER.user_id, "candidate"),
    ):
        actor = Actor(user_id=user_id, role=role)
        assert await code_of(ingest, retry(resume_id, actor)) == "not_found"


@pytest.mark.parametrize("actor", [recruiter(), Actor(user_id=uuid4(), role="candidate")])
async def test_to_a_stranger_the_resume_is_not_there(ingest: Ingest, actor: Actor) -> None:
    in_database = await fail(ingest, await ingest.submit(OWNER.user_id))
    of_master = await fail(ingest, await ingest.submit(uuid4(), MASTER_DATABASE_ID))
    for resume_id in (in_database, of_master, uuid4()):
        assert await code_of(ingest, retry(resume_id, actor)) == "not_found"
