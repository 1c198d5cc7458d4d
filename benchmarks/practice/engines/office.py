"""Conversions by LibreOffice Writer."""

import tempfile
from pathlib import Path

from engines.processes import run

_FILTERS = {
    "pdf": "pdf:writer_pdf_Export",
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
}


def convert(source: Path, target: Path, kind: str) -> None:
    """``kind`` is a key of the filters; the target's name may say something else."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--infilter=HTML (StarWriter)"] if source.suffix == ".html" else []
        run(
            [
                "soffice",
                f"-env:UserInstallation=file://{Path(tempfile.gettempdir()) / 'practice-office'}",
                "--headless",
                *options,
                "--convert-to",
                _FILTERS[kind],
                "--outdir",
                folder,
                source,
            ]
        )
        made = Path(folder) / f"{source.stem}.{kind}"
        if not made.exists():
            raise RuntimeError(f"LibreOffice made no {kind} of {source.name}")
        target.write_bytes(made.read_bytes())
