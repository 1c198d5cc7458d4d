import asyncio

import pytest
from idempotent_app import (
    ADA,
    BOB,
    SECRET,
    App,
    Held,
    Made,
    creates,
    execute,
    fails,
    is_replayed,
    rows,
)

from hotgigs.chassis.database import Pool
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.forget_old_answers import forget_old_answers
from hotgigs.gateway.idempotency.keys import key_hash_of
from hotgigs.gateway.idempotency.store import Attempt

KEY_HASH, REQUEST_HASH = key_hash_of([b"a-key"]), b"\0" * 32


async def claim(app: App, request_hash: bytes = REQUEST_HASH) -> Attempt:
    attempt = await app.attempts.claim(ADA, KEY_HASH, request_hash)
    assert isinstance(attempt, Attempt)
    return attempt


async def refuses(_: Made) -> int:
    raise Problem(status_code=400, detail="This cannot be made.")


async def test_the_same_request_is_carried_out_once_and_gets_the_same_answer(app: App) -> None:
    first = await app.post()
    again = [await app.post(), await app.post()]

    assert first.status_code == 201
    assert not is_replayed(first)
    for answer in again:
        assert is_replayed(answer)
        assert (answer.status_code, answer.content) == (201, first.content)
        assert answer.headers["Content-Type"] == first.headers["Content-Type"]
    assert len(app.made) == 1


async def test_a_key_is_good_for_one_request(app: App) -> None:
    first = await app.post(content=b"{}")
    for other in (
        await app.post(content=b"{} "),
        await app.post(path="/others"),
        await app.post(path="/things?dry=1"),
    ):
        assert other.status_code == 422
        assert "another request" in other.json()["detail"]
        assert not is_replayed(other)
    assert len(app.made) == 1
    assert (await app.post()).content == first.content


async def test_a_form_that_is_sent_again_with_another_boundary_is_the_same_request(app: App) -> None:
    def form(boundary: str) -> bytes:
        head = 'Content-Disposition: form-data; name="file"; filename="cv.pdf"'
        return f"--{boundary}\r\n{head}\r\n\r\ncontent\r\n--{boundary}--\r\n".encode()

    for boundary in ("one", "two"):
        await app.post(content=form(boundary), content_type=f"multipart/form-data; boundary={boundary}")
    assert len(app.made) == 1


async def test_another_user_s_same_key_is_another_key(app: App) -> None:
    await app.post(user=ADA)
    other = await app.post(user=BOB, content=b"another body")
    assert (other.status_code, is_replayed(other), len(app.made)) == (201, False, 2)


async def test_without_a_key_or_a_user_every_request_is_carried_out(app: App, pool: Pool) -> None:
    for key, user in ((None, ADA), (None, ADA), ("a-key", None), ("a-key", None)):
        assert (await app.post(key, user=user)).status_code == 201
    assert len(app.made) == 4
    assert not await rows(pool)


async def test_a_request_that_is_in_flight_is_not_begun_again(app: App) -> None:
    held = app.effect = Held()
    first = asyncio.create_task(app.post())
    await held.begun.wait()

    meanwhile = await app.post()
    assert meanwhile.status_code == 409
    assert int(meanwhile.headers["Retry-After"]) > 0
    assert (await app.post(content=b"another body")).status_code == 422

    held.let_go.set()
    assert (await first).status_code == 201
    assert is_replayed(await app.post())
    assert len(app.made) == 1


