import asyncio
import hashlib
from collections.abc import Awaitable
from uuid import UUID

import httpx
import pytest
import structlog
from asyncpg import Record
from idempotent_app import ADA, App, Held, Made, creates, execute, fails, rows
from support.eventually import eventually

from hotgigs.chassis.database import Connection, Pool
from hotgigs.gateway.accounts import store as accounts


async def test_a_request_whose_gateway_was_killed_is_continued_when_its_lease_is_over(
    app: App, pool: Pool
) -> None:
    held = app.effect = Held()
    killed = asyncio.create_task(app.post())
    await held.begun.wait()
    assert (await app.post()).status_code == 409
    await execute(pool, "UPDATE idempotency_keys SET leased_until = now()")

    app.effect = creates
    assert (await app.post()).status_code == 201
    assert app.made[0].ids == app.made[1].ids
    killed.cancel()


async def test_what_a_try_says_that_lost_its_lease_no_longer_counts(app: App, pool: Pool) -> None:
    held = app.effect = Held()
    late = asyncio.create_task(app.post())
    await held.begun.wait()
    await execute(pool, "UPDATE idempotency_keys SET leased_until = now()")
    app.effect = fails
    assert (await app.post()).status_code == 503

    held.let_go.set()
    await late
    assert [row["status"] for row in await rows(pool)] == [None]


async def test_a_try_that_lost_its_lease_does_not_replace_the_api_key_that_was_told(
    app: App, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = asyncio.Event(), asyncio.Event()
    user_by_id = accounts.user_by_id

    async def hangs_once(connection: Connection, user_id: UUID) -> Record | None:
        monkeypatch.setattr(accounts, "user_by_id", user_by_id)
        begun.set()
        await let_go.wait()
        return await user_by_id(connection, user_id)

    def add_api_key() -> Awaitable[httpx.Response]:
        return app.post(content=b'{"name": "ci"}', path="/api/auth/api-keys")

    await execute(
        pool,
        "INSERT INTO users (user_id, email, password_hash, role, status)"
        " VALUES ($1, 'ada@example.com', '', 'recruiter', 'active')",
        ADA,
    )
    monkeypatch.setattr(accounts, "user_by_id", hangs_once)
    late = asyncio.ensure_future(add_api_key())
    await begun.wait()
    await execute(pool, "UPDATE idempotency_keys SET leased_until = now()")
    told = await add_api_key()
    assert told.status_code == 201

    let_go.set()
    refusal = await late
    assert refusal.status_code == 409
    assert int(refusal.headers["Retry-After"]) > 0
    async with pool.acquire() as connection:
        (key_hash,) = await connection.fetchrow("SELECT key_hash FROM api_keys")
    assert key_hash == hashlib.sha256(told.json()["key"].encode()).digest()
    assert (await add_api_key()).json() == told.json()


async def test_a_lease_is_renewed_while_the_request_is_carried_out(pool: Pool) -> None:
    app = App(pool, lease_s=0.5)
    held = app.effect = Held()
    running = asyncio.create_task(app.post())
    await held.begun.wait()
    (before,) = await rows(pool)

    async def is_renewed() -> bool:
        (now,) = await rows(pool)
        return bool(now["leased_until"] > before["leased_until"])

    await eventually(is_renewed)
    held.let_go.set()
    await running


async def test_a_lease_is_renewed_again_after_the_database_refused_to(pool: Pool) -> None:
    app = App(pool, lease_s=0.3)
    held = app.effect = Held()
    running = asyncio.create_task(app.post())
    await held.begun.wait()
    with structlog.testing.capture_logs() as events:

        async def is_refused() -> bool:
            return "lease_not_renewed" in {event["event"] for event in events}

        await execute(pool, "ALTER TABLE idempotency_keys RENAME TO away")
        await eventually(is_refused)
    await execute(pool, "ALTER TABLE away RENAME TO idempotency_keys")
    (before,) = await rows(pool)

    async def is_renewed() -> bool:
        (now,) = await rows(pool)
        return bool(now["leased_until"] > before["leased_until"])

    await eventually(is_renewed)
    held.let_go.set()
    await running


async def test_what_ends_the_renewal_of_a_lease_is_logged(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(pool, lease_s=0.3)
    called = asyncio.Event()

    def broken() -> None:
        called.set()
        raise LookupError

    async def breaks_renewal(_: Made) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(app.units_of_work, "begin", broken)
            await called.wait()
        return 201

    app.effect = breaks_renewal
    with structlog.testing.capture_logs() as events:
        assert (await app.post()).status_code == 201
    assert "renewing_failed" in {event["event"] for event in events}
