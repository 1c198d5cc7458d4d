"""Telling of progress while a document is parsed: best effort, and no more often than people can see."""

import asyncio
from datetime import datetime

import structlog

from hotgigs.chassis.bus.interface import Bus, PublishFailed
from hotgigs.chassis.tracing import Tracer, enveloped
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.parser.steps import Step

log = structlog.get_logger(__name__)

AT_MOST_EVERY_S = 0.2
NOT_BEFORE_S = 0.05
"""Most documents are done by then, and progress that nobody can see costs as much as any message."""


class Progress:
    """Publishes the steps of one try, past the outbox: they are worth nothing once the try is over.

    Of steps that follow quickly it tells the latest.
    """

    def __init__(self, bus: Bus, resume: ResumeState, *, started_at: datetime, tracer: Tracer) -> None:
        self._bus = bus
        self._tracer = tracer
        self._resume = resume
        self._started_at = started_at
        self._sequence = 0
        self._latest: Step | None = None
        self._news = asyncio.Event()
        self._telling = asyncio.create_task(self._tell())

    def on_step(self, step: Step) -> None:
        self._latest = step
        self._news.set()

    async def _tell(self) -> None:
        await asyncio.sleep(NOT_BEFORE_S)
        while True:
            await self._news.wait()
            self._news.clear()
            assert self._latest is not None
            await self._publish(self._latest)
            await asyncio.sleep(AT_MOST_EVERY_S)

    async def _publish(self, step: Step) -> None:
        self._sequence += 1
        event = ParseProgressedV1(
            resume_id=self._resume.resume_id,
            attempt=self._resume.attempt,
            sequence=self._sequence,
            percentage=step.percentage,
            step=step.label,
            started_at=self._started_at,
        )
        envelope, sending = enveloped(event, source="parser", tracer=self._tracer)
        try:
            with sending:
                await self._bus.publish([envelope])
        except PublishFailed:
            log.info("progress_not_told", step=step.name)

    async def stop(self) -> None:
        self._telling.cancel()
        await asyncio.gather(self._telling, return_exceptions=True)
