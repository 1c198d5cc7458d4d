"""DOCX files with their parts changed and zipped anew, and with what a zip's directory says changed."""

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Sequence
from functools import cache
from random import Random

from hostile import docx
from mutate_bytes import INTEGERS, NUMBERS, mutated

_TAG = re.compile(rb"<[^>]*>")
_VALUE = re.compile(rb'"[^"]*"')
_READ = ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels")
_ELEMENTS = (
    b"<w:p>", b"</w:p>", b"<w:r>", b"</w:r>", b"<w:t>text</w:t>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>",
    b"</w:tr>", b"<w:tc>", b"</w:tc>", b"<w:br/>", b"<w:tab/>", b"<w:sdt><w:sdtContent>",
    b"</w:sdtContent></w:sdt>", b"<w:txbxContent>", b"</w:txbxContent>", b"<w:del>", b"</w:del>",
    b"<!-- -->", b"<?pi?>", b"<![CDATA[a]]>", b"&e;", b"&#0;", b"&#xD800;", b"&#x10FFFF;", b"\0", b"\xff",
    b"<w:t/>", b"<w:pPr>", b"</w:pPr>", b"<w:noBreakHyphen/>",
)  # fmt: skip


@cache
def _parts(content: bytes) -> tuple[tuple[str, bytes], ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return tuple((info.filename, archive.read(info)) for info in archive.infolist())
    except Exception:  # noqa: BLE001 - an original that is no longer a zip has no parts
        return ()


def mutated_docx(rng: Random, originals: Sequence[bytes]) -> tuple[str, bytes]:
    content = rng.choice(originals)
    parts = dict(_parts(content))
    if not parts:
        return mutated(rng, content, originals)
    if rng.random() < 0.25:
        return "directory of the zip", _changed_directory(rng, content)
    name = rng.choice([name for name in parts if name in _READ or "header" in name] or list(parts))
    kind, parts[name] = _changed_part(rng, parts[name])
    if rng.random() < 0.1:
        kind, parts = (
            "parts swapped",
            dict(zip(parts, rng.sample(list(parts.values()), len(parts)), strict=True)),
        )
    method = rng.choices(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA), (9, 9, 1, 1)
    )[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return kind, docx.package(parts, method)


def _changed_part(rng: Random, xml: bytes) -> tuple[str, bytes]:
    tags = [match.span() for match in _TAG.finditer(xml)]
    if not tags:
        return "parts spoilt", mutated(rng, xml, (xml,))[1]
    begin, end = rng.choice(tags)
    match rng.randrange(7):
        case 0:
            return "elements removed", xml[:begin] + xml[end:]
        case 1:
            times = rng.choice((1, 3, 300, 20_000))
            return "elements put in", xml[:begin] + rng.choice(_ELEMENTS) * times + xml[begin:]
        case 2:
            other = rng.choice(tags)[1]
            first, last = min(begin, other), max(begin, other)
            return "stretches repeated", xml[:last] + xml[first:last][:20_000] * rng.choice((1, 5, 40)) + xml[
                last:
            ]
        case 3:
            values = list(_VALUE.finditer(xml))
            if values:
                value = rng.choice(values)
                new = rng.choice(
                    (*NUMBERS, b"", b"../" * 9 + b"etc/passwd", b"file:///etc/passwd", b"9" * 99_999)
                )
                xml = xml[: value.start()] + b'"' + new + b'"' + xml[value.end() :]
            return "values changed", xml
        case 4:
            declared = rng.choice(
                (b'<!ENTITY e "ha">', b'<!ENTITY e SYSTEM "file:///etc/passwd">', b'<!ENTITY % e "x"> %e;',
                 b'<!ENTITY e "&e;">', b'<!ENTITY e "' + b"a" * 100_000 + b'">')
            )  # fmt: skip
            root = next((span[0] for span in tags if xml[span[0] + 1 : span[0] + 2] not in b"?!"), 0)
            body = xml[root:].replace(b"</w:t>", b"&e;</w:t>", rng.choice((1, 1000)))
            return "entities declared", xml[:root] + b"<!DOCTYPE d [" + declared + b"]>" + body
        case 5:
            encoding = rng.choice(("utf-16", "utf-32", "utf-7", "cp037", "latin-1", "big5"))
            return "another encoding", xml.decode("utf-8", "replace").replace("UTF-8", encoding, 1).encode(
                encoding if rng.random() < 0.5 else "utf-8", "replace"
            )
        case _:
            return "parts spoilt", mutated(rng, xml, (xml,))[1]


def _changed_directory(rng: Random, content: bytes) -> bytes:
    """One field of a header, anywhere in the zip."""
    changed = bytearray(content)
    magic, fields = rng.choice(
        (
            (b"PK\3\4", "4H2 6H2 8H2 14I4 18I4 22I4 26H2 28H2"),
            (b"PK\1\2", "6H2 8H2 10H2 16I4 20I4 24I4 28H2 30H2 32H2 42I4"),
            (b"PK\5\6", "4H2 8H2 10H2 12I4 16I4 20H2"),
        )
    )
    places = [match.start() for match in re.finditer(re.escape(magic), content)]
    for _ in range(rng.choice((1, 1, 3)) if places else 0):
        field = rng.choice(fields.split())
        offset, size = int(field[:-2]), int(field[-1])
        at = rng.choice(places) + offset
        if at + size <= len(changed):
            value = rng.choice((*INTEGERS, 12, 14, 0x800, 9, len(content), rng.randrange(len(content))))
            struct.pack_into("<H" if size == 2 else "<I", changed, at, value & ((1 << 8 * size) - 1))
    return bytes(changed)
