"""Candidates are submitted to open jobs by who may, and listed and withdrawn by who is involved and sees
them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import ADA, NOW, add_candidate, add_resume, insert, share
from told import tell
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.candidate_state import Erasure
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN, CLEO, STRANGER = (Principal(user_id=uuid4(), role="recruiter") for _ in range(4))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON, OTHER_PERSON = (Principal(user_id=uuid4(), role="candidate") for _ in range(2))


def submissions_to(job_id: UUID) -> str:
    return f"/api/jobs/{job_id}/submissions"


async def add_job(pool: Pool, owner: Principal, *, status: str = "open") -> UUID:
    job_id = uuid4()
    row = {
        "job_id": job_id,
        "version": 1,
        "owner_user_id": owner.user_id,
        "database_id": owner.database_id,
        "posting": {"title": "Engineer"},
        "status": status,
        "matches_since": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }
    async with pool.acquire() as connection:
        await insert(connection, "jobs", row)
    return job_id


async def add_submission(
    connection: Connection, job_id: UUID, candidate_id: UUID, by: Principal, **columns: Any
) -> UUID:
    """To a job of Cleo's."""
    submission_id = uuid4()
    row = {
        "submission_id": submission_id,
        "job_id": job_id,
        "job_owner_id": CLEO.user_id,
        "candidate_id": candidate_id,
        "database_id": ANN.user_id,
        "submitted_by": by.user_id,
        "note": "Free from May.",
        "submitted_at": NOW,
    }
    await insert(connection, "submissions", row | columns)
    return submission_id


@pytest.fixture
async def job_id(pool: Pool) -> UUID:
    return await add_job(pool, CLEO)


@pytest.fixture
async def ada(pool: Pool) -> UUID:
    """Of Ann's database, shared with Ben, who may submit her."""
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(connection, candidate_id, BEN.user_id)
    return candidate_id


@pytest.fixture
async def own(pool: Pool) -> UUID:
    """What the person uploaded."""
    async with pool.acquire() as connection:
        return await add_candidate(connection, user_id=PERSON.user_id, source="candidate_upload")


@pytest.mark.parametrize("who", [ANN, BEN, ADMIN], ids=["owner", "share recipient", "admin"])
async def test_who_may_submits_a_candidate_to_an_open_job(
    writing_app: WritingApp, job_id: UUID, ada: UUID, who: Principal
) -> None:
    body = {"candidate_id": str(ada), "note": " Free from May.\n"}
    answer = await writing_app.ask(who, "POST", submissions_to(job_id), body)
    command = writing_app.sent
    assert command == SubmitCandidateV1(
        command_id=command.command_id,
        actor=who.actor,
        submission_id=command.submission_id,
        job_id=job_id,
        job_owner_id=CLEO.user_id,
        job_database_id=CLEO.user_id,
        candidate_id=ada,
        note="Free from May.",
    )
    assert answer.status_code == 201
    shown = answer.json()
    assert shown.pop("submitted_at")
    assert shown == {
        "submission_id": str(command.submission_id),
        "job_id": str(job_id),
        "candidate_id": str(ada),
        "submitted_by": str(who.user_id),
        "note": "Free from May.",
    }


async def test_a_person_applies(writing_app: WritingApp, pool: Pool, own: UUID) -> None:
    job_id = await add_job(pool, ADMIN)
    answer = await writing_app.ask(PERSON, "POST", submissions_to(job_id), {"candidate_id": str(own)})
    assert (answer.status_code, writing_app.sent.actor) == (201, PERSON.actor)
    assert writing_app.sent.job_database_id == MASTER_DATABASE_ID


async def test_of_merged_candidates_the_one_that_stands_is_submitted(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=ada)
    await writing_app.ask(ANN, "POST", submissions_to(job_id), {"candidate_id": str(merged_id)})
    assert writing_app.sent.candidate_id == ada


