"""What a person reads when the worker that parsed their document did not come back with an answer."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from hotgigs.chassis import workers
from hotgigs.chassis.errors import Permanent
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser.parse_request import Parsed, ParseRequest
from hotgigs.parser.parsing import ParseFailed, Parsing, open_parsing
from hotgigs.parser.settings import ParserSettings
from hotgigs.parser.steps import Step


class StandInPool:
    """Answers, or fails, as it is told."""

    size = 3

    def __init__(self, answer: bytes | Exception, progress: tuple[bytes, ...] = ()) -> None:
        self._answer = answer
        self._progress = progress
        self.requests: list[tuple[ParseRequest, float]] = []

    async def run(
        self, request: bytes, *, time_limit_s: float, on_progress: Callable[[bytes], None]
    ) -> bytes:
        self.requests.append((msgspec.msgpack.decode(request, type=ParseRequest), time_limit_s))
        for step in self._progress:
            on_progress(step)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def parsing_with(pool: Any, *, time_limit_s: float = 7) -> Parsing:
    return Parsing(pool, time_limit_s=time_limit_s)


FAILURES = {
    "out_of_time": workers.OutOfTime("the job took longer than 7 s"),
    "out_of_memory": workers.OutOfMemory("the job reached its memory limit"),
    "died": workers.WorkerDied("the worker ended with code -11"),
    "failed": workers.JobFailed("lxml.etree.XMLSyntaxError at /srv/docx.py:17"),
}


@pytest.mark.parametrize(("outcome", "error"), FAILURES.items(), ids=FAILURES)
async def test_each_way_a_worker_fails_has_a_word_for_the_books_and_a_sentence_for_people(
    outcome: str, error: Exception
) -> None:
    with pytest.raises(ParseFailed) as failure:
        await parsing_with(StandInPool(error)).parse(b"x", FileType.PDF)
    assert failure.value.outcome == outcome
    assert failure.value.detail == str(error)
    sentence = str(failure.value)
    assert sentence.startswith("The document ")
    assert sentence.endswith(".")
    for inside in (str(error), "worker", "job", "/", "Error"):
        assert inside not in sentence


async def test_the_sentences_differ() -> None:
    sentences = set()
    for error in FAILURES.values():
        with pytest.raises(ParseFailed) as failure:
            await parsing_with(StandInPool(error)).parse(b"x", FileType.PDF)
        sentences.add(str(failure.value))
    assert len(sentences) == len(FAILURES)


async def test_every_permanent_failure_of_a_worker_is_foreseen() -> None:
    raised = {error for error in vars(workers).values() if isinstance(error, type) and _is_failure(error)}
    assert raised == {type(error) for error in FAILURES.values()} | {workers.Refused}


def _is_failure(error: type) -> bool:
    return issubclass(error, Permanent) and error.__module__ == workers.__name__


async def test_what_the_reader_refuses_is_told_in_its_own_words() -> None:
    with pytest.raises(ParseFailed, match=r"^This file is a scan\.$") as failure:
        await parsing_with(StandInPool(workers.Refused("This file is a scan."))).parse(b"x", FileType.PDF)
    assert (failure.value.outcome, failure.value.detail) == ("refused", "")


async def test_a_worker_that_cannot_be_started_is_not_the_document_s_fault() -> None:
    with pytest.raises(workers.WorkerNotStarted):
        await parsing_with(StandInPool(workers.WorkerNotStarted("no"))).parse(b"x", FileType.PDF)


async def test_an_answer_becomes_data_and_progress_becomes_steps() -> None:
    data = ResumeData(full_name="Ada Example", skills=())
    pool = StandInPool(msgspec.msgpack.encode(Parsed(data=data)), progress=(b"OPEN", b"SUMMARISE"))
    steps: list[Step] = []
    parsing = parsing_with(pool)
    assert await parsing.parse(b"content", FileType.DOCX, steps.append) == data
    assert steps == [Step.OPEN, Step.SUMMARISE]
    assert pool.requests == [(ParseRequest(file_type="DOCX", content=b"content"), 7)]
    assert parsing.concurrency == 3


async def test_a_document_and_its_neighbour_are_parsed_in_real_workers() -> None:
    settings = ParserSettings(parser_workers=1, parser_time_limit_s=30, parser_memory_limit_mib=512)
    steps: list[Step] = []
    async with open_parsing(settings) as parsing:
        with pytest.raises(ParseFailed) as failure:
            await parsing.parse(b"%PDF-1.7 no PDF at all %%EOF", FileType.PDF)
        rtf = rb"{\rtf1\ansi Ada Example\par ada@mail.example\par}"
        data = await parsing.parse(rtf, FileType.RTF, steps.append)
    assert failure.value.outcome == "refused"
    assert data.email == "ada@mail.example"
    assert steps == [step for step in Step if step is not Step.READ_SCAN]
