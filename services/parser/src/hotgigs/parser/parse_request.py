"""What a worker process is asked. Apart from `worker_job`, so that asking needs none of what parses."""

from msgspec import Struct

JOB = "hotgigs.parser.worker_job:parse"


class ParseRequest(Struct, frozen=True, kw_only=True):
    file_type: str
    """A `hotgigs.filetypes.FileType`'s name."""
    content: bytes
