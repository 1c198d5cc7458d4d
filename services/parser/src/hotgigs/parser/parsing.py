"""Parsing in worker processes, as the service and the command both do it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

from hotgigs.chassis import workers
from hotgigs.chassis.workers import WorkerPool, worker_pool
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_request import JOB, ParseRequest
from hotgigs.parser.settings import ParserSettings
from hotgigs.parser.steps import OnStep, Step, ignore_step

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

    def __init__(self, pool: WorkerPool, *, time_limit_s: float) -> None:
        self._pool = pool
        self._time_limit_s = time_limit_s

    @property
    def concurrency(self) -> int:
        """How many documents can be parsed at once."""
        return self._pool.size

    async def start(self) -> None:
        await self._pool.start()

    async def parse(self, content: bytes, file_type: FileType, on_step: OnStep = ignore_step) -> ResumeData:
        """Raises ParseFailed; what a document does to its worker is nobody else's trouble."""
        request = msgspec.msgpack.encode(ParseRequest(file_type=file_type.name, content=content))
        report: Callable[[bytes], None] = lambda name: on_step(Step[name.decode()])  # noqa: E731
        try:
            answer = await self._pool.run(request, time_limit_s=self._time_limit_s, on_progress=report)
        except workers.Refused as err:
            raise ParseFailed(str(err), outcome="refused") from err
        except tuple(_FAILURES) as err:
            outcome, sentence = _FAILURES[type(err)]
            raise ParseFailed(sentence, outcome=outcome, detail=str(err)) from err
        return msgspec.json.decode(answer, type=ResumeData)


@asynccontextmanager
async def open_parsing(settings: ParserSettings) -> AsyncIterator[Parsing]:
    async with worker_pool(
        JOB,
        size=settings.parser_workers,
        memory_limit_bytes=settings.parser_memory_limit_mib * MIB,
    ) as pool:
        yield Parsing(pool, time_limit_s=settings.parser_time_limit_s)
