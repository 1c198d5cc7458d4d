"""What a request with an Idempotency-Key draws at random is drawn once, by the try that holds its lease."""

from typing import cast
from uuid import uuid4

import pytest
from litestar import Request
from litestar.datastructures import State
from litestar.types import Scope

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.sealing import Sealing
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.errors import Problem
from hotgigs.gateway.idempotency.attempts import Answer, Attempts
from hotgigs.gateway.idempotency.fencing import carries_out, chosen
from hotgigs.gateway.idempotency.store import Attempt

ADA = uuid4()


@pytest.fixture
def attempts(pool: Pool) -> Attempts:
    units_of_work = UnitsOfWork(pool, cast("Relay", None), source="tests")
    return Attempts(units_of_work, Sealing(["a-key-for-these-tests-" * 2], label="test"), lease_s=30)


async def claim(attempts: Attempts) -> Attempt:
    attempt = await attempts.claim(ADA, b"key", b"request")
    assert isinstance(attempt, Attempt)
    return attempt


async def choose(pool: Pool, attempt: Attempt | None, offered: bytes) -> bytes:
    scope = cast("Scope", {"type": "http", "state": {}})
    if attempt is not None:
        carries_out(scope, attempt)
    request: Request[None, None, State] = Request(scope)
    async with pool.acquire() as connection:
        return await chosen(request, connection, offered)


async def test_a_later_try_chooses_what_the_first_has_chosen(pool: Pool, attempts: Attempts) -> None:
    first = await claim(attempts)
    assert await choose(pool, first, b"first") == b"first"
    await attempts.end(first, None)
    second = await claim(attempts)
    assert await choose(pool, second, b"second") == b"first"


async def test_a_try_that_another_has_taken_over_from_chooses_nothing(pool: Pool, attempts: Attempts) -> None:
    first = await claim(attempts)
    await attempts.end(first, None)
    second = await claim(attempts)
    with pytest.raises(Problem) as refused:
        await choose(pool, first, b"first")
    assert refused.value.status_code == 409
    assert await choose(pool, second, b"second") == b"second"


async def test_what_was_refused_leaves_no_choice(pool: Pool, attempts: Attempts) -> None:
    first = await claim(attempts)
    await choose(pool, first, b"first")
    await attempts.end(first, Answer(status=409, content_type=b"", body=b""))
    assert await choose(pool, await claim(attempts), b"second") == b"second"


async def test_without_a_key_each_choice_is_its_own(pool: Pool) -> None:
    assert [await choose(pool, None, each) for each in (b"a", b"b")] == [b"a", b"b"]
