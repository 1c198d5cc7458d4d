"""Check rendered material: every string of the truth is in its document, and no scan has a text layer."""

import argparse
import re
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from engines import office
from engines.processes import run
from lxml import etree
from make import file_name
from part import PARTS, Part
from people import Job
from printed import Printed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def folded(text: str) -> str:
    """Without case, white space, hyphens and what is drawn in place of letters."""
    text = unicodedata.normalize("NFKC", text.replace("\u2019", "'")).casefold()
    return re.sub(r"[\s▪■•○\u00ad\u2010-\u2015\u2212\u200b|'`\x00-\x1f-]+", "", text)


def expected(printed: Printed) -> Iterator[str]:
    p = printed.person
    names = [printed.look[half] for half in ("family", "given") if half in printed.look]
    yield from filter(None, (*(names or [printed.name]), p.email, printed.phone, p.headline, p.summary))
    # An address may have a postcode between city and region.
    yield from (p.place or "").split(", ")
    for job in p.jobs:
        yield from filter(None, (job.title, job.company, job.place, *job.bullets))
        yield from _ends(printed, job) if printed.look.get("apart") else (printed.span(job),)
    for study in p.education:
        yield from filter(
            None, (study.degree, study.school, study.place, study.grade, printed.studied(study))
        )
    for certificate in p.certificates:
        yield from filter(None, (certificate.name, certificate.issuer))
        yield from (
            printed.date(date, printed.style.short_dates)
            for date in (certificate.issued, certificate.expires)
            if date
        )
    yield from printed.all_skills
    yield from (language for language, _ in p.languages)


def _ends(printed: Printed, job: Job) -> Iterator[str]:
    """As a form prints them that asks for each apart."""
    yield printed.date(job.start)
    yield printed.date(job.end, last_day=True) if job.end else printed.style.now


def texts(document: Path) -> list[str]:
    """The document's text in the orders that readers find it in."""
    if document.suffix == ".docx":
        with zipfile.ZipFile(document) as parts:
            names = [
                n for n in parts.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n)
            ]
            roots = [etree.fromstring(parts.read(name)) for name in names]
        return ["".join(node.text or "" for root in roots for node in root.iter(f"{_W}t"))]
    if document.suffix == ".pdf":
        return [run(["pdftotext", *mode, document, "-"]) for mode in ([], ["-raw"], ["-layout"])]
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "converted.pdf"
        office.convert(document, pdf, "pdf")
        return texts(pdf)


def missing(printed: Printed, document: Path) -> list[str]:
    read = texts(document)
    if printed.style.kind == "scan":
        return [] if not "".join(read).strip() else ["(a scan with a text layer)"]
    known = [folded(text) for text in read]
    return [text for text in expected(printed) if not any(folded(text) in one for one in known)]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=PARTS, required=True)
    arguments.add_argument("--dir", type=Path, required=True, help="what make.py --out wrote")
    arguments.add_argument("--only", metavar="LAYOUT")
    asked = arguments.parse_args()
    checked = wrong = 0
    for printed in Part(asked.part, 1).documents(asked.only):
        document = asked.dir / "docs" / file_name(printed)
        if not document.exists():
            print(f"{document.name}: not made")
            continue
        checked += 1
        for text in missing(printed, document):
            wrong += 1
            print(f"{document.name}: not in the text: {text!r}")
    print(f"{checked} documents, {wrong} strings missing")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
