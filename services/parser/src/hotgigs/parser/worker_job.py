"""What a worker process does: one document in, its data out."""

from datetime import UTC, date, datetime

import msgspec

from hotgigs.chassis.worker_main import Refused, Report
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.filetypes import FileType
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_request import Parsed, ParseRequest, RefineRequest, Request
from hotgigs.parser.parse_resume import read_document, readable, summed_up, understand
from hotgigs.parser.proficiency import rated_again
from hotgigs.parser.refining.answer_schema import NotAnAnswer, read_answer
from hotgigs.parser.refining.refine import refine
from hotgigs.parser.sections import split_sections
from hotgigs.parser.steps import Step

MAX_ANSWER_BYTES = 2 * 2**20
"""Messages carry the data, and stay small."""

_REQUEST = msgspec.msgpack.Decoder(Request)


def parse(request: bytes, report: Report) -> bytes:
    """A `Request` and its answer, both in MessagePack; of parsing, the names of steps are reported as they
    begin.

    Raises Refused with the sentence for the uploader, or for the log where an answer cannot be used.
    """
    today = datetime.now(UTC).date()
    asked = _REQUEST.decode(request)
    if isinstance(asked, RefineRequest):
        return msgspec.msgpack.encode(_refined(asked, today))
    return msgspec.msgpack.encode(_parsed(asked, report, today))


def _parsed(asked: ParseRequest, report: Report, today: date) -> Parsed:
    def on_step(step: Step) -> None:
        report(step.name.encode())

    try:
        document = read_document(asked.content, FileType[asked.file_type], on_step)
        data = understand(document, today, on_step)
    except Unreadable as err:
        raise Refused(str(err)) from err
    if _is_too_large(data):
        raise Refused("The document has far more in it than a resume; upload the resume alone.")
    is_wanted = sum(len(line.text) for line in document.lines) <= asked.wanted_characters
    return Parsed(data=data, document=document if is_wanted else None)


def _refined(asked: RefineRequest, today: date) -> ResumeData:
    """The same data where the answer makes no difference."""
    try:
        said = read_answer(asked.answer)
    except NotAnAnswer as err:
        raise Refused(str(err)) from err
    refined = refine(asked.data, said, asked.document, today)
    if refined is asked.data:
        return refined
    if _is_too_large(refined):
        raise Refused("too large")
    document = readable(asked.document)
    skills, reasons = rated_again(refined.skills, asked.data, refined.experience, today)
    refined = msgspec.structs.replace(refined, skills=skills)
    return summed_up(refined, document, split_sections(document), today, reasons)


def _is_too_large(data: ResumeData) -> bool:
    return len(msgspec.json.encode(data)) > MAX_ANSWER_BYTES
