"""Reads of candidates on their way into the activity logs.

Best effort: no read waits for it or fails because of it. While the bus is away what was read is kept, up
to a bound; a gateway that is killed loses what it had not sent yet.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Literal
from uuid import UUID

import structlog
from prometheus_client import Counter
from uuid_utils.compat import uuid7

from hotgigs.chassis.bus.interface import Bus, PublishFailed
from hotgigs.chassis.tracing import UNTRACED, Tracer, enveloped
from hotgigs.contracts.gateway.record_activities import Read, RecordActivitiesV1
from hotgigs.gateway.accounts.principal import Principal

log = structlog.get_logger(__name__)

COLLECT_S = 0.1
"""How long reads are collected before they are sent."""
RETRY_S = 5.0
PUBLISH_TIMEOUT_S = 15.0
"""A bus that hangs; one that answers late says so itself."""
LAST_TIMEOUT_S = 3.0
"""For all that is left when the gateway ends."""
MAX_READS = 10_000
"""That wait at one gateway; what is read beyond them is not recorded."""
READS_PER_COMMAND = 500

_lost = Counter("hotgigs_reads_not_recorded_total", "Reads of candidates that no activity log will tell of")

Kind = Literal["viewed", "downloaded", "exported"]


class ActivityRecorder:
    def __init__(self, bus: Bus, *, tracer: Tracer = UNTRACED, collect_s: float = COLLECT_S) -> None:
        self._bus = bus
        self._tracer = tracer
        self._collect_s = collect_s
        self._waiting: dict[tuple[object, ...], Read] = {}
        self._is_waiting = asyncio.Event()
        self._dropped = 0

    def viewed(self, principal: Principal, candidate_id: UUID) -> None:
        self._record("viewed", principal, candidate_id)

    def downloaded(self, principal: Principal, candidate_id: UUID, resume_id: UUID) -> None:
        self._record("downloaded", principal, candidate_id, resume_id)

    def exported(self, principal: Principal, candidate_id: UUID) -> None:
        self._record("exported", principal, candidate_id)

    def _record(
        self, kind: Kind, principal: Principal, candidate_id: UUID, resume_id: UUID | None = None
    ) -> None:
        """The same read by the same user, before it is sent, is one read."""
        key = (kind, principal.user_id, candidate_id, resume_id)
        if key not in self._waiting and len(self._waiting) >= MAX_READS:
            self._dropped += 1
            _lost.inc()
            return
        self._waiting[key] = Read(
            activity_id=uuid7(),
            candidate_id=candidate_id,
            kind=kind,
            actor=principal.actor,
            at=datetime.now(UTC),
            resume_id=resume_id,
        )
        self._is_waiting.set()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Sends what is recorded, for the block, and what is left when it ends."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled() and (error := task.exception()) is not None:
                log.error("recording_failed", exc_info=error)
            try:
                async with asyncio.timeout(LAST_TIMEOUT_S):
                    await self._send_all()
            except (PublishFailed, TimeoutError):
                _lost.inc(len(self._waiting))
                log.warning("reads_not_recorded", reads=len(self._waiting) + self._dropped)

    async def _run(self) -> None:
        while True:
            await self._is_waiting.wait()
            await asyncio.sleep(self._collect_s)
            try:
                await self._send_all()
            except (PublishFailed, TimeoutError) as err:
                log.warning("reads_wait", reads=len(self._waiting), error=type(err).__name__)
                await asyncio.sleep(RETRY_S)

    async def _send_all(self) -> None:
        """Raises PublishFailed or TimeoutError; what was not sent waits again."""
        while self._waiting:
            keys = list(islice(self._waiting, READS_PER_COMMAND))
            taken = {key: self._waiting.pop(key) for key in keys}
            try:
                async with asyncio.timeout(PUBLISH_TIMEOUT_S):
                    await self._send(tuple(taken.values()))
            except BaseException:
                self._waiting = taken | self._waiting
                raise
        self._is_waiting.clear()
        if self._dropped:
            log.warning("reads_not_recorded", reads=self._dropped)
            self._dropped = 0

    async def _send(self, reads: tuple[Read, ...]) -> None:
        command = RecordActivitiesV1(batch_id=uuid7(), reads=reads)
        envelope, sending = enveloped(command, source="gateway", tracer=self._tracer)
        with sending:
            await self._bus.publish([envelope])
