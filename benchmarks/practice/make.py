"""Render a part of the practice material: docs/, truth/ and manifest.json in the folder of --out."""

import argparse
import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import templates
from engines import chromium, latex, office, scan
from engines.processes import Missing
from part import PARTS, Part, builder
from printed import Printed

# A kind of document: its format in the manifest and the ending of its file's name.
_KINDS = {
    "pdf": ("pdf", ".pdf"),
    "docx": ("docx", ".docx"),
    "office-docx": ("docx", ".docx"),
    "office-pdf": ("pdf", ".pdf"),
    "doc": ("doc", ".doc"),
    "rtf": ("rtf", ".rtf"),
    "rtf-as-doc": ("doc", ".doc"),
    "scan": ("scan", ".pdf"),
}
# Of a kind that LibreOffice makes: what it is asked for.
_CONVERTED = {"office-docx": "docx", "office-pdf": "pdf", "doc": "doc", "rtf": "rtf", "rtf-as-doc": "rtf"}


def file_name(printed: Printed) -> str:
    return printed.key + _KINDS[printed.style.kind][1]


def render(part: Part, printed: Printed, target: Path) -> None:
    source, kind = part.source(printed.style.layout), printed.style.kind
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / f"page{source.suffix}"
        pdf = target if kind == "pdf" else Path(folder) / "page.pdf"
        if source.suffix == ".py":
            page = target if kind == "docx" else Path(folder) / "page.docx"
            builder(source)(printed).save(page)
            if kind == "scan":
                office.convert(page, pdf, "pdf")
        else:
            make = templates.html if source.suffix == ".html" else templates.tex
            page.write_text(make(part.layouts).get_template(source.name).render(d=printed), "utf-8")
            if kind in ("pdf", "scan"):
                (chromium if source.suffix == ".html" else latex).to_pdf(page, pdf)
        if kind in _CONVERTED:
            office.convert(page, target, _CONVERTED[kind])
        if kind == "scan":
            scan.to_scan(pdf, target, printed.random, **printed.style.scan)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--part", choices=PARTS, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument(
        "--only", metavar="LAYOUT", help="of one layout or person; the manifest lists these only"
    )
    arguments.add_argument("--seed", type=int, default=1, help="of the scans' noise")
    asked = arguments.parse_args()
    part = Part(asked.part, asked.seed)
    documents = list(part.documents(asked.only))
    failures: list[str] = []
    for folder in ("docs", "truth"):
        (asked.out / folder).mkdir(parents=True, exist_ok=True)

    def made(printed: Printed) -> dict[str, object] | None:
        target = asked.out.absolute() / "docs" / file_name(printed)
        truth = asked.out / "truth" / f"{printed.key}.json"
        try:
            render(part, printed, target)
        except Missing as missing:
            print(f"{target.name}: left out, {missing}", file=sys.stderr)
            return None
        except RuntimeError as failed:
            print(f"{target.name}: {failed}", file=sys.stderr)
            failures.append(target.name)
            return None
        truth.write_text(json.dumps(printed.truth(), ensure_ascii=False, indent=1), "utf-8")
        return {
            "file": f"docs/{target.name}",
            "truth": f"truth/{truth.name}",
            "layout": printed.style.layout,
            "format": _KINDS[printed.style.kind][0],
            "omits": [],
        }

    # LibreOffice keeps one profile and so runs once at a time; browsers run beside it.
    by_office: dict[bool, list[Printed]] = {True: [], False: []}
    for document in documents:
        by_office[
            document.style.kind in _CONVERTED or part.source(document.style.layout).suffix == ".py"
        ].append(document)
    with ThreadPoolExecutor() as pool:
        halves = list(pool.map(lambda half: [made(d) for d in half], by_office.values()))
    rows = [row for half in halves for row in half if row]
    rows.sort(key=lambda row: str(row["file"]))
    (asked.out / "manifest.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    print(f"{len(rows)} documents of {len({d.person.name for d in documents})} people in {asked.out}")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
