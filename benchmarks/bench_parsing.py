"""Milliseconds a document, in one process: `parse_resume` against what reads no more than the text.

PyMuPDF's own ``get_text("dict")`` is the ceiling of a PDF, since the parser reads with it. Nothing
installed reads text from DOC or RTF; those have no peer.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pymupdf
from docx import Document
from options import SAMPLES, Options
from page import Row, duration
from timing import interleaved

from hotgigs.filetypes import identify
from hotgigs.parser.extraction import READERS
from hotgigs.parser.parse_resume import parse_resume

TITLE = "Parsing, ms a document in one process"


def run(options: Options) -> list[Row]:
    rounds = options.pick(full=60, quick=5)
    rows = _pdf_rows(rounds)
    for path in sorted([*SAMPLES.glob("*.docx"), *SAMPLES.glob("*.doc")]):
        rows.append(_word_row(path.name, path.read_bytes(), rounds))
    return rows


def _pdf_rows(rounds: int) -> list[Row]:
    content = _two_pages()
    competitors: dict[str, Callable[[], object]] = {
        "ours": _parsing(content),
        "reading": _reading(content),
        "dict": lambda: _pymupdf_dict(content),
    }
    try:
        import pypdf  # noqa: PLC0415 - a peer, which need not be there
    except ImportError:
        pass
    else:
        competitors["pypdf"] = lambda: [p.extract_text() for p in pypdf.PdfReader(BytesIO(content)).pages]
    taken = interleaved(competitors, rounds=rounds)
    rows = [
        duration("PDF, two pages: parse_resume", taken["ours"], "PyMuPDF dict", taken["dict"]),
        duration("  of which reading into lines", taken["reading"], "PyMuPDF dict", taken["dict"]),
    ]
    if "pypdf" in taken:
        rows.append(duration("PDF, two pages: parse_resume", taken["ours"], "pypdf text", taken["pypdf"]))
    return rows


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
    return lambda: parse_resume(content, file_type, today)


def _reading(content: bytes) -> Callable[[], object]:
    read = READERS[identify(BytesIO(content))]
    return lambda: read(content)


def _pymupdf_dict(content: bytes) -> list[object]:
    with pymupdf.open(stream=content, filetype="pdf") as pdf:
        return [page.get_text("dict") for page in pdf]


def _python_docx(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
