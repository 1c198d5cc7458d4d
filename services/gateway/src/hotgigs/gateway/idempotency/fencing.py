"""Keeps a try that lost its lease from undoing what the try after it did."""

from typing import Any

from litestar import Request
from litestar.status_codes import HTTP_409_CONFLICT
from litestar.types import Scope

from hotgigs.chassis.database import Connection
from hotgigs.gateway.errors import RETRY_AFTER_S, Problem
from hotgigs.gateway.idempotency import store
from hotgigs.gateway.idempotency.store import Attempt

_STATE = "idempotency_attempt"


def carries_out(scope: Scope, attempt: Attempt) -> None:
    scope["state"][_STATE] = attempt


async def require_lease(request: Request[Any, Any, Any], connection: Connection) -> None:
    """In the transaction of an effect that a later try replaces: until it ends no other try takes over.

    Raises Problem 409 where one has. Without an Idempotency-Key there is none.
    """
    attempt = _attempt_of(request)
    if attempt is not None and not await store.lock(connection, attempt):
        raise _taken_over()


async def chosen(request: Request[Any, Any, Any], connection: Connection, offered: bytes) -> bytes:
    """What is drawn at random for an effect, and is kept before it: a later try gets what the first was
    ``offered``. It is to be sealed.

    Raises Problem 409 where another try has taken over. Without an Idempotency-Key there is none.
    """
    attempt = _attempt_of(request)
    if attempt is None:
        return offered
    choice = await store.choose(connection, attempt, offered)
    if choice is None:
        raise _taken_over()
    return choice


def _attempt_of(request: Request[Any, Any, Any]) -> Attempt | None:
    attempt: Attempt | None = request.scope["state"].get(_STATE)
    return attempt


def _taken_over() -> Problem:
    return Problem(
        status_code=HTTP_409_CONFLICT,
        detail="Another try with this Idempotency-Key has taken over; try again for its answer.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )
