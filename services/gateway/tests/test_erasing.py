"""What the gateway forgets of who is erased, and what it keeps."""

import asyncio
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from told import (
    ADMIN,
    FRIEND,
    HOME,
    NOW,
    OWNER,
    activity,
    an_id,
    candidate,
    entry,
    erasure,
    grant,
    note,
    resume,
    submitted,
    tell,
)

from hotgigs.chassis import outbox
from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.envelope import wrap
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway.wakeups import CHANNEL, resume_key

NOTE = note("ada").note_id
SUBMISSION = submitted("ada").submission_id
ERASED = CandidateErasedV1(erasure=erasure("ada", related=[NOTE, SUBMISSION]))


async def keep_answer(connection: Connection, first_id: UUID, about_id: UUID | None = None) -> None:
    await connection.execute(
        "INSERT INTO idempotency_keys"
        " (user_id, key_hash, request_hash, first_id, attempt_id, leased_until, status, answer, about_id)"
        " VALUES ($1, $2, '', $1, $1, now(), 201, 'sealed', $3)",
        first_id,
        first_id.bytes,
        about_id,
    )


@pytest.mark.parametrize(
    "first_id",
    [an_id("resume of ada"), NOTE, SUBMISSION],
    ids=["an upload", "a note", "a submission"],
)
async def test_answers_to_what_made_it_cannot_be_asked_for_again(pool: Pool, first_id: UUID) -> None:
    async with pool.acquire() as connection:
        await keep_answer(connection, first_id)
        await keep_answer(connection, an_id("somebody else's"))
        await tell(connection, ERASED)
        rows = await connection.fetch("SELECT first_id FROM idempotency_keys")
    assert [row["first_id"] for row in rows] == [an_id("somebody else's")]


async def test_answers_to_requests_about_it_cannot_be_asked_for_again(pool: Pool) -> None:
    async with pool.acquire() as connection:
        for name in ("ada", "bo"):
            await keep_answer(connection, an_id(f"tags of {name}"), an_id(name))
        await tell(connection, ERASED)
        rows = await connection.fetch("SELECT about_id FROM idempotency_keys")
    assert [row["about_id"] for row in rows] == [an_id("bo")]


async def test_messages_about_it_are_not_sent_any_more(pool: Pool) -> None:
    async with pool.acquire() as connection:
        for name in ("ada", "bo"):
            event = CandidateAddedV1(candidate=candidate(name))
            await outbox.append(connection, [wrap(event, source="gateway", correlation_id=an_id("any"))])
        await tell(connection, ERASED)
        rows = await connection.fetch("SELECT subject FROM outbox")
    assert [row["subject"] for row in rows] == [str(an_id("bo"))]


async def test_those_who_watch_the_resume_are_woken(pool: Pool) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()
    async with pool.acquire() as listening, pool.acquire() as connection:
        await listening.add_listener(CHANNEL, lambda *notification: heard.put_nowait(notification[-1]))
        await tell(connection, ERASED)
        while await heard.get() != resume_key(an_id("resume of ada")):
            pass
        await listening.reset()


async def test_the_record_says_who_asked_and_who_has_confirmed_first_when(pool: Pool) -> None:
    erasure_id, later = ERASED.erasure.erasure_id, NOW + timedelta(days=1)
    async with pool.acquire() as connection:
        await tell(
            connection,
            ParsesForgottenV1(erasure_id=erasure_id, at=NOW),
            ERASED,
            FilesErasedV1(erasure_id=erasure_id, at=NOW),
            FilesErasedV1(erasure_id=erasure_id, at=later),
        )
        record = await connection.fetchrow("SELECT * FROM erasures")
        confirmations = await connection.fetch(
            "SELECT service, at FROM erasure_confirmations WHERE erasure_id = $1 ORDER BY service", erasure_id
        )
    assert record is not None
    assert (record["actor_user_id"], record["actor_role"], record["erased_at"]) == (
        OWNER.user_id,
        "recruiter",
        NOW,
    )
    assert (record["candidate_ids"], record["resume_ids"]) == ([an_id("ada")], [an_id("resume of ada")])
    assert [tuple(row) for row in confirmations] == [("ingest", NOW), ("parser", NOW)]


async def test_erasing_a_resume_leaves_the_candidate_and_what_is_theirs(pool: Pool) -> None:
    data = ResumeData(email="nightowl@post.example")
    only_the_resume = ResumeErasedV1(erasure=msgspec.structs.replace(erasure("ada"), candidate_ids=()))
    async with pool.acquire() as connection:
        await tell(
            connection,
            ResumeCompletedV2(resume=resume("ada", version=2), data=data),
            CandidateAddedV1(candidate=candidate("ada", summary="nightowl")),
            AccessGrantedV1(grants=(grant("ada", contact=False),)),
            ActivitiesRecordedV2(activities=(activity("ada", "viewed"),)),
            only_the_resume,
        )
        shared = await entry(connection, FRIEND.database_id, an_id("ada"))
        assert await connection.fetchval("SELECT count(*) FROM resumes") == 0
        assert await connection.fetchval("SELECT count(*) FROM activities") == 1
    assert shared is not None
    assert shared["profile"]["summary"] == "nightowl", "what nobody knows any more cannot be told from words"


async def test_who_was_merged_with_it_and_has_parted_is_shown_without_it(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(
            connection,
            CandidateAddedV1(candidate=candidate("bo")),
            CandidateAddedV1(candidate=candidate("ada", survivor="bo")),
            AccessGrantedV1(grants=(grant("ada"),)),
        )
        assert await entry(connection, FRIEND.database_id, an_id("bo")) is not None
        await tell(connection, ERASED)
        assert await entry(connection, FRIEND.database_id, an_id("bo")) is None
        assert await entry(connection, HOME, an_id("bo")) is not None
        await tell(connection, CandidateUpdatedV1(candidate=candidate("ada", version=9)))
        assert await entry(connection, HOME, an_id("ada")) is None


async def test_what_was_done_is_forgotten_but_for_the_erasure_itself(pool: Pool) -> None:
    activities = (activity("ada", "viewed"), activity("ada", "erased"), activity("bo", "viewed"))
    async with pool.acquire() as connection:
        await tell(connection, ActivitiesRecordedV2(activities=activities), ERASED)
        kinds = await connection.fetch("SELECT candidate_id, kind FROM activities ORDER BY kind")
        views = await connection.fetch("SELECT candidate_id FROM views")
    assert [tuple(row) for row in kinds] == [(an_id("ada"), "erased"), (an_id("bo"), "viewed")]
    assert [row["candidate_id"] for row in views] == [an_id("bo")]


async def test_a_database_has_viewed_it_last_when_any_of_its_users_has(pool: Pool) -> None:
    person = Actor(user_id=an_id("ada's account"), role="candidate")
    seen = (
        activity("ada", "viewed", minute=5),
        activity("ada", "viewed", minute=1),
        activity("ada", "viewed", actor=ADMIN, minute=2),
        activity("ada", "viewed", actor=person, minute=9),
        activity("ada", "downloaded", minute=8),
    )
    async with pool.acquire() as connection:
        await tell(connection, *(ActivitiesRecordedV2(activities=(each,)) for each in seen))
        rows = await connection.fetch("SELECT database_id, last_viewed_at FROM views")
    assert {row["database_id"]: row["last_viewed_at"] for row in rows} == {
        HOME: NOW + timedelta(minutes=5),
        ADMIN.database_id: NOW + timedelta(minutes=2),
    }
