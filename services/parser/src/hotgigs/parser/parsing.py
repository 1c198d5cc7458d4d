"""Parsing in worker processes, as the service and the command both do it."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import msgspec

from hotgigs.chassis import workers
from hotgigs.chassis.tracing import UNTRACED, Tracer
from hotgigs.chassis.workers import WorkerPool, worker_pool
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_request import JOB, Parsed, ParseRequest
from hotgigs.parser.settings import ParserSettings
from hotgigs.parser.steps import OnStep, Step, ignore_step

if TYPE_CHECKING:
    from hotgigs.parser.refining.refiner import Refiner

MIB = 1024 * 1024

# The word for the books, and the sentence for the uploader, of every way a worker can fail.
_FAILURES: dict[type[Exception], tuple[str, str]] = {
    workers.OutOfTime: (
        "out_of_time",
        "The document takes too long to read; save it anew, as a plain PDF or DOCX.",
    ),
    workers.OutOfMemory: (
        "out_of_memory",
        "The document is too complex to read; save it anew, as a plain PDF or DOCX.",
    ),
    workers.WorkerDied: ("died", "The document cannot be read: it is damaged or made to do harm."),
    workers.JobFailed: (
        "failed",
        "The document cannot be read: it is damaged, or of a kind we do not know yet.",
    ),
}


class ParseFailed(Unreadable):
    """``outcome`` is one word for the books; ``detail`` is for the log only."""

    def __init__(self, sentence: str, *, outcome: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.outcome = outcome
        self.detail = detail


class Parsing:
    """Open with `open_parsing`."""

    def __init__(self, pool: WorkerPool, *, time_limit_s: float, refiner: "Refiner | None" = None) -> None:
        self._pool = pool
        self._time_limit_s = time_limit_s
        self._refiner = refiner

    @property
    def concurrency(self) -> int:
        """How many documents can be parsed, or wait for a language model, at once."""
        return self._pool.size + (self._refiner.at_once if self._refiner else 0)

    async def start(self) -> None:
        await self._pool.start()

    async def parse(self, content: bytes, file_type: FileType, on_step: OnStep = ignore_step) -> ResumeData:
        """Raises ParseFailed; what a document does to its worker is nobody else's trouble."""
        asked = ParseRequest(
            file_type=file_type.name,
            content=content,
            wanted_characters=self._refiner.max_characters if self._refiner else 0,
        )
        began = time.monotonic()

        def report(name: bytes) -> None:
            nonlocal began
            step = Step[name.decode()]
            if step is Step.OPEN:
                began = time.monotonic()
            on_step(step)

        try:
            answer = await self._pool.run(
                msgspec.msgpack.encode(asked), time_limit_s=self._time_limit_s, on_progress=report
            )
        except workers.Refused as err:
            raise ParseFailed(str(err), outcome="refused") from err
        except tuple(_FAILURES) as err:
            outcome, sentence = _FAILURES[type(err)]
            raise ParseFailed(sentence, outcome=outcome, detail=str(err)) from err
        parsed = msgspec.msgpack.decode(answer, type=Parsed)
        if self._refiner is None:
            return parsed.data
        time_left_s = self._time_limit_s - (time.monotonic() - began)
        return await self._refiner.refined(parsed.data, parsed.document, time_left_s=time_left_s)


@asynccontextmanager
async def open_parsing(settings: ParserSettings, tracer: Tracer = UNTRACED) -> AsyncIterator[Parsing]:
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(
            worker_pool(
                JOB,
                size=settings.parser_workers,
                memory_limit_bytes=settings.parser_memory_limit_mib * MIB,
            )
        )
        if settings.parser_refiner_url is None:
            yield Parsing(pool, time_limit_s=settings.parser_time_limit_s)
            return
        from hotgigs.parser.refining.refiner import open_refiner  # noqa: PLC0415 - only where it is wanted

        refiner = await stack.enter_async_context(open_refiner(settings, pool, tracer))
        yield Parsing(pool, time_limit_s=settings.parser_time_limit_s, refiner=refiner)
