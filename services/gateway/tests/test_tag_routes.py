"""Tags are added and removed in the caller's own database."""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, share
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")


def tags_of(candidate_id: UUID, tag: str | None = None) -> str:
    path = f"/api/resumes/candidates/{candidate_id}/tags"
    return path if tag is None else f"{path}/{quote(tag, safe='')}"


async def put_tag(
    connection: Connection,
    candidate_id: UUID,
    tagging_database_id: UUID,
    tag: str,
    *,
    is_removed: bool = False,
) -> None:
    await connection.execute(
        "INSERT INTO tags (candidate_id, tagging_database_id, tag, database_id, version, is_removed)"
        " VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (candidate_id, tagging_database_id, tag)"
        " DO UPDATE SET is_removed = $5",
        candidate_id,
        tagging_database_id,
        tag,
        ANN.user_id,
        is_removed,
    )


async def changes_tags(connection: Connection, command: Any) -> None:
    """As ingest and the projection do it, in the database of a recruiter who asks."""
    database_id = ANN.user_id if command.actor.role == "admin" else command.actor.user_id
    for tag in command.add:
        await put_tag(connection, command.candidate_id, database_id, tag)
    for tag in command.remove:
        await put_tag(connection, command.candidate_id, database_id, tag, is_removed=True)


@pytest.fixture
async def candidate_id(pool: Pool) -> UUID:
    """Of Ann's database, shared with Ben, with a tag in either."""
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, user_id=PERSON.user_id)
        await share(connection, candidate_id, BEN.user_id)
        await put_tag(connection, candidate_id, ANN.user_id, "python")
        await put_tag(connection, candidate_id, ANN.user_id, "gone", is_removed=True)
        await put_tag(connection, candidate_id, BEN.user_id, "ben's")
    return candidate_id


async def test_tags_are_added_in_lower_case_and_all_of_the_database_s_are_answered(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    writing_app.ingest.effect = changes_tags
    answer = await writing_app.ask(
        ANN, "POST", tags_of(candidate_id), {"tags": ["Senior", " front  end", "SENIOR"]}
    )
    command = writing_app.sent
    assert command == ChangeTagsV1(
        command_id=command.command_id,
        actor=ANN.actor,
        candidate_id=candidate_id,
        add=("senior", "front end"),
    )
    assert answer.status_code == 200
    assert answer.json() == {"message": "Tags added successfully", "tags": ["front end", "python", "senior"]}


async def test_others_tags_stay_theirs_and_an_admin_s_are_the_candidate_s_own_database_s(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    writing_app.ingest.effect = changes_tags
    shared = await writing_app.ask(BEN, "POST", tags_of(candidate_id), {"tags": ["go"]})
    admins = await writing_app.ask(ADMIN, "POST", tags_of(candidate_id), {"tags": ["best"]})
    assert shared.json()["tags"] == ["ben's", "go"]
    assert admins.json()["tags"] == ["best", "python"]


async def test_tags_of_merged_candidates_are_told_with_those_of_the_one_that_stands(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID
) -> None:
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, database_id=ANN.user_id, survivor_id=candidate_id)
        await put_tag(connection, merged_id, ANN.user_id, "python")
        await put_tag(connection, merged_id, ANN.user_id, "sql")
    answer = await writing_app.ask(ANN, "POST", tags_of(merged_id), {"tags": ["sql"]})
    assert answer.json()["tags"] == ["python", "sql"]
    assert writing_app.sent.candidate_id == candidate_id


@pytest.mark.parametrize("tag", ["python", "c/c++", "a?b#c", ".net", "100%", "两年"])
async def test_a_tag_is_removed_whatever_is_in_it(
    writing_app: WritingApp, pool: Pool, candidate_id: UUID, tag: str
) -> None:
    writing_app.ingest.effect = changes_tags
    async with pool.acquire() as connection:
        await put_tag(connection, candidate_id, ANN.user_id, tag)
    answer = await writing_app.ask(ANN, "DELETE", tags_of(candidate_id, tag.upper()))
    assert answer.status_code == 200
    assert tag not in answer.json()["tags"]
    assert writing_app.sent.remove == (tag,)


@pytest.mark.parametrize("tag", ["gone", "ben's", "never there", ",", "\x00"])
async def test_a_tag_that_is_not_there_is_not_removed(
    writing_app: WritingApp, candidate_id: UUID, tag: str
) -> None:
    answer = await writing_app.ask(ANN, "DELETE", tags_of(candidate_id, tag))
    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such tag."})
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize(
    "body", [{}, {"tags": []}, {"tags": ["a"] * 51}, {"tags": ["x" * 51]}, {"tags": ["a,b"]}, {"tags": "a"}]
)
async def test_tags_that_cannot_be_kept_are_refused(
    writing_app: WritingApp, candidate_id: UUID, body: Any
) -> None:
    answer = await writing_app.ask(ANN, "POST", tags_of(candidate_id), body)
    assert answer.status_code == 400
    assert writing_app.ingest.commands == []


async def test_to_strangers_there_is_no_candidate_and_to_candidates_no_tags(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    stranger = Principal(user_id=uuid4(), role="recruiter")
    for method, path in (("POST", tags_of(candidate_id)), ("DELETE", tags_of(candidate_id, "python"))):
        body = {"tags": ["a"]} if method == "POST" else None
        assert (await writing_app.ask(stranger, method, path, body)).status_code == 404
        assert (await writing_app.ask(PERSON, method, path, body)).status_code == 403
    assert writing_app.ingest.commands == []


async def test_while_ingest_is_away_the_answer_says_what_will_be_there(
    writing_app: WritingApp, candidate_id: UUID
) -> None:
    writing_app.without_ingest()
    added = await writing_app.ask(ANN, "POST", tags_of(candidate_id), {"tags": ["go"]})
    assert (added.status_code, added.json()["tags"]) == (202, ["go", "python"])
    removed = await writing_app.ask(ANN, "DELETE", tags_of(candidate_id, "python"))
    assert (removed.status_code, removed.json()["tags"]) == (202, [])
