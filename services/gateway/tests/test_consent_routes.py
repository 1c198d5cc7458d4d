"""Persons let the owners of jobs find them, and nobody else does it for them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, insert
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.resume_state import MASTER_DATABASE_ID
from hotgigs.gateway.accounts.principal import Principal

ADMIN = Principal(user_id=uuid4(), role="admin")
RECRUITER = Principal(user_id=uuid4(), role="recruiter")
PERSON, OTHER_PERSON = (Principal(user_id=uuid4(), role="candidate") for _ in range(2))


def consent_of(candidate_id: UUID) -> str:
    return f"/api/resumes/candidates/{candidate_id}/consent"


@pytest.fixture
async def own(pool: Pool) -> UUID:
    async with pool.acquire() as connection:
        return await add_candidate(connection, user_id=PERSON.user_id, source="candidate_upload")


@pytest.mark.parametrize("can_be_found", [True, False])
async def test_a_person_says_whether_they_are_to_be_found(
    writing_app: WritingApp, own: UUID, can_be_found: bool
) -> None:
    answer = await writing_app.ask(PERSON, "PUT", consent_of(own), {"can_be_found": can_be_found})
    assert (answer.status_code, answer.json()) == (
        200,
        {"candidate_id": str(own), "can_be_found": can_be_found},
    )
    assert writing_app.sent == ChangeConsentV1(
        command_id=writing_app.sent.command_id,
        actor=PERSON.actor,
        candidate_id=own,
        can_be_found=can_be_found,
    )


async def test_it_is_safe_while_ingest_is_away(writing_app: WritingApp, own: UUID) -> None:
    writing_app.without_ingest()
    answer = await writing_app.ask(PERSON, "PUT", consent_of(own), {"can_be_found": True})
    assert (answer.status_code, writing_app.sent.can_be_found) == (202, True)


async def test_who_never_said_so_is_not_to_be_found(writing_app: WritingApp, pool: Pool, own: UUID) -> None:
    answer = await writing_app.ask(PERSON, "GET", consent_of(own))
    assert (answer.status_code, answer.json()["can_be_found"]) == (200, False)
    async with pool.acquire() as connection:
        row = {
            "candidate_id": own,
            "database_id": MASTER_DATABASE_ID,
            "version": 1,
            "can_be_found": True,
        }
        await insert(connection, "consents", row)
    assert (await writing_app.ask(PERSON, "GET", consent_of(own))).json()["can_be_found"] is True


@pytest.mark.parametrize(
    ("who", "status_code"),
    [(ADMIN, 403), (RECRUITER, 403), (OTHER_PERSON, 404)],
    ids=["admin", "recruiter", "another person"],
)
async def test_it_is_nobody_else_s_business(
    writing_app: WritingApp, own: UUID, who: Principal, status_code: int
) -> None:
    for method, body in (("GET", None), ("PUT", {"can_be_found": True})):
        answer = await writing_app.ask(who, method, consent_of(own), body)
        assert answer.status_code == status_code
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize("body", [{}, {"can_be_found": "yes"}, {"can_be_found": None}, []])
async def test_it_is_yes_or_no(writing_app: WritingApp, own: UUID, body: Any) -> None:
    assert (await writing_app.ask(PERSON, "PUT", consent_of(own), body)).status_code == 400
    assert writing_app.ingest.commands == []
