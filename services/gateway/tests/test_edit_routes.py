"""Profiles are edited by whose they are, and answered as they are then."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from shown_rows import ADA, add_candidate, share
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.profile_edits import ProfileEdits
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
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, user_id=PERSON.user_id)
        await share(connection, candidate_id, BEN.user_id)
    return candidate_id


async def edited(connection: Connection, command: EditCandidateV1) -> None:
    """As ingest and the projection do it."""
    profile = msgspec.to_builtins(ADA) | msgspec.to_builtins(command.edits)
    await connection.execute(
        "UPDATE candidates SET profile = $2, edited = $3 WHERE candidate_id = $1",
        command.candidate_id,
        profile,
        list(msgspec.to_builtins(command.edits)),
    )


@pytest.mark.parametrize("who", [ANN, ADMIN, PERSON], ids=["owner", "admin", "the person"])
async def test_an_edit_is_answered_with_the_candidate_as_it_is_then(
    writing_app: WritingApp, candidate_id: UUID, who: Principal
) -> None:
    writing_app.ingest.effect = edited
    change = {"full_name": "Ada B. Example", "phone": None, "reset": ["title"]}
    answer = await writing_app.ask(who, "PATCH", path_of(candidate_id), change)
    command = writing_app.sent
    assert command == EditCandidateV1(
        command_id=command.command_id,
        actor=who.actor,
        candidate_id=candidate_id,
        edits=ProfileEdits(full_name="Ada B. Example", phone=None),
        reset=("title",),
    )
    assert answer.status_code == 200
    told = answer.json()
    assert (told["candidate_id"], told["full_name"]) == (str(candidate_id), "Ada B. Example")
    assert (told["phone"], told["title"], told["edited"]) == (None, "Engineer", ["full_name", "phone"])
    assert answer.headers["Cache-Control"] == "private, no-cache"


async def test_nobody_else_edits_a_candidate(writing_app: WritingApp, candidate_id: UUID) -> None:
    strangers = [Principal(user_id=uuid4(), role="recruiter"), Principal(user_id=uuid4(), role="candidate")]
    statuses = [
        (await writing_app.ask(who, "PATCH", path_of(candidate_id), {"title": "CEO"})).status_code
        for who in (BEN, *strangers)
    ]
    assert statuses == [403, 404, 404]
    assert writing_app.ingest.commands == []


async def test_an_edit_is_safe_while_ingest_is_away(writing_app: WritingApp, candidate_id: UUID) -> None:
    writing_app.without_ingest()
    answer = await writing_app.ask(ANN, "PATCH", path_of(candidate_id), {"title": "CEO"})
    assert (answer.status_code, answer.json()["title"]) == (202, "Engineer")
    assert writing_app.sent.edits == ProfileEdits(title="CEO")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reset": ["email"], "email": "ada@mail.example"}, "either edit a field or reset it"),
        ({"skills": [{"name": "a\0b"}]}, "skills"),
        ({"start": 1}, "start"),
        ([], ""),
    ],
)
async def test_an_edit_that_cannot_be_is_refused(
    writing_app: WritingApp, candidate_id: UUID, change: Any, words: str
) -> None:
    answer = await writing_app.ask(ANN, "PATCH", path_of(candidate_id), change)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert writing_app.ingest.commands == []
