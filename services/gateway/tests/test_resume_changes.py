"""Resumes are erased and tried again by whose they are."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from shown_rows import NOW, add_candidate, share
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID, ResumeState
from hotgigs.gateway import store
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")


def resume(**changes: Any) -> ResumeState:
    """Ann's, that failed."""
    state = ResumeState(
        resume_id=uuid4(),
        version=2,
        attempt=1,
        owner_user_id=ANN.user_id,
        database_id=ANN.user_id,
        source="resume_import",
        filename="cv.pdf",
        status="failed",
        error_message="It cannot be read.",
        received_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


async def put(pool: Pool, state: ResumeState) -> UUID:
    async with pool.acquire() as connection:
        await store.put_resumes(connection, [(state, None)])
    return state.resume_id


@pytest.fixture
async def shared_id(pool: Pool) -> UUID:
    """A resume of a candidate of Ann's that is shared with Ben, uploaded by a colleague of Ann's account."""
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(connection, candidate_id, BEN.user_id)
    return await put(pool, resume(candidate_id=candidate_id, owner_user_id=uuid4()))


@pytest.mark.parametrize("who", [ANN, ADMIN], ids=["the database's recruiter", "admin"])
async def test_a_resume_is_erased_by_its_database_s_recruiter_and_admins(
    writing_app: WritingApp, shared_id: UUID, who: Principal
) -> None:
    answer = await writing_app.ask(who, "DELETE", f"/api/resumes/{shared_id}")
    command = writing_app.sent
    assert command == EraseResumeV1(command_id=command.command_id, actor=who.actor, resume_id=shared_id)
    assert (answer.status_code, answer.json()) == (
        200,
        {"message": "Resume erased successfully", "erasure_id": str(command.command_id)},
    )


async def test_people_erase_and_retry_what_they_uploaded_and_what_makes_their_own_candidate(
    writing_app: WritingApp, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        own = await add_candidate(connection, user_id=PERSON.user_id)
    others = {"owner_user_id": uuid4(), "database_id": MASTER_DATABASE_ID}
    mine = {"owner_user_id": PERSON.user_id, "source": "candidate_upload"}
    uploaded = await put(pool, resume(**others | mine))
    of_own = await put(pool, resume(**others, candidate_id=own))
    for resume_id in (uploaded, of_own):
        assert (await writing_app.ask(PERSON, "DELETE", f"/api/resumes/{resume_id}")).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("POST", "/retry")])
async def test_nobody_else_changes_a_resume(
    writing_app: WritingApp, pool: Pool, shared_id: UUID, method: str, path: str
) -> None:
    stranger = Principal(user_id=uuid4(), role="recruiter")
    without_candidate = await put(pool, resume())
    once_ann = Principal(user_id=ANN.user_id, role="candidate")
    provisional = await put(pool, resume(version=0))
    for who, resume_id, status in (
        (BEN, shared_id, 403),
        (stranger, shared_id, 404),
        (PERSON, shared_id, 404),
        (BEN, without_candidate, 404),
        (once_ann, without_candidate, 404),
        (ANN, uuid4(), 404),
        (ANN, provisional, 404),
    ):
        assert (await writing_app.ask(who, method, f"/api/resumes/{resume_id}{path}")).status_code == status
    assert writing_app.ingest.commands == []


async def retried(connection: Connection, command: RetryResumeV1) -> None:
    """As ingest and the projection do it."""
    again = resume(resume_id=command.resume_id, version=3, attempt=2, status="uploaded", error_message=None)
    await store.put_resumes(connection, [(again, None)])


async def test_a_failed_resume_is_tried_again_and_is_shown_as_such_when_it_is_answered(
    writing_app: WritingApp, pool: Pool
) -> None:
    resume_id = await put(pool, resume())
    writing_app.ingest.effect = retried
    answer = await writing_app.ask(ANN, "POST", f"/api/resumes/{resume_id}/retry")
    assert answer.status_code == 200
    assert answer.json() == {
        "message": "Resume queued for processing again",
        "resume_id": str(resume_id),
        "status": "uploaded",
    }
    command = writing_app.sent
    assert command == RetryResumeV1(command_id=command.command_id, actor=ANN.actor, resume_id=resume_id)


async def test_a_retry_with_a_key_is_asked_for_once(writing_app: WritingApp, pool: Pool) -> None:
    resume_id = await put(pool, resume())
    writing_app.ingest.effect = retried
    path = f"/api/resumes/{resume_id}/retry"
    answers = [await writing_app.ask(ANN, "POST", path, key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert writing_app.sent.resume_id == resume_id


async def test_a_retry_that_is_not_shown_in_time_is_safe(writing_app: WritingApp, pool: Pool) -> None:
    resume_id = await put(pool, resume())
    writing_app.without_ingest()
    answer = await writing_app.ask(ANN, "POST", f"/api/resumes/{resume_id}/retry")
    assert answer.status_code == 202
    writing_app.ingest.is_away = False  # settles, and the read model stays behind
    answer = await writing_app.ask(ANN, "POST", f"/api/resumes/{resume_id}/retry")
    assert answer.status_code == 202


async def test_what_cannot_be_tried_again_says_why(writing_app: WritingApp, pool: Pool) -> None:
    resume_id = await put(pool, resume(status="completed", error_message=None))
    writing_app.ingest.rejection = Rejection(code="conflict", detail="It is completed already.")
    answer = await writing_app.ask(ANN, "POST", f"/api/resumes/{resume_id}/retry")
    assert (answer.status_code, answer.json()["detail"]) == (409, "It is completed already.")
