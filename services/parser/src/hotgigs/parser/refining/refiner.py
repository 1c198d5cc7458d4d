"""Refines parsed resumes by a language model, or leaves them as they are."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import structlog
from prometheus_client import Counter

from hotgigs.chassis import workers
from hotgigs.chassis.tracing import Tracer
from hotgigs.chassis.workers import WorkerPool
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.document import Document
from hotgigs.parser.parse_request import RefineRequest
from hotgigs.parser.refining.endpoint import Endpoint, NoAnswer, open_endpoint
from hotgigs.parser.settings import ParserSettings

log = structlog.get_logger(__name__)

_refinements = Counter(
    "hotgigs_refinements_total", "What became of documents that a language model was asked about", ["outcome"]
)
_WORKER_FAILURES = (
    workers.OutOfTime,
    workers.OutOfMemory,
    workers.WorkerDied,
    workers.WorkerNotStarted,
    workers.JobFailed,
)


class Refiner:
    """Open with `open_refiner`. The model's answer is as hostile as a document: a worker reads it."""

    def __init__(
        self, endpoint: Endpoint, pool: WorkerPool, tracer: Tracer, *, max_characters: int, at_once: int
    ) -> None:
        self._endpoint = endpoint
        self._pool = pool
        self._tracer = tracer
        self.max_characters = max_characters
        """Of a document that is sent."""
        self.at_once = at_once
        """How many documents may wait for the model."""

    async def refined(self, data: ResumeData, document: Document | None, *, time_left_s: float) -> ResumeData:
        """``data`` itself where the model improves nothing, or fails in any way or in time; ``document`` is
        None where it is too long to be sent."""
        ends_at = time.monotonic() + time_left_s
        with self._tracer.doing("refine") as span:
            try:
                if document is None:
                    raise NoAnswer("too_long")
                answer = await self._endpoint.ask(document, time_left_s=time_left_s)
                refined = await self._checked(data, document, answer, ends_at - time.monotonic())
            except NoAnswer as err:
                outcome = str(err)
                refined = data
                log.warning("not_refined", reason=outcome)
            else:
                outcome = "unchanged" if refined == data else "refined"
            span.set("hotgigs.refine.outcome", outcome)
        _refinements.labels(outcome).inc()
        return refined

    async def _checked(
        self, data: ResumeData, document: Document, answer: bytes, time_left_s: float
    ) -> ResumeData:
        request = msgspec.msgpack.encode(RefineRequest(data=data, document=document, answer=answer))
        try:
            refined = await self._pool.run(request, time_limit_s=time_left_s)
        except workers.Refused as err:
            raise NoAnswer("unusable") from err
        except _WORKER_FAILURES as err:
            raise NoAnswer("not_checked") from err
        return msgspec.msgpack.decode(refined, type=ResumeData)


@asynccontextmanager
async def open_refiner(settings: ParserSettings, pool: WorkerPool, tracer: Tracer) -> AsyncIterator[Refiner]:
    async with open_endpoint(settings) as endpoint:
        yield Refiner(
            endpoint,
            pool,
            tracer,
            max_characters=settings.parser_refiner_max_characters,
            at_once=settings.parser_refiner_requests,
        )
