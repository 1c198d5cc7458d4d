"""Milliseconds a document, in one process: `parse_resume` and its parts against what reads no more than
the text.

PyMuPDF's own ``get_text("dict")`` is the ceiling of a PDF, since the parser reads with it; without the
embedding a parse is to take at most three times as long, a ratio of 0.33. Nothing installed reads text from
DOC or RTF; those have no peer.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from unittest.mock import patch

import numpy as np
import pymupdf
from docx import Document
from options import SAMPLES, Options
from page import Row, duration
from timing import interleaved

from hotgigs.embeddings import DIMENSIONS
from hotgigs.filetypes import FileType, identify
from hotgigs.parser import parse_resume as parser

TITLE = "Parsing, ms a document in one process"

_TEXT_PEERS = {"pypdf": "pypdf", "pdfminer.six": "pdfminer", "pdfplumber": "pdfplumber"}
"""What installs them, and the module by which it is seen whether they are."""


def run(options: Options) -> list[Row]:
    rounds = options.pick(full=30, quick=3)
    rows = _pdf_rows(rounds)
    for path in sorted([*SAMPLES.glob("*.docx"), *SAMPLES.glob("*.doc")]):
        rows.append(_word_row(path.name, path.read_bytes(), rounds))
    return rows


def _pdf_rows(rounds: int) -> list[Row]:
    content = _two_pages()
    installed = [name for name, module in _TEXT_PEERS.items() if find_spec(module) is not None]
    taken = interleaved(
        {
            "parse": _parsing(content),
            **_parts(content),
            "dict": lambda: _pymupdf_dict(content),
            **{name: partial(_text, name, content) for name in installed},
        },
        rounds=rounds,
    )
    parts = {
        "PDF, two pages: parse_resume": "parse",
        "  without the embedding (to be 0.33 or more)": "without",
        "  reading into lines": "reading",
        "  understanding, without the embedding": "understanding",
        "    of which the evidence": "evidence",
        "  the embedding": "embedding",
    }
    return [
        *(duration(what, taken[part], "PyMuPDF dict", taken["dict"]) for what, part in parts.items()),
        *(duration("PDF, two pages: parse_resume", taken["parse"], f"{n} text", taken[n]) for n in installed),
        *(
            Row(what=f"PDF, two pages: {name}", ours="not measured: it is not installed")
            for name in _TEXT_PEERS
            if name not in installed
        ),
    ]


def _parts(content: bytes) -> dict[str, Callable[[], object]]:
    """The steps of one parse, each on what it is given there."""
    today = datetime.now(UTC).date()
    document = parser.read_document(content, FileType.PDF)
    with (
        patch.object(parser.EMBEDDER, "embed", wraps=parser.EMBEDDER.embed) as embed,
        patch.object(parser, "evidence_of", wraps=parser.evidence_of) as evidence_of,
    ):
        parser.understand(document, today)
    texts = [list(call.args[0]) for call in embed.call_args_list]
    return {
        "without": _without_embedding(_parsing(content)),
        "reading": lambda: parser.read_document(content, FileType.PDF),
        "understanding": _without_embedding(lambda: parser.understand(document, today)),
        "evidence": lambda: [parser.evidence_of(*c.args, **c.kwargs) for c in evidence_of.call_args_list],
        "embedding": lambda: [parser.EMBEDDER.embed(batch) for batch in texts],
    }


def _without_embedding(call: Callable[[], object]) -> Callable[[], object]:
    def without() -> object:
        with patch.object(parser.EMBEDDER, "embed", lambda texts: np.zeros((len(texts), DIMENSIONS))):
            return call()

    return without


def _word_row(name: str, content: bytes, rounds: int) -> Row:
    file_type = identify(BytesIO(content))
    competitors: dict[str, Callable[[], object]] = {"ours": _parsing(content)}
    if file_type.name == "DOCX":
        competitors["python-docx"] = lambda: _python_docx(content)
    taken = interleaved(competitors, rounds=rounds)
    what = f"{file_type.name}, {name}"
    if "python-docx" in taken:
        return duration(what, taken["ours"], "python-docx text", taken["python-docx"])
    return Row(what=what, ours=f"{taken['ours'] * 1000:.2f} ms")


def _two_pages() -> bytes:
    """The sample PDFs' first pages in one file."""
    with pymupdf.open() as joined:
        for path in sorted(SAMPLES.glob("*.pdf"))[:2]:
            with pymupdf.open(path) as sample:
                joined.insert_pdf(sample, to_page=0)
        return bytes(joined.tobytes(garbage=3, deflate=True))


def _parsing(content: bytes) -> Callable[[], object]:
    file_type, today = identify(BytesIO(content)), datetime.now(UTC).date()
    return lambda: parser.parse_resume(content, file_type, today)


def _pymupdf_dict(content: bytes) -> list[object]:
    with pymupdf.open(stream=content, filetype="pdf") as pdf:
        return [page.get_text("dict") for page in pdf]


def _text(peer: str, content: bytes) -> object:
    # Peers, which need not be there.
    if peer == "pypdf":
        import pypdf  # noqa: PLC0415

        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]
    if peer == "pdfminer.six":
        from pdfminer.high_level import extract_text  # noqa: PLC0415

        return extract_text(BytesIO(content))
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def _python_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
