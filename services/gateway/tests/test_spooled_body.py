import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from idempotent_app import (
    ADA,
    BOB,
    MAX_BODY_BYTES,
    SETTINGS,
    SPOOL_BYTES,
    USER_SPOOL_BYTES,
    App,
    Held,
    creates,
    is_replayed,
    rows,
)

from hotgigs.chassis.database import Pool
from hotgigs.gateway.idempotency import spooled_body
from hotgigs.gateway.uploads.form import OVERHEAD_BYTES


@pytest.mark.parametrize("size", [0, 1, 2**20, 2**20 + 1, MAX_BODY_BYTES])
async def test_a_body_of_any_size_comes_to_the_route_as_it_was_sent(app: App, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    assert (await app.post(content=content[:size])).status_code == 201
    assert app.made[0].body == content[:size]


async def test_a_body_beyond_a_route_s_limit_is_refused_before_anything_is_done(app: App, pool: Pool) -> None:
    limits = {
        "/small": 10,
        "/form": SETTINGS.upload_max_bytes + OVERHEAD_BYTES,
        "/things": SETTINGS.batch_max_bytes + OVERHEAD_BYTES,
    }
    for path, limit in limits.items():
        answer = await app.post(path, b"x" * (limit + 1), path=path)
        assert (answer.status_code, answer.json()["detail"]) == (413, "The request is too large.")
    assert not app.made
    assert not await rows(pool)
    for path, limit in limits.items():
        assert (await app.post(path, b"x" * limit, path=path)).status_code == 201


async def raw_post(app: App, messages: list[dict[str, Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """A client that is gone when its messages are."""

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    await raw_post_of(app, "/things", receive, send)


async def raw_post_of(
    app: App, path: str, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    headers = [(b"idempotency-key", b"a-key"), (b"x-user", str(ADA).encode())]
    headers += [(b"content-type", b"application/json")]
    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    await app.litestar(scope, receive, send)


async def test_nothing_is_read_of_who_may_not_use_the_route(app: App, pool: Pool) -> None:
    async def receive() -> Any:
        raise AssertionError("the body is read")

    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    await raw_post_of(app, "/guarded", receive, send)
    assert answers[0]["status"] == 403
    assert not await rows(pool)


async def test_a_client_that_stops_sending_is_not_waited_for(
    app: App, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooled_body, "IDLE_TIMEOUT_S", 0.1)
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}]
    answers: list[Any] = []

    async def receive() -> Any:
        return pieces.pop() if pieces else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        answers.append(message)

    await asyncio.wait_for(raw_post_of(app, "/things", receive, send), 20)
    assert answers[0]["status"] == 408
    assert not app.made
    assert not await rows(pool)


async def test_what_is_on_the_disk_at_once_is_bounded_for_a_user_and_for_all(app: App) -> None:
    large = b"x" * MAX_BODY_BYTES
    held = [Held(), Held()]
    underway = []
    for key, effect in zip(("one", "two"), held, strict=True):
        app.effect = effect
        underway.append(asyncio.create_task(app.post(key, large)))
        await effect.begun.wait()
    app.effect = creates

    too_much, full = await app.post("three", large), await app.post("three", large, user=BOB)
    assert (too_much.status_code, full.status_code) == (429, 503)
    for refusal in (too_much, full):
        assert int(refusal.headers["Retry-After"]) > 0
        assert "try again" in refusal.json()["detail"]
    by_a_byte = await app.post("three", b"x" * (SPOOL_BYTES - USER_SPOOL_BYTES + 1), user=BOB)
    assert by_a_byte.status_code == 503
    for user in (ADA, BOB):
        assert (await app.post("small", user=user)).status_code == 201

    held[0].let_go.set()
    assert (await underway[0]).status_code == 201
    for user in (ADA, BOB):
        assert (await app.post("three", large, user=user)).status_code == 201
    held[1].let_go.set()
    assert (await underway[1]).status_code == 201


async def test_a_client_that_goes_while_it_sends_has_asked_for_nothing(app: App, pool: Pool) -> None:
    async def send(message: Any) -> None:
        raise AssertionError(f"nobody is there to be sent {message}")

    await raw_post(app, [{"type": "http.request", "body": b"{", "more_body": True}], send)
    assert not app.made
    assert not await rows(pool)


async def test_the_answer_of_a_client_that_went_away_is_kept_for_its_next_try(app: App) -> None:
    async def send(_: Any) -> None:
        """It goes nowhere."""

    await raw_post(app, [{"type": "http.request", "body": b"{}", "more_body": False}], send)
    again = await app.post()
    assert is_replayed(again)
    assert UUID(again.json()["secret"].removeprefix("thing ")) == app.made[0].ids[0]
    assert len(app.made) == 1


async def test_who_sees_the_answer_and_asks_at_once_gets_it_again(app: App) -> None:
    asked_at_once: list[httpx.Response] = []

    async def send(_: Any) -> None:
        asked_at_once.append(await app.post())

    await raw_post(app, [{"type": "http.request", "body": b"{}", "more_body": False}], send)
    assert [is_replayed(answer) for answer in asked_at_once] == [True, True]
