"""Tries of requests with an Idempotency-Key: claimed, leased, and what becomes of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec
import structlog
from litestar.status_codes import HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Struct
from uuid_utils.compat import uuid7

from hotgigs.chassis import database
from hotgigs.chassis.sealing import Sealing, Unopenable
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.gateway.errors import RETRY_AFTER_S, Problem
from hotgigs.gateway.idempotency import store
from hotgigs.gateway.idempotency.store import Attempt

log = structlog.get_logger(__name__)

_NO_TIME = timedelta(0)
_RENEWALS_PER_LEASE = 3


class Answer(Struct, frozen=True, kw_only=True):
    status: int
    content_type: bytes
    body: bytes


class Attempts:
    def __init__(self, units_of_work: UnitsOfWork, sealing: Sealing, *, lease_s: float) -> None:
        self._units_of_work = units_of_work
        self._sealing = sealing
        self._lease = timedelta(seconds=lease_s)

    async def claim(
        self, user_id: UUID, key_hash: bytes, request_hash: bytes, *, about_id: UUID | None = None
    ) -> Attempt | Answer:
        """The request's to carry out, or the answer that it has had, which is forgotten with what has the
        id ``about_id``.

        Raises Problem 422 where the key is another request's, 409 where that is in flight or its answer
        cannot be opened.
        """
        offered_id, attempt_id = uuid7(), uuid4()
        async with self._units_of_work.begin() as uow:
            record = await store.claim(
                uow.connection,
                user_id=user_id,
                key_hash=key_hash,
                request_hash=request_hash,
                first_id=offered_id,
                attempt_id=attempt_id,
                lease=self._lease,
                about_id=about_id,
            )
        if record["request_hash"] != request_hash:
            raise Problem(status_code=HTTP_422_UNPROCESSABLE_ENTITY, detail=_ANOTHER_REQUEST)
        if record["status"] is not None:
            return self._opened(record["answer"], record["status"], _context(user_id, key_hash))
        if not record["is_claimed"]:
            raise Problem(
                status_code=HTTP_409_CONFLICT,
                detail=_IN_FLIGHT,
                headers={"Retry-After": str(RETRY_AFTER_S)},
            )
        return Attempt(
            user_id=user_id,
            key_hash=key_hash,
            attempt_id=attempt_id,
            first_id=record["first_id"],
            is_continued=record["first_id"] != offered_id,
        )

    @asynccontextmanager
    async def leased(self, attempt: Attempt) -> AsyncIterator[None]:
        """Keeps the attempt's lease from running out, for the block."""
        renewing = asyncio.create_task(self._renew(attempt))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait({renewing})
            if not renewing.cancelled() and (error := renewing.exception()) is not None:
                log.error("renewing_failed", exc_info=error)

    async def end(self, attempt: Attempt, answer: Answer | None) -> None:
        """Keeps the answer of a success, which is the request's from now on. A refusal changed nothing and
        frees the key, unless an earlier try may have changed something. Of everything else nobody knows
        what it changed: the next try continues it.

        Best effort: the effect stands whether it is kept or not, and without it the lease runs out.
        """
        try:
            async with self._units_of_work.begin() as uow:
                if answer is not None and answer.status < 300:
                    sealed = self._sealed(answer, _context(attempt.user_id, attempt.key_hash))
                    await store.keep_answer(uow.connection, attempt, answer.status, sealed)
                elif answer is not None and answer.status < 500 and not attempt.is_continued:
                    await store.forget(uow.connection, attempt)
                else:
                    await store.renew(uow.connection, attempt, _NO_TIME)
        except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
            log.warning("answer_not_kept", error=type(err).__name__)

    async def _renew(self, attempt: Attempt) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / _RENEWALS_PER_LEASE)
            try:
                async with self._units_of_work.begin() as uow:
                    await store.renew(uow.connection, attempt, self._lease)
            except (*database.CONNECTION_LOST, asyncpg.PostgresError) as err:
                log.warning("lease_not_renewed", error=type(err).__name__)

    def _sealed(self, answer: Answer, context: bytes) -> bytes:
        return self._sealing.seal(msgspec.msgpack.encode((answer.content_type, answer.body)), context=context)

    def _opened(self, sealed: bytes, status: int, context: bytes) -> Answer:
        """Raises Problem 409."""
        try:
            opened = self._sealing.open(sealed, context=context)
        except Unopenable as err:
            raise Problem(status_code=HTTP_409_CONFLICT, detail=_UNREADABLE) from err
        content_type, body = msgspec.msgpack.decode(opened, type=tuple[bytes, bytes])
        return Answer(status=status, content_type=content_type, body=body)


_ANOTHER_REQUEST = "This Idempotency-Key was used for another request; use a new key for every new request."
_IN_FLIGHT = "The first request with this Idempotency-Key is still being carried out; try again shortly."
_UNREADABLE = (
    "The request with this Idempotency-Key was carried out, but its answer can no longer be read; look for"
    " what it made."
)


def _context(user_id: UUID, key_hash: bytes) -> bytes:
    """A sealed answer is good for one record."""
    return user_id.bytes + key_hash
