"""Many small resumes of different people who do not exist, each a valid file of its own."""

import functools
import io
import tomllib
import zipfile
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from msgspec import Struct

_NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text())
_FIRST = _NAMES["first"].split()
_LAST = _NAMES["last"].split()
_INITIALS = "ABCDEFGHJKLMNPRSTW"
_SKILLS = ("Python", "Java", "PostgreSQL", "Docker", "Kubernetes", "React", "Terraform", "Kafka", "Go", "AWS")


class Person(Struct, frozen=True):
    name: str
    mail: str
    phone: str
    skills: tuple[str, ...]


def person(number: int) -> Person:
    """Another for every number; names come again after 45,000, mails and phones do not."""
    first = _FIRST[number % len(_FIRST)]
    last = _LAST[number // len(_FIRST) % len(_LAST)]
    initial = _INITIALS[number // (len(_FIRST) * len(_LAST)) % len(_INITIALS)]
    return Person(
        f"{first} {initial}. {last}",
        f"{first}.{last}.{number}@example.com".lower(),
        f"+1 212 {number // 10000 % 1000 + 200:03d} {number % 10000:04d}",
        tuple(_SKILLS[(number + step) % len(_SKILLS)] for step in (0, 3, 4)),
    )


def lines_of(number: int) -> list[str]:
    one = person(number)
    return [
        one.name,
        f"{one.mail} | {one.phone}",
        "Summary",
        "Software engineer who has built and run services for eight years.",
        "Experience",
        f"Senior Software Engineer, Example Systems {number % 97}, 2019 - 2024",
        "Software Engineer, Sample Works, 2015 - 2019",
        "Education",
        "Bachelor of Science in Computer Science, State University, 2015",
        "Skills",
        ", ".join(one.skills),
    ]


def resume(number: int, kind: Literal["docx", "pdf"] = "docx") -> bytes:
    """The same bytes for the same number, and other bytes for every other."""
    lines = lines_of(number)
    return docx(lines) if kind == "docx" else pdf(lines)


_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = "application/vnd.openxmlformats-"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_PACKAGE = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_TYPES}package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    f'ContentType="{_TYPES}officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}


@functools.cache
def _package() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _PACKAGE.items():
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text)
    return held.getvalue()


def docx(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = (
        f'{_XML}<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    held = io.BytesIO(_package())
    with zipfile.ZipFile(held, "a") as package:
        entry = zipfile.ZipInfo("word/document.xml", (2025, 1, 1, 0, 0, 0))
        package.writestr(entry, document, zipfile.ZIP_DEFLATED, 1)
    return held.getvalue()


def pdf(lines: list[str]) -> bytes:
    shown = "\n".join(
        f"({line.translate({ord(mark): chr(92) + mark for mark in '()' + chr(92)})}) Tj T*" for line in lines
    )
    content = f"BT /F1 11 Tf 72 770 Td 16 TL\n{shown}\nET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" % table
    written += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(written)
