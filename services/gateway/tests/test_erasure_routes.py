"""Candidates are erased by whose they are, and there is a proof of it."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import NOW, add_candidate, insert, share
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")


def path_of(candidate_id: UUID) -> str:
    return f"/api/resumes/candidates/{candidate_id}"


@pytest.fixture
async def candidate_id(pool: Pool) -> UUID:
    """Of Ann's database, shared with Ben."""
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id)
        await share(connection, candidate_id, BEN.user_id)
    return candidate_id


@pytest.mark.parametrize("who", [ANN, ADMIN], ids=["owner", "admin"])
async def test_a_candidate_is_erased_by_its_owner_and_by_admins(
    writing_app: WritingApp, candidate_id: UUID, who: Principal
) -> None:
    answer = await writing_app.ask(who, "DELETE", path_of(candidate_id))
    command = writing_app.sent
    assert command == EraseCandidateV1(
        command_id=command.command_id, actor=who.actor, candidate_id=candidate_id
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "message": "Candidate erased successfully",
        "erasure_id": str(command.command_id),
    }


async def test_people_erase_themselves(writing_app: WritingApp, pool: Pool) -> None:
    async with pool.acquire() as connection:
        own = await add_candidate(connection, user_id=PERSON.user_id, source="candidate_upload")
    assert (await writing_app.ask(PERSON, "DELETE", path_of(own))).status_code == 200
    assert writing_app.sent.actor == PERSON.actor


async def test_nobody_else_erases_a_candidate(writing_app: WritingApp, candidate_id: UUID) -> None:
    stranger = Principal(user_id=uuid4(), role="recruiter")
    statuses = [
        (await writing_app.ask(who, "DELETE", path_of(candidate_id))).status_code
        for who in (BEN, stranger, PERSON)
    ]
    assert statuses == [403, 404, 404]
    assert writing_app.ingest.commands == []


async def test_an_erasure_is_safe_while_ingest_is_away(writing_app: WritingApp, candidate_id: UUID) -> None:
    writing_app.without_ingest()
    answer = await writing_app.ask(ANN, "DELETE", path_of(candidate_id))
    assert (answer.status_code, answer.json()["erasure_id"]) == (202, str(writing_app.sent.command_id))


@pytest.fixture
async def erasure(pool: Pool) -> dict[str, Any]:
    """Asked for by Ann."""
    erasure = {
        "erasure_id": uuid4(),
        "database_id": MASTER_DATABASE_ID,
        "candidate_ids": [uuid4()],
        "resume_ids": [uuid4(), uuid4()],
        "actor_user_id": ANN.user_id,
        "actor_role": "recruiter",
        "erased_at": NOW,
    }
    async with pool.acquire() as connection:
        await insert(connection, "erasures", erasure)
    return erasure


async def test_the_proof_says_what_was_erased_and_who_has_confirmed_it(
    writing_app: WritingApp, pool: Pool, erasure: dict[str, Any]
) -> None:
    path = f"/api/admin/erasures/{erasure['erasure_id']}"
    early = (await writing_app.ask(ADMIN, "GET", path)).json()
    assert early == {
        "erasure_id": str(erasure["erasure_id"]),
        "erased_at": "2026-03-01T12:00:00Z",
        "candidate_ids": [str(each) for each in erasure["candidate_ids"]],
        "resume_ids": [str(each) for each in erasure["resume_ids"]],
        "services": {
            "gateway": "2026-03-01T12:00:00Z",
            "ingest": None,
            "parser": None,
            "matcher": None,
            "drive_sync": None,
            "notifier": None,
        },
        "is_complete": False,
    }
    async with pool.acquire() as connection:
        for service in ("ingest", "parser", "matcher", "drive-sync", "notifier"):
            row = {"erasure_id": erasure["erasure_id"], "service": service, "at": NOW}
            await insert(connection, "erasure_confirmations", row)
            told = (await writing_app.ask(ANN, "GET", path)).json()
            assert told["services"][service.replace("-", "_")] == "2026-03-01T12:00:00Z"
            assert told["is_complete"] == (service == "notifier")


async def test_the_proof_is_for_admins_and_for_who_asked(
    writing_app: WritingApp, erasure: dict[str, Any]
) -> None:
    path = f"/api/admin/erasures/{erasure['erasure_id']}"
    assert (await writing_app.ask(ANN, "GET", path)).status_code == 200
    for who in (BEN, PERSON):
        assert (await writing_app.ask(who, "GET", path)).status_code == 404
    assert (await writing_app.ask(ADMIN, "GET", f"/api/admin/erasures/{uuid4()}")).status_code == 404
