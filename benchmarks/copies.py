"""Resumes to upload: the sample PDFs, each copy with bytes of its own."""

from collections.abc import Iterator
from itertools import cycle
from uuid import uuid4

from client import File
from options import SAMPLES


def copies(count: int) -> Iterator[File]:
    """A comment after a PDF's end changes what is stored and hashed, and nothing that is read."""
    samples = cycle([(path.stem, path.read_bytes()) for path in sorted(SAMPLES.glob("*.pdf"))])
    for number in range(count):
        stem, content = next(samples)
        yield f"{stem}-{number}.pdf", content + f"\n% {uuid4().hex}\n".encode()
