"""Candidates of one database are merged, and the merge is taken back."""

from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, share
from writing_app import WritingApp

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.rejection import Rejection
from hotgigs.gateway.accounts.principal import Principal

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
PERSON = Principal(user_id=uuid4(), role="candidate")


def merge_of(candidate_id: UUID) -> str:
    return f"/api/resumes/candidates/{candidate_id}/merge"


@pytest.fixture
async def ids(pool: Pool) -> tuple[UUID, UUID, UUID]:
    """Two candidates of Ann's that are shared with Ben, and a third that is merged into the first."""
    async with pool.acquire() as connection:
        first, second = [await add_candidate(connection, database_id=ANN.user_id) for _ in range(2)]
        for candidate_id in (first, second):
            await share(connection, candidate_id, BEN.user_id)
        merged = await add_candidate(connection, database_id=ANN.user_id, survivor_id=first)
    return first, second, merged


async def test_a_candidate_is_merged_into_the_one_of_the_address(
    writing_app: WritingApp, ids: tuple[UUID, UUID, UUID]
) -> None:
    first, second, merged = ids
    answer = await writing_app.ask(ANN, "POST", merge_of(merged), {"candidate_id": str(second)})
    assert answer.status_code == 200
    assert answer.json() == {
        "message": "Candidates merged successfully",
        "candidate_id": str(first),
        "merged_id": str(second),
        "undo": f"DELETE /api/resumes/candidates/{first}/merge/{second}",
    }
    command = writing_app.sent
    assert command == MergeCandidatesV1(
        command_id=command.command_id, actor=ANN.actor, candidate_id=first, merged_id=second
    )


async def test_a_merge_is_undone(writing_app: WritingApp, ids: tuple[UUID, UUID, UUID]) -> None:
    first, _, merged = ids
    answer = await writing_app.ask(ANN, "DELETE", f"{merge_of(first)}/{merged}")
    assert (answer.status_code, answer.json()["message"]) == (200, "Merge undone successfully")
    command = writing_app.sent
    assert command == UndoMergeV1(
        command_id=command.command_id, actor=ANN.actor, candidate_id=first, merged_id=merged
    )


async def test_a_merge_that_is_none_is_not_undone(
    writing_app: WritingApp, ids: tuple[UUID, UUID, UUID]
) -> None:
    first, second, merged = ids
    for candidate_id, merged_id in ((first, second), (second, merged), (first, first), (first, uuid4())):
        answer = await writing_app.ask(ANN, "DELETE", f"{merge_of(candidate_id)}/{merged_id}")
        assert answer.status_code == 404
    assert writing_app.ingest.commands == []


async def test_who_does_not_own_both_candidates_merges_nothing(
    writing_app: WritingApp, pool: Pool, ids: tuple[UUID, UUID, UUID]
) -> None:
    first, second, merged = ids
    async with pool.acquire() as connection:
        own = await add_candidate(connection, database_id=BEN.user_id)
        others = await add_candidate(connection)
    for into, other, status in ((first, second, 403), (own, second, 403), (own, others, 404)):
        refused = await writing_app.ask(BEN, "POST", merge_of(into), {"candidate_id": str(other)})
        assert refused.status_code == status
    assert (await writing_app.ask(BEN, "DELETE", f"{merge_of(first)}/{merged}")).status_code == 403
    body = {"candidate_id": str(second)}
    assert (await writing_app.ask(PERSON, "POST", merge_of(first), body)).status_code == 403
    assert writing_app.ingest.commands == []


async def test_a_merge_that_cannot_be_says_why(writing_app: WritingApp, ids: tuple[UUID, UUID, UUID]) -> None:
    writing_app.ingest.rejection = Rejection(code="conflict", detail="It is merged already.")
    answer = await writing_app.ask(ANN, "POST", merge_of(ids[0]), {"candidate_id": str(ids[2])})
    assert (answer.status_code, answer.json()["detail"]) == (409, "It is merged already.")
    assert (await writing_app.ask(ANN, "POST", merge_of(ids[0]), {})).status_code == 400
