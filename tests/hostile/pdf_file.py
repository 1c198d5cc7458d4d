"""PDF files written by hand, so that they can be wrong in every way."""

import zlib
from collections.abc import Mapping, Sequence


def stream(content: bytes, entries: str = "", *, deflate: bool = False) -> bytes:
    """A stream object's body; ``entries`` are further ones of its dictionary."""
    if deflate:
        content, entries = zlib.compress(content), f"{entries} /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n" % (entries.encode(), len(content)) + content + b"\nendstream"


def pdf_of(objects: Mapping[int, bytes | str], trailer: str = "/Root 1 0 R") -> bytes:
    """Objects by number, with a cross-reference table that is right."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: dict[int, int] = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number
        out += body.encode() if isinstance(body, str) else body
        out += b"\nendobj\n"
    at = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        free = number not in offsets
        out += b"%010d %05d %s \n" % (offsets.get(number, 0), 65535 if free else 0, b"f" if free else b"n")
    out += f"trailer << /Size {size} {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page_pdf(
    contents: bytes,
    *,
    page: str = "",
    resources: str = "",
    font: str | bytes = HELVETICA,
    others: Mapping[int, bytes | str] | None = None,
    deflate: bool = True,
) -> bytes:
    """One page that prints ``contents`` with the font ``/F``; ``others`` are objects from 10 on."""
    return pages_pdf(
        [stream(contents, deflate=deflate)], page=page, resources=resources, font=font, others=others
    )


def pages_pdf(
    contents: Sequence[bytes],
    *,
    page: str = "",
    resources: str = "",
    font: str | bytes = HELVETICA,
    others: Mapping[int, bytes | str] | None = None,
) -> bytes:
    first = max((9, *(others or ()))) + 1
    kids = " ".join(f"{first + index} 0 R" for index in range(len(contents)))
    objects: dict[int, bytes | str] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} /MediaBox [0 0 612 792] >>",
        3: font,
        **(others or {}),
    }
    for index, content in enumerate(contents):
        objects[first + index] = (
            f"<< /Type /Page /Parent 2 0 R /Contents {first + len(contents) + index} 0 R"
            f" /Resources << /Font << /F 3 0 R >> {resources} >> {page} >>"
        )
        objects[first + len(contents) + index] = content
    return pdf_of(objects)


def text_at(x: float, y: float, text: str, size: float = 10) -> bytes:
    return f"BT /F {size:g} Tf {x:g} {y:g} Td ({text}) Tj ET\n".encode()
