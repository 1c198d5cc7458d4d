"""PDFs with their objects changed one by one and written anew, so that a reader gets to see the change."""

import re
import zlib
from collections.abc import Sequence
from functools import cache
from random import Random

import pymupdf
from hostile.pdf_file import pdf_of
from mutate_bytes import NUMBERS, mutated, with_extreme_numbers

_MAX_OBJECTS = 150
_REFERENCE = re.compile(rb"\d+ 0 R")
_KEY = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_KEYS = (
    b"/Kids", b"/Parent", b"/Count", b"/Type", b"/Pages", b"/Page", b"/Contents", b"/Resources", b"/Font",
    b"/MediaBox", b"/CropBox", b"/Rotate", b"/UserUnit", b"/Filter", b"/DecodeParms", b"/Predictor",
    b"/Columns", b"/ToUnicode", b"/Encoding", b"/Differences", b"/DescendantFonts", b"/W", b"/Widths",
    b"/FirstChar", b"/LastChar", b"/CIDToGIDMap", b"/FontFile2", b"/FontMatrix", b"/CharProcs",
    b"/XObject", b"/Matrix", b"/BBox", b"/Length", b"/Annots", b"/OCProperties", b"/Group", b"/SMask",
    b"/Names", b"/ObjStm", b"/Type0",
)  # fmt: skip
_OPERATORS = (
    b" BT ", b" ET ", b" q ", b" Q ", b" Tj ", b" TJ ", b" ' ", b" Td ", b" Tm ", b" Tf ", b" T* ",
    b" Tz ", b" Tc ", b" Tw ", b" TL ", b" Ts ", b" Tr ", b" cm ", b" Do ", b" BDC ", b" EMC ", b" BI ",
    b" ID ", b" EI ", b" re ", b" W n ", b" gs ", b" sh ", b" (text) Tj ", b" [ ", b" ] ", b" << ",
    b" >> ", b" <", b"(", b")", b" beginbfrange ", b" endbfrange ", b" beginbfchar ",
    b" begincodespacerange ", b" usecmap ", b" d0 ", b" d1 ",
)  # fmt: skip


@cache
def _objects(content: bytes) -> tuple[dict[int, tuple[bytes, bytes | None]], bytes]:
    """Dictionary and unpacked stream of each object, and the root; nothing of a file beyond repair."""
    found: dict[int, tuple[bytes, bytes | None]] = {}
    try:
        with pymupdf.open(stream=content, filetype="pdf") as pdf:
            for number in range(1, min(pdf.xref_length(), _MAX_OBJECTS)):
                body = pdf.xref_object(number, compressed=True).encode()
                is_stream = pdf.xref_is_stream(number)
                found[number] = body, pdf.xref_stream(number) if is_stream else None
            root = b"/Root %d 0 R" % pdf.pdf_catalog()
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        return {}, b""
    return found, root


def mutated_pdf(rng: Random, originals: Sequence[bytes]) -> tuple[str, bytes]:
    content = rng.choice(originals)
    objects, root = _objects(content)
    if not objects:
        return mutated(rng, content, originals)
    changed = dict(objects)
    kinds = set()
    for _ in range(rng.choice((1, 1, 2, 4))):
        number = rng.choice(list(changed))
        body, data = changed[number]
        if data and rng.random() < 0.5:
            kind, data = _changed_stream(rng, data, originals)
        else:
            kind, body = _changed_dictionary(rng, body, list(objects))
        kinds.add(kind)
        changed[number] = body, data
    written = {number: _written(rng, *each) for number, each in changed.items()}
    return ", ".join(sorted(kinds)), pdf_of(written, root.decode())


def _changed_dictionary(rng: Random, body: bytes, numbers: list[int]) -> tuple[str, bytes]:
    match rng.randrange(5):
        case 0:
            return "extreme numbers in objects", with_extreme_numbers(rng, body)
        case 1:
            return "references moved", _REFERENCE.sub(
                lambda _: b"%d 0 R" % rng.choice(numbers), body, count=3
            )
        case 2:
            keys = list(_KEY.finditer(body))
            if keys:
                key = rng.choice(keys)
                body = body[: key.start()] + rng.choice(_KEYS) + body[key.end() :]
            return "keys renamed", body
        case 3:
            value = rng.choice(
                (b"%d 0 R" % rng.choice(numbers), rng.choice(NUMBERS), b"[[[]]]", b"null", b"(a)")
            )
            return "keys added", body.replace(b"<<", b"<<%s %s" % (rng.choice(_KEYS), value), 1)
        case _:
            return "objects spoilt", mutated(rng, body, (body,))[1]


def _changed_stream(rng: Random, data: bytes, originals: Sequence[bytes]) -> tuple[str, bytes]:
    match rng.randrange(4):
        case 0:
            return "extreme numbers in streams", with_extreme_numbers(rng, data)
        case 1:
            for _ in range(rng.choice((1, 5, 50))):
                at = rng.randrange(len(data) + 1)
                data = data[:at] + rng.choice(_OPERATORS) * rng.choice((1, 1, 1, 300)) + data[at:]
            return "operators put into streams", data
        case 2:
            return "streams swapped", rng.choice(
                [each for _, each in _objects(rng.choice(originals))[0].values() if each] or [data]
            )
        case _:
            return "streams spoilt", mutated(rng, data, (data,))[1]


def _written(rng: Random, body: bytes, data: bytes | None) -> bytes:
    if data is None:
        return body
    body = re.sub(rb"/(?:Filter|DecodeParms) ?(?:\[[^\]]*\]|<<[^>]*>>|/\w+)|/Length \d+(?: 0 R)?", b"", body)
    if rng.random() < 0.5:
        data = zlib.compress(data, 1)
        parameters = b""
        if rng.random() < 0.1:
            parameters = b"/DecodeParms<</Predictor %s/Columns %s/Colors %s>>" % tuple(
                rng.choices(NUMBERS, k=3)
            )
        body = body.replace(b"<<", b"<</Filter/FlateDecode" + parameters, 1)
    return body.replace(b"<<", b"<</Length %d" % len(data), 1) + b"\nstream\n" + data + b"\nendstream"