async def test_who_may_not_submit_it_hears_why(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    async with pool.acquire() as connection:
        await share(connection, ada, STRANGER.user_id, can_submit_to_jobs=False)
    answer = await writing_app.ask(STRANGER, "POST", submissions_to(job_id), {"candidate_id": str(ada)})
    assert answer.status_code == 403
    assert "without the permission to submit" in answer.json()["detail"]
    assert writing_app.ingest.commands == []


async def test_to_strangers_there_is_no_candidate_and_of_others_closed_jobs_none(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    closed = await add_job(pool, CLEO, status="closed")
    for who, job, candidate_id in (
        (STRANGER, job_id, ada),
        (PERSON, job_id, ada),
        (ANN, job_id, uuid4()),
        (ANN, closed, ada),
        (ANN, uuid4(), ada),
    ):
        answer = await writing_app.ask(who, "POST", submissions_to(job), {"candidate_id": str(candidate_id)})
        assert answer.status_code == 404
    assert writing_app.ingest.commands == []


async def test_a_closed_job_of_one_s_own_takes_nobody(writing_app: WritingApp, pool: Pool, ada: UUID) -> None:
    closed = await add_job(pool, ANN, status="closed")
    answer = await writing_app.ask(ANN, "POST", submissions_to(closed), {"candidate_id": str(ada)})
    assert answer.status_code == 409
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize(
    "change",
    [{"note": "x" * 10_001}, {"note": "a\0b"}, {"note": 1}, {"candidate_id": "x"}, {"candidate_id": None}],
)
async def test_a_submission_that_cannot_be_kept_is_refused(
    writing_app: WritingApp, job_id: UUID, ada: UUID, change: dict[str, Any]
) -> None:
    body = {"candidate_id": str(ada)} | change
    assert (await writing_app.ask(ANN, "POST", submissions_to(job_id), body)).status_code == 400
    assert writing_app.ingest.commands == []


async def test_what_ingest_rejects_is_answered_in_its_words(
    writing_app: WritingApp, job_id: UUID, ada: UUID
) -> None:
    writing_app.ingest.rejection = Rejection(code="conflict", detail="Submitted already.")
    answer = await writing_app.ask(ANN, "POST", submissions_to(job_id), {"candidate_id": str(ada)})
    assert (answer.status_code, answer.json()) == (409, {"detail": "Submitted already."})


async def test_a_submission_is_safe_while_ingest_is_away_and_made_once_with_its_key(
    writing_app: WritingApp, job_id: UUID, ada: UUID
) -> None:
    body = {"candidate_id": str(ada)}
    writing_app.ingest.broker_is_away = True
    assert (await writing_app.ask(ANN, "POST", submissions_to(job_id), body, key="k")).status_code == 503
    writing_app.ingest.broker_is_away = False
    writing_app.without_ingest()
    answers = [await writing_app.ask(ANN, "POST", submissions_to(job_id), body, key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert {answer.json()["submission_id"] for answer in answers} == {str(writing_app.sent.submission_id)}


async def test_an_erasure_takes_an_answer_along_whose_submission_never_was(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    writing_app.without_ingest()
    answer = await writing_app.ask(
        ANN, "POST", submissions_to(job_id), {"candidate_id": str(ada), "note": "Hers."}, key="k"
    )
    assert answer.status_code == 202
    erasure = Erasure(
        erasure_id=uuid4(), database_id=ANN.user_id, candidate_ids=(ada,), actor=ANN.actor, at=NOW
    )
    async with pool.acquire() as connection:
        assert await connection.fetchval("SELECT count(answer) FROM idempotency_keys") == 1
        await tell(connection, CandidateErasedV1(erasure=erasure))
        assert await connection.fetchval("SELECT count(*) FROM idempotency_keys") == 0


async def listed(app: WritingApp, who: Principal, job_id: UUID, query: str = "") -> list[str]:
    """The ids of the submissions, the newest first."""
    answer = await app.ask(who, "GET", f"{submissions_to(job_id)}{query}")
    assert answer.status_code == 200, answer.text
    return [each["submission_id"] for each in answer.json()]


async def test_who_is_involved_lists_what_they_see(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID, own: UUID
) -> None:
    async with pool.acquire() as connection:
        by_ann = await add_submission(connection, job_id, ada, ANN)
        by_ben = await add_submission(connection, job_id, ada, BEN)
        by_person = await add_submission(connection, job_id, own, PERSON)
        await add_submission(connection, await add_job(pool, CLEO), ada, ANN)
        everything = {str(each) for each in (by_ann, by_ben, by_person)}
        assert set(await listed(writing_app, ADMIN, job_id)) == everything
        assert await listed(writing_app, CLEO, job_id) == [], "who sees no candidate sees no submission"
        for candidate_id in (ada, own):
            await share(connection, candidate_id, CLEO.user_id)
    assert set(await listed(writing_app, CLEO, job_id)) == everything
    for who, expected in ((ANN, by_ann), (BEN, by_ben), (PERSON, by_person)):
        assert await listed(writing_app, who, job_id) == [str(expected)]
    for who in (STRANGER, OTHER_PERSON):
        assert await listed(writing_app, who, job_id) == []


async def test_who_submitted_lists_it_when_the_job_is_closed_and_others_find_no_job(
    writing_app: WritingApp, pool: Pool, ada: UUID
) -> None:
    closed = await add_job(pool, CLEO, status="closed")
    async with pool.acquire() as connection:
        submission_id = await add_submission(connection, closed, ada, BEN)
    assert await listed(writing_app, BEN, closed) == [str(submission_id)]
    assert await listed(writing_app, CLEO, closed) == []
    for job_id in (closed, uuid4()):
        assert (await writing_app.ask(ANN, "GET", submissions_to(job_id))).status_code == 404


async def test_a_list_comes_in_pages(writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID) -> None:
    async with pool.acquire() as connection:
        for _ in range(3):
            await add_submission(connection, job_id, ada, ANN)
    everything = await listed(writing_app, ADMIN, job_id)
    answer = await writing_app.ask(ADMIN, "GET", f"{submissions_to(job_id)}?skip=1&limit=1")
    assert [each["submission_id"] for each in answer.json()] == everything[1:2]
    assert answer.headers["X-Total-Count"] == "3"
    assert 'rel="next"' in answer.headers["Link"]
    assert 'rel="prev"' in answer.headers["Link"]


async def test_a_note_shows_nobody_the_contact_that_is_hidden_from_him(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    note = f"Write to {ADA.email}, or call 0044 (207) 946 0123."
    async with pool.acquire() as connection:
        await add_resume(connection, owner=ANN.user_id, candidate_id=ada)
        await add_submission(connection, job_id, ada, ANN, note=note)
        await share(connection, ada, CLEO.user_id, can_view_contact_info=False)
    (hidden,) = (await writing_app.ask(CLEO, "GET", submissions_to(job_id))).json()
    assert hidden["note"] == "Write to [hidden], or call [hidden]."
    (whole,) = (await writing_app.ask(ANN, "GET", submissions_to(job_id))).json()
    assert whole["note"] == note


@pytest.mark.parametrize("who", [BEN, CLEO, ADMIN], ids=["submitter", "job owner", "admin"])
async def test_a_submission_is_withdrawn_by_who_is_involved(
    writing_app: WritingApp, pool: Pool, ada: UUID, who: Principal
) -> None:
    closed = await add_job(pool, CLEO, status="closed")
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=ada)
        submission_id = await add_submission(connection, closed, merged_id, BEN)
        await share(connection, ada, CLEO.user_id)
    answer = await writing_app.ask(who, "DELETE", f"{submissions_to(closed)}/{submission_id}")
    assert (answer.status_code, answer.json()) == (200, {"message": "Submission withdrawn successfully"})
    assert writing_app.sent == WithdrawSubmissionV1(
        command_id=writing_app.sent.command_id,
        actor=who.actor,
        submission_id=submission_id,
        candidate_id=merged_id,
    )


async def test_for_others_there_is_nothing_to_withdraw(
    writing_app: WritingApp, pool: Pool, job_id: UUID, ada: UUID
) -> None:
    other_job = await add_job(pool, CLEO)
    async with pool.acquire() as connection:
        submission_id = await add_submission(connection, job_id, ada, BEN)
    for who, job in ((ANN, job_id), (CLEO, job_id), (STRANGER, job_id), (PERSON, job_id), (BEN, other_job)):
        answer = await writing_app.ask(who, "DELETE", f"{submissions_to(job)}/{submission_id}")
        assert answer.status_code == 404
    assert writing_app.ingest.commands == []
