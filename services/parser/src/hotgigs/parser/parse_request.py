"""What a worker process is asked. Apart from `worker_job`, so that asking needs none of what parses."""

from msgspec import Struct

from hotgigs.contracts.resume_data import ResumeData
from hotgigs.parser.document import Document

JOB = "hotgigs.parser.worker_job:parse"


class ParseRequest(Struct, frozen=True, kw_only=True, tag=True):
    """Answered by `Parsed` in MessagePack."""

    file_type: str
    """A `hotgigs.filetypes.FileType`'s name."""
    content: bytes
    wanted_characters: int = 0
    """The document is wanted too, where it has text of at most so many characters."""


class Parsed(Struct, frozen=True, kw_only=True):
    data: ResumeData
    document: Document | None = None


class RefineRequest(Struct, frozen=True, kw_only=True, tag=True):
    """Answered by `ResumeData` in MessagePack."""

    data: ResumeData
    document: Document
    answer: bytes
    """Of the language model, as it came."""


Request = ParseRequest | RefineRequest
