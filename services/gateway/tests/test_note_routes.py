"""Notes are added and removed by who sees the candidate, as commands to ingest."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import NOW, add_candidate, insert, share
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
NOTE = {"title": "Interview", "content": "Knows SQL well."}


def notes_of(candidate_id: UUID) -> str:
    return f"/api/resumes/candidates/{candidate_id}/notes"


@pytest.fixture
async def candidate_id(pool: Pool) -> UUID:
    """Of Ann's database, shared with Ben."""
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, user_id=PERSON.user_id)
        await share(connection, candidate_id, BEN.user_id)
    return candidate_id


async def add_note(pool: Pool, candidate_id: UUID, author: Principal, *, is_private: bool = False) -> UUID:
    note_id = uuid4()
    async with pool.acquire() as connection:
        await put_note(connection, candidate_id, note_id, author.user_id, is_private=is_private)
    return note_id


async def put_note(
    connection: Connection, candidate_id: UUID, note_id: UUID, author_id: UUID, *, is_private: bool
) -> None:
    row = {
        "note_id": note_id,
        "candidate_id": candidate_id,
        "database_id": ANN.user_id,
        "author_user_id": author_id,
        "title": "",
        "content": "Hello",
        "is_private": is_private,
        "is_important": False,
        "created_at": NOW,
    }
    await insert(connection, "notes", row)


@pytest.mark.parametrize("who", [ANN, BEN, ADMIN], ids=["owner", "share recipient", "admin"])
async def test_who_sees_a_candidate_adds_a_note(
    writing_app: WritingApp, candidate_id: UUID, who: Principal
) -> None:
    answer = await writing_app.ask(
        who,
        "POST",
        notes_of(candidate_id),
        {"title": " Interview ", "content": "Good.\n", "is_private": True},
    )
    command = writing_app.sent
    assert command == AddNoteV1(
        command_id=command.command_id,
        actor=who.actor,
        candidate_id=candidate_id,
        title="Interview",
        content="Good.",
        is_private=True,
    )
    assert answer.status_code == 201
    assert answer.json() == {"message": "Note added successfully", "note_id": str(command.command_id)}


async def test_a_note_to_a_merged_candidate_is_a_note_to_the_one_that_stands(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID
) -> None:
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=candidate_id)
    await writing_app.ask(ANN, "POST", notes_of(merged_id), NOTE)
    assert writing_app.sent.candidate_id == candidate_id


async def test_to_strangers_there_is_no_candidate_and_to_candidates_no_notes(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    stranger = Principal(user_id=uuid4(), role="recruiter")
    refused = await writing_app.ask(stranger, "POST", notes_of(candidate_id), NOTE)
    unknown = await writing_app.ask(ANN, "POST", notes_of(uuid4()), NOTE)
    assert (refused.status_code, refused.json()) == (404, unknown.json())
    assert (await writing_app.ask(PERSON, "POST", notes_of(candidate_id), NOTE)).status_code == 403
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "  "},
        {"content": "a\0b"},
        {"content": "x" * 10_001},
        {"content": "x", "title": "x" * 201},
        {"content": "x", "title": "two\nlines"},
        {"content": "x", "is_private": "yes"},
        [],
    ],
)
async def test_a_note_that_cannot_be_kept_is_refused(
    writing_app: WritingApp, candidate_id: UUID, body: Any
) -> None:
    answer = await writing_app.ask(ANN, "POST", notes_of(candidate_id), body)
    assert answer.status_code == 400
    assert writing_app.ingest.commands == []


async def test_a_note_is_safe_while_ingest_is_away(writing_app: WritingApp, candidate_id: UUID) -> None:
    writing_app.without_ingest()
    answer = await writing_app.ask(ANN, "POST", notes_of(candidate_id), NOTE)
    assert answer.status_code == 202
    assert answer.json()["note_id"] == str(writing_app.sent.command_id)


async def test_without_the_bus_nothing_is_added(writing_app: WritingApp, candidate_id: UUID) -> None:
    writing_app.ingest.broker_is_away = True
    answer = await writing_app.ask(ANN, "POST", notes_of(candidate_id), NOTE)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


async def test_a_request_that_is_tried_again_with_its_key_adds_one_note(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    writing_app.ingest.broker_is_away = True
    assert (await writing_app.ask(ANN, "POST", notes_of(candidate_id), NOTE, key="k")).status_code == 503
    writing_app.ingest.broker_is_away = False
    answers = [await writing_app.ask(ANN, "POST", notes_of(candidate_id), NOTE, key="k") for _ in range(2)]
    assert answers[0].status_code == answers[1].status_code == 201
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["note_id"] == str(writing_app.sent.command_id)


@pytest.mark.parametrize("who", [ANN, BEN, ADMIN], ids=["owner", "author", "admin"])
async def test_a_note_is_removed_by_its_author_the_owner_and_admins(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID, who: Principal
) -> None:
    note_id = await add_note(pool, candidate_id, BEN)
    answer = await writing_app.ask(who, "DELETE", f"{notes_of(candidate_id)}/{note_id}")
    assert (answer.status_code, answer.json()) == (200, {"message": "Note removed successfully"})
    assert writing_app.sent == RemoveNoteV1(
        command_id=writing_app.sent.command_id, actor=who.actor, candidate_id=candidate_id, note_id=note_id
    )


async def test_whom_a_candidate_is_shared_with_does_not_remove_others_notes(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID
) -> None:
    note_id = await add_note(pool, candidate_id, ANN)
    refused = await writing_app.ask(BEN, "DELETE", f"{notes_of(candidate_id)}/{note_id}")
    assert refused.status_code == 403
    assert writing_app.ingest.commands == []


async def test_a_private_note_is_there_for_its_author_alone(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID
) -> None:
    note_id = await add_note(pool, candidate_id, BEN, is_private=True)
    for who in (ANN, ADMIN):
        refused = await writing_app.ask(who, "DELETE", f"{notes_of(candidate_id)}/{note_id}")
        assert refused.status_code == 404
    assert (await writing_app.ask(BEN, "DELETE", f"{notes_of(candidate_id)}/{note_id}")).status_code == 200


async def test_a_note_is_removed_from_its_own_candidate_only(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID
) -> None:
    async with pool.acquire() as connection:
        other_id = await add_candidate(connection, database_id=ANN.user_id)
    note_id = await add_note(pool, other_id, ANN)
    refused = await writing_app.ask(ANN, "DELETE", f"{notes_of(candidate_id)}/{note_id}")
    assert refused.status_code == 404


async def test_what_ingest_rejects_is_answered_in_its_words(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    writing_app.ingest.rejection = Rejection(code="conflict", detail="It was merged meanwhile.")
    answer = await writing_app.ask(ANN, "POST", notes_of(candidate_id), NOTE)
    assert (answer.status_code, answer.json()) == (409, {"detail": "It was merged meanwhile."})
