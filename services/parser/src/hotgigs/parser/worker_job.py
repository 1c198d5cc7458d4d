"""What a worker process does: one document in, its data out."""

from datetime import UTC, datetime

import msgspec

from hotgigs.chassis.worker_main import Refused, Report
from hotgigs.filetypes import FileType
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.parse_request import ParseRequest
from hotgigs.parser.parse_resume import parse_resume
from hotgigs.parser.steps import Step

MAX_ANSWER_BYTES = 2 * 2**20
"""Messages carry the data, and stay small."""


def parse(request: bytes, report: Report) -> bytes:
    """`ParseRequest` in MessagePack -> `ResumeData` in JSON; reports the names of steps as they begin.

    Raises Refused with the sentence for the uploader.
    """
    document = msgspec.msgpack.decode(request, type=ParseRequest)

    def on_step(step: Step) -> None:
        report(step.name.encode())

    try:
        data = parse_resume(document.content, FileType[document.file_type], datetime.now(UTC).date(), on_step)
    except Unreadable as err:
        raise Refused(str(err)) from err
    answer = msgspec.json.encode(data)
    if len(answer) > MAX_ANSWER_BYTES:
        raise Refused("The document has far more in it than a resume; upload the resume alone.")
    return answer
