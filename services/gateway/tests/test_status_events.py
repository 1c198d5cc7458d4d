"""A stream of events ends with the access of whoever reads it."""

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from shown_rows import add_candidate, share
from told import tell

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.gateway import store
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.accounts.tokens import InvalidToken, KeysUnavailable
from hotgigs.gateway.routes import resumes
from hotgigs.gateway.routes.resumes import _status_events
from hotgigs.gateway.wakeups import CHANNEL

OWNER = Principal(user_id=uuid4(), role="recruiter")


class Doorkeeper:
    """An authentication whose answers are given: principals to return, exceptions to raise."""

    def __init__(self, *answers: Principal | Exception) -> None:
        self._answers = iter(answers)

    async def principal_of(self, _token: str) -> Principal:
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def waking(self, _wakeup: object) -> nullcontext[None]:
        return nullcontext()


@pytest.fixture
async def resume_id(pool: Pool) -> UUID:
    """The owner's; nothing will happen to it."""
    resume = ResumeState(
        resume_id=uuid4(),
        version=1,
        attempt=1,
        owner_user_id=OWNER.user_id,
        database_id=OWNER.database_id,
        source="resume_import",
        filename="cv.pdf",
        status="uploaded",
        received_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    async with pool.acquire() as connection:
        await store.put_resumes(connection, [(resume, None)])
    return resume.resume_id


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(InvalidToken("expired"), id="the token is no longer good"),
        pytest.param(KeysUnavailable(), id="whether the token is good cannot be told"),
        pytest.param(Principal(user_id=uuid4(), role="recruiter"), id="the caller sees it no longer"),
    ],
)
async def test_a_stream_of_which_nothing_comes_ends_with_the_access_at_the_next_keep_alive(
    pool: Pool, resume_id: UUID, monkeypatch: pytest.MonkeyPatch, last: Principal | Exception
) -> None:
    monkeypatch.setattr(resumes, "KEEP_ALIVE_S", 0.05)
    resources = SimpleNamespace(
        pool=pool,
        notifications=Notifications("", schema="", channel=""),
        stopping=asyncio.Event(),
        authentication=Doorkeeper(OWNER, OWNER, last),
    )
    async with asyncio.timeout(10):
        events = [event async for event in _status_events(resume_id, "token", cast("Any", resources))]
    assert [event.event for event in events] == ["status", None, None]


async def test_a_stream_ends_soon_after_the_share_by_which_it_is_read_was_taken_back(
    pool: Pool, resume_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resumes, "SWEEP_S", 0.05)
    reader = Principal(user_id=uuid4(), role="recruiter")
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=OWNER.database_id)
        await share(connection, candidate_id, reader.user_id)
        await connection.execute("UPDATE resumes SET candidate_id = $1", candidate_id)
    resources = SimpleNamespace(
        pool=pool,
        notifications=Notifications("", schema="", channel=""),
        stopping=asyncio.Event(),
        authentication=Doorkeeper(*[reader] * 10_000),
    )
    async with asyncio.timeout(10):
        events = _status_events(resume_id, "token", cast("Any", resources))
        assert (await anext(events)).event == "status"
        assert (await anext(events)).comment == "still here"
        async with pool.acquire() as connection:
            await connection.execute("DELETE FROM entries WHERE database_id = $1", reader.user_id)
        assert all(event.event is None for event in [event async for event in events])


async def test_who_reads_a_stream_is_woken_when_a_share_of_the_candidate_is_taken_back(
    pool: Pool, resume_id: UUID
) -> None:
    woken = asyncio.Event()

    def hear(*notification: object) -> None:
        if notification[-1] == store.resume_key(resume_id):
            woken.set()

    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=OWNER.database_id)
        await connection.execute("UPDATE resumes SET candidate_id = $1", candidate_id)
        await connection.add_listener(CHANNEL, hear)
        revoked = AccessRevokedV1(
            candidate_id=candidate_id, database_id=OWNER.database_id, recruiter_id=uuid4(), version=2
        )
        await tell(connection, revoked)
        async with asyncio.timeout(10):
            await woken.wait()
        await connection.remove_listener(CHANNEL, hear)
