"""Admins share candidates with recruiters, all or none, and take it back."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, insert, share
from writing_app import WritingApp, add_user

from hotgigs.chassis.database import Pool
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.gateway.accounts.principal import Principal

ADMIN = Principal(user_id=uuid4(), role="admin")
SHARE = "/api/resumes/admin/candidates/share"


async def add_candidates(pool: Pool, count: int) -> list[UUID]:
    async with pool.acquire() as connection:
        return [await add_candidate(connection) for _ in range(count)]


def body(candidate_ids: list[UUID], recruiter_ids: list[UUID], **others: Any) -> dict[str, Any]:
    return {
        "candidate_ids": [str(each) for each in candidate_ids],
        "recruiter_ids": [str(each) for each in recruiter_ids],
    } | others


async def test_each_candidate_is_shared_with_each_recruiter(writing_app: WritingApp, pool: Pool) -> None:
    candidate_ids = await add_candidates(pool, 2)
    recruiter_ids = [await add_user(pool), await add_user(pool, status="suspended")]
    writing_app.ingest.result = {"shares_created": 3}
    answer = await writing_app.ask(
        ADMIN,
        "POST",
        SHARE,
        body(
            candidate_ids,
            recruiter_ids,
            share_reason=" Good fit ",
            share_notes="Focus on\nSQL",
            can_view_contact_info=False,
            can_download_resume=False,
        ),
    )
    assert answer.status_code == 200
    assert answer.json() == {
        "message": "Candidates shared successfully",
        "shares_created": 3,
        "total_shares": 4,
    }
    command = writing_app.sent
    assert command == ShareCandidatesV1(
        command_id=command.command_id,
        actor=ADMIN.actor,
        candidate_ids=tuple(candidate_ids),
        recruiter_ids=tuple(recruiter_ids),
        can_view_contact_info=False,
        can_download_resume=False,
        can_submit_to_jobs=True,
        share_reason="Good fit",
        share_notes="Focus on\nSQL",
    )


async def test_everything_is_allowed_where_nothing_is_said(writing_app: WritingApp, pool: Pool) -> None:
    await writing_app.ask(ADMIN, "POST", SHARE, body(await add_candidates(pool, 1), [await add_user(pool)]))
    command = writing_app.sent
    assert (command.can_view_contact_info, command.can_download_resume, command.can_submit_to_jobs) == (
        True,
        True,
        True,
    )
    assert (command.share_reason, command.share_notes) == (None, None)


async def test_who_is_named_twice_or_was_merged_counts_once(writing_app: WritingApp, pool: Pool) -> None:
    (candidate_id,), recruiter_id = await add_candidates(pool, 1), await add_user(pool)
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, survivor_id=candidate_id)
    answer = await writing_app.ask(
        ADMIN, "POST", SHARE, body([merged_id, candidate_id, merged_id], [recruiter_id] * 2)
    )
    assert answer.json()["total_shares"] == 1
    assert writing_app.sent.candidate_ids == (candidate_id,)
    assert writing_app.sent.recruiter_ids == (recruiter_id,)


async def test_unknown_ids_are_counted_and_nothing_is_shared(writing_app: WritingApp, pool: Pool) -> None:
    candidate_ids = [*await add_candidates(pool, 1), uuid4(), uuid4()]
    strangers = [await add_user(pool, role="candidate"), await add_user(pool, status="pending")]
    recruiter_ids = [await add_user(pool), *strangers]
    answer = await writing_app.ask(ADMIN, "POST", SHARE, body(candidate_ids, recruiter_ids))
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Nothing was shared: 2 candidates and 2 recruiters cannot be found."
    answer = await writing_app.ask(ADMIN, "POST", SHARE, body(candidate_ids[:1], [uuid4()]))
    assert answer.json()["detail"] == "Nothing was shared: 1 recruiter cannot be found."
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize(
    "change",
    [
        {"candidate_ids": []},
        {"recruiter_ids": []},
        {"candidate_ids": [str(uuid4())] * 101},
        {"recruiter_ids": ["nobody"]},
        {"can_view_contact_info": "no"},
        {"share_reason": "x" * 501},
        {"share_notes": "a\0b"},
    ],
)
async def test_what_cannot_be_shared_like_this_is_refused(
    writing_app: WritingApp, pool: Pool, change: dict[str, Any]
) -> None:
    request = body(await add_candidates(pool, 1), [await add_user(pool)])
    answer = await writing_app.ask(ADMIN, "POST", SHARE, request | change)
    assert answer.status_code == 400
    assert writing_app.ingest.commands == []


async def test_more_than_a_thousand_pairs_are_too_many(writing_app: WritingApp, pool: Pool) -> None:
    candidate_ids = await add_candidates(pool, 26)
    recruiter_ids = [await add_user(pool) for _ in range(39)]
    answer = await writing_app.ask(ADMIN, "POST", SHARE, body(candidate_ids, recruiter_ids))
    assert answer.status_code == 400
    assert "1,014" in answer.json()["detail"]


async def test_while_ingest_is_away_the_answer_counts_what_is_not_shared_yet(
    writing_app: WritingApp, pool: Pool
) -> None:
    candidate_ids, recruiter_id = await add_candidates(pool, 2), await add_user(pool)
    async with pool.acquire() as connection:
        await share(connection, candidate_ids[0], recruiter_id)
    writing_app.without_ingest()
    answer = await writing_app.ask(ADMIN, "POST", SHARE, body(candidate_ids, [recruiter_id]))
    assert answer.status_code == 202
    assert (answer.json()["shares_created"], answer.json()["total_shares"]) == (1, 2)


async def test_a_share_is_taken_back(writing_app: WritingApp, pool: Pool) -> None:
    (candidate_id,), recruiter_id = await add_candidates(pool, 1), await add_user(pool)
    async with pool.acquire() as connection:
        merged_id = await add_candidate(connection, survivor_id=candidate_id)
        await insert(connection, "access", access(merged_id, recruiter_id))
    path = f"/api/resumes/admin/candidates/{candidate_id}/shares/{recruiter_id}"
    answer = await writing_app.ask(ADMIN, "DELETE", path)
    assert (answer.status_code, answer.json()) == (200, {"message": "Share taken back successfully"})
    command = writing_app.sent
    assert command == UnshareCandidateV1(
        command_id=command.command_id,
        actor=ADMIN.actor,
        candidate_id=candidate_id,
        recruiter_id=recruiter_id,
    )


async def test_a_share_that_is_none_is_not_taken_back(writing_app: WritingApp, pool: Pool) -> None:
    (candidate_id,), recruiter_id = await add_candidates(pool, 1), await add_user(pool)
    async with pool.acquire() as connection:
        await insert(connection, "access", access(candidate_id, recruiter_id, is_revoked=True))
    for path in (f"{candidate_id}/shares/{recruiter_id}", f"{uuid4()}/shares/{recruiter_id}"):
        answer = await writing_app.ask(ADMIN, "DELETE", f"/api/resumes/admin/candidates/{path}")
        assert answer.status_code == 404
    assert writing_app.ingest.commands == []


@pytest.mark.parametrize("role", ["recruiter", "candidate"])
async def test_only_admins_share(writing_app: WritingApp, pool: Pool, role: Any) -> None:
    who = Principal(user_id=uuid4(), role=role)
    (candidate_id,), recruiter_id = await add_candidates(pool, 1), await add_user(pool)
    shared = await writing_app.ask(who, "POST", SHARE, body([candidate_id], [recruiter_id]))
    path = f"/api/resumes/admin/candidates/{candidate_id}/shares/{recruiter_id}"
    assert (shared.status_code, (await writing_app.ask(who, "DELETE", path)).status_code) == (403, 403)


def access(candidate_id: UUID, recruiter_id: UUID, *, is_revoked: bool = False) -> dict[str, Any]:
    return {
        "candidate_id": candidate_id,
        "recruiter_id": recruiter_id,
        "database_id": uuid4(),
        "version": 1,
        "is_revoked": is_revoked,
        "can_view_contact_info": True,
        "can_download_resume": True,
        "can_submit_to_jobs": True,
    }
