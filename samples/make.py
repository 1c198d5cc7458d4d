"""Makes the sample resumes of this folder again from their sources: ``python samples/make.py``.

Needs Chromium (``chromium``) for the PDFs, LibreOffice Writer (``soffice``) for the DOC and the font
family Liberation; the Debian packages are chromium, libreoffice-writer and fonts-liberation. All
people are invented; telephone numbers are from the ranges kept free for fiction.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import word_samples

SAMPLES = Path(__file__).resolve().parent
SOURCES = SAMPLES / "sources"


def make_pdf(source: Path) -> None:
    target = SAMPLES / f"{source.stem}.pdf"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    _run("chromium", *options, f"--print-to-pdf={target}", source.as_uri())


def make_doc(docx: Path) -> None:
    _run("soffice", "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(SAMPLES), str(docx))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - nothing of it comes from outside


def main() -> None:
    for source in sorted(SOURCES.glob("*.html")):
        make_pdf(source)
    word_samples.solene_kerbrat().save(str(SAMPLES / "solene-kerbrat.docx"))
    with tempfile.TemporaryDirectory() as folder:
        docx = Path(folder) / "caleb-norquist.docx"
        word_samples.caleb_norquist().save(str(docx))
        make_doc(docx)
    shutil.copyfile(SOURCES / "siobhan-tierney.rtf", SAMPLES / "siobhan-tierney.doc")


if __name__ == "__main__":
    main()
