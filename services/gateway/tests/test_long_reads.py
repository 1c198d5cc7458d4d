"""Reads that take long: what they hold meanwhile, and what becomes of them when access ends."""

import asyncio
from collections.abc import Callable
from uuid import UUID, uuid4

import msgspec
import pytest
from reading_app import ReadingApp
from shown_rows import add_candidate, add_note, add_resume, share

from hotgigs.chassis.database import Connection, Pool
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.detail import store

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
DATA = msgspec.to_builtins(ResumeData(full_name="Ada Example", summary="Builds engines."))
HIDDEN = {"can_view_contact_info": False, "can_download_resume": False}


@pytest.fixture
async def resume_ids(pool: Pool) -> list[UUID]:
    """Of a candidate of Ann's, shared with Ben."""
    resume_ids = [uuid4(), uuid4()]
    async with pool.acquire() as connection:
        candidate_id = await add_candidate(connection, database_id=ANN.user_id, resume_ids=resume_ids)
        for resume_id in resume_ids:
            await add_resume(
                connection, owner=ANN.user_id, resume_id=resume_id, candidate_id=candidate_id, data=DATA
            )
        await add_note(connection, candidate_id, author=ANN.user_id)
        await share(connection, candidate_id, BEN.user_id, **HIDDEN)
    return resume_ids


@pytest.mark.parametrize("path", ["/candidates/{candidate_id}", "/{resume_id}/data"])
async def test_no_connection_is_held_while_a_contact_is_being_hidden(
    reading: ReadingApp, pool: Pool, resume_ids: list[UUID], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use: list[int] = []
    in_thread = asyncio.to_thread

    async def looked_at(work: Callable[..., object], *args: object, **named: object) -> object:
        in_use.append(pool.get_size() - pool.get_idle_size())
        return await in_thread(work, *args, **named)

    async with pool.acquire() as connection:
        candidate_id = await connection.fetchval("SELECT candidate_id FROM candidates")
    monkeypatch.setattr(asyncio, "to_thread", looked_at)
    await reading.read(BEN, path.format(candidate_id=candidate_id, resume_id=resume_ids[0]))
    assert in_use == [0]


@pytest.mark.parametrize("change", ["DELETE FROM entries", "UPDATE entries SET can_view_contact_info = true"])
async def test_an_export_breaks_off_where_the_share_is_taken_back_or_changed(
    reading: ReadingApp, pool: Pool, resume_ids: list[UUID], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = store.parsed_data

    async def changed_meanwhile(connection: Connection, resume_id: UUID) -> ResumeData | None:
        await connection.execute(f"{change} WHERE database_id = $1", BEN.user_id)
        return await read(connection, resume_id)

    monkeypatch.setattr(store, "parsed_data", changed_meanwhile)
    async with pool.acquire() as connection:
        candidate_id = await connection.fetchval("SELECT candidate_id FROM candidates")
    with pytest.raises(Exception, match="after response started"):
        await reading.get(BEN, f"/candidates/{candidate_id}/export")


async def test_an_export_breaks_off_where_the_session_ends(
    reading: ReadingApp, pool: Pool, resume_ids: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = store.parsed_data

    async def ended_meanwhile(connection: Connection, resume_id: UUID) -> ResumeData | None:
        reading.doorkeeper.gone.add(ANN.user_id)
        return await read(connection, resume_id)

    monkeypatch.setattr(store, "parsed_data", ended_meanwhile)
    async with pool.acquire() as connection:
        candidate_id = await connection.fetchval("SELECT candidate_id FROM candidates")
    with pytest.raises(Exception, match="after response started"):
        await reading.get(ANN, f"/candidates/{candidate_id}/export")