async def test_of_many_at_once_one_is_carried_out(app: App) -> None:
    answers = await asyncio.gather(*(app.post() for _ in range(20)))
    assert len(app.made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1


async def test_a_refusal_frees_the_key(app: App, pool: Pool) -> None:
    app.effect = refuses
    assert (await app.post(content=b"bad")).status_code == 400
    assert not await rows(pool)

    app.effect = creates
    assert (await app.post(content=b"good")).status_code == 201


async def test_a_failure_is_continued_with_the_same_ids(app: App, pool: Pool) -> None:
    app.effect = fails
    assert (await app.post()).status_code == 503
    assert (await app.post(content=b"another body")).status_code == 422

    app.effect = creates
    answer = await app.post()
    assert (answer.status_code, is_replayed(answer)) == (201, False)
    first, second = app.made
    assert first.ids == second.ids
    assert first.ids[0] < first.ids[1]
    assert (first.is_continued, second.is_continued) == (False, True)


async def test_a_refusal_after_a_failure_does_not_free_the_key(app: App, pool: Pool) -> None:
    for effect, status in ((fails, 503), (refuses, 400), (creates, 201)):
        app.effect = effect
        assert (await app.post()).status_code == status
    assert len({made.ids for made in app.made}) == 1


async def test_requests_without_a_failure_before_them_get_fresh_ids(app: App) -> None:
    await app.post("one")
    await app.post("two")
    assert len({made.ids for made in app.made}) == 2


async def test_a_cancelled_request_can_be_continued_at_once(app: App, pool: Pool) -> None:
    held = app.effect = Held()
    running = asyncio.create_task(app.post())
    await held.begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    app.effect = creates
    assert (await app.post()).status_code == 201
    assert app.made[1].is_continued


async def test_an_effect_stands_though_its_answer_cannot_be_kept(app: App, pool: Pool) -> None:
    async def loses_the_table(_: Made) -> int:
        await execute(pool, "ALTER TABLE idempotency_keys RENAME TO away")
        return 201

    app.effect = loses_the_table
    assert (await app.post()).status_code == 201


async def test_answers_are_kept_for_a_day_and_then_forgotten(app: App, pool: Pool) -> None:
    await app.post("old")
    await execute(pool, "UPDATE idempotency_keys SET created_at = now() - interval '24 hours 1 second'")
    await app.post("young")
    await execute(
        pool,
        "UPDATE idempotency_keys SET created_at = now() - interval '23 hours 59 minutes'"
        " WHERE created_at > now() - interval '1 hour'",
    )

    await forget_old_answers(app.units_of_work, None)
    assert [row["key_hash"] for row in await rows(pool)] == [key_hash_of([b"young"])]


async def test_a_key_is_free_after_a_day_before_anything_swept(app: App, pool: Pool) -> None:
    await app.post(content=b"yesterday")
    await execute(pool, "UPDATE idempotency_keys SET created_at = now() - interval '24 hours 1 second'")
    answer = await app.post(content=b"today")
    assert (answer.status_code, is_replayed(answer), len(await rows(pool))) == (201, False, 1)
    assert is_replayed(await app.post(content=b"today"))


async def test_what_is_in_flight_is_not_forgotten(app: App, pool: Pool) -> None:
    await claim(app)
    await execute(pool, "UPDATE idempotency_keys SET created_at = now() - interval '2 days'")
    await forget_old_answers(app.units_of_work, None)
    assert len(await rows(pool)) == 1


async def test_nothing_of_a_request_can_be_read_in_its_record(app: App, pool: Pool) -> None:
    answer = await app.post("mail@example.com", b"resume of Ada Example")
    (row,) = await rows(pool)
    kept = b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
    assert row["status"] == 201
    for word in (answer.content, b"secret", b"thing", b"json", b"mail@example", b"Ada"):
        assert word not in kept


async def test_an_answer_that_cannot_be_opened_any_more_is_not_made_again(app: App, pool: Pool) -> None:
    await app.post()
    other = App(pool, secret=SECRET[::-1])
    answer = await other.post()
    assert answer.status_code == 409
    assert "can no longer be read" in answer.json()["detail"]
    assert not other.made
    assert is_replayed(await app.post())


async def test_an_answer_is_good_in_its_own_record_only(app: App, pool: Pool) -> None:
    await app.post(user=ADA)
    await execute(pool, "UPDATE idempotency_keys SET user_id = $1", BOB)
    assert (await app.post(user=BOB)).status_code == 409


async def test_reads_never_touch_the_table(app: App, pool: Pool) -> None:
    await execute(pool, "ALTER TABLE idempotency_keys RENAME TO away")
    assert (await app.post(method="GET")).text == "read"
    assert (await app.post(key=None)).status_code == 201
    assert (await app.post()).status_code == 500, "a POST with a key does"


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "a b"])
async def test_a_key_that_is_none_is_refused_before_anything_is_done(app: App, pool: Pool, key: str) -> None:
    answer = await app.post(key)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["detail"]
    assert not app.made
    assert not await rows(pool)
