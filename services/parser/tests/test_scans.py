import io
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from hotgigs.parser.document import Document
from hotgigs.parser.errors import Unreadable
from hotgigs.parser.extraction import pdf
from hotgigs.parser.extraction.ocr import neural, scans, tesseract
from hotgigs.parser.extraction.ocr.words import Reading

SAMPLE = Path(__file__).parents[3] / "samples" / "tobias-ekwall.pdf"
LINES = (
    "Márta Økland-Weiß",
    "marta.okland@example.org",
    "EXPERIENCE",
    "Senior Engineer, Façade & Größe GmbH",
    "March 2019 - June 2022",
    "Led the migration of eleven services to queues",
    "Analyst, Compañía Española",
    "April 2015 - February 2019",
    "Wrote the reports that nobody had asked for",
)


def text_page(*lines: str) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(lines):
        page.insert_text((60, 90 + 24 * number), line, fontname="helv", fontsize=12)
    return document


def scanned(document: pymupdf.Document, *, degrees: float = 0, dpi: int = 150, pages: int = 1) -> bytes:
    """Pictures of the first pages, turned clockwise, on pages of the turned size."""
    with pymupdf.open() as scan:
        for number in range(pages):
            matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(degrees)
            pixmap = document[number % len(document)].get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY)
            page = scan.new_page(width=pixmap.width * 72 / dpi, height=pixmap.height * 72 / dpi)
            page.insert_image(page.rect, stream=pixmap.tobytes("jpg", jpg_quality=60))
        return bytes(scan.tobytes())


def words(document: Document) -> set[str]:
    return {word for line in document.lines for word in line.text.split()}


def found(document: Document, lines: tuple[str, ...] = LINES) -> float:
    """The share of the printed words that were read."""
    printed = {word for line in lines for word in line.split()}
    return len(printed & words(document)) / len(printed)


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """A stand-in engine that reads the same line on every page; the shapes of what it was shown."""
    shown: list[tuple[int, ...]] = []

    def read(image: neural.Image) -> list[Reading]:
        shown.append(image.shape)
        return [Reading("A line of a certain length that is read", 200, 200, 900, 230, 0.9)]

    monkeypatch.setattr(neural, "read", read)
    monkeypatch.setattr(scans, "installed_languages", lambda: ())
    return shown


@pytest.mark.parametrize("degrees", [0, 3, -2, 90, 180, 268])
def test_a_scan_is_read_however_it_lies(degrees: float) -> None:
    document = pdf.extract(scanned(text_page(*LINES), degrees=degrees))
    assert found(document) > 0.9
    assert [line.text for line in document.lines][2] == "EXPERIENCE"
    assert all(0.5 < line.confidence <= 1 for line in document.lines)


def test_what_is_read_stands_where_it_is_printed() -> None:
    source = text_page(*LINES)
    printed = pdf.extract(source.tobytes()).lines
    read = pdf.extract(scanned(source)).lines
    assert len(read) == len(printed)
    for one, other in zip(read, printed, strict=True):
        assert (one.x0, one.x1) == pytest.approx((other.x0, other.x1), abs=4)
        assert (one.y0, one.y1) == pytest.approx((other.y0, other.y1), abs=4)
        assert one.font_size == pytest.approx(other.font_size, abs=1.5)


def test_the_sample_is_read_from_a_picture_as_from_its_text() -> None:
    source = pymupdf.open(SAMPLE)
    printed = {
        word
        for line in pdf.extract(SAMPLE.read_bytes()).lines
        if line.page == 1
        for word in line.text.split()
    }
    read = words(pdf.extract(scanned(source, dpi=200, degrees=0.7)))
    assert len(printed & read) > 0.93 * len(printed)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_reads_what_is_begun_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "NEURAL_S", -1.0)
    monkeypatch.setattr(scans, "_PAGE_TIME_LIMIT_S", 60.0)
    monkeypatch.setattr(neural, "read", lambda image: pytest.fail("the other engine was asked"))
    assert found(pdf.extract(scanned(text_page(*LINES)))) > 0.8


def test_a_tesseract_that_takes_too_long_reads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && { echo eng; exit; }\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    tesseract.installed_languages.cache_clear()
    try:
        assert tesseract.Tesseract().read(neural.np.full((50, 50), 255, dtype="uint8"), 0.2) == []
    finally:
        tesseract.installed_languages.cache_clear()


def test_a_page_with_text_is_never_recognised(recognised: list[tuple[int, ...]]) -> None:
    document = text_page(*LINES)
    document.new_page().insert_text((60, 90), "References on request")
    told: list[str] = []
    pdf.extract(document.tobytes(), lambda: told.append("scan"))
    pdf.extract(SAMPLE.read_bytes(), lambda: told.append("scan"))
    assert (recognised, told) == ([], [])


@pytest.mark.parametrize(
    "layer", ["\ufffd\ue010 " * 40, "(GXFDWLRQ DQG H[SHULHQFH RI WKH DSSOLFDQW LQ PDQ\\ \\HDUV " * 4]
)
def test_a_text_layer_that_is_garbage_is_replaced(recognised: list[tuple[int, ...]], layer: str) -> None:
    with pymupdf.open(stream=scanned(text_page(*LINES))) as document:
        writer = pymupdf.TextWriter(document[0].rect)
        for number, part in enumerate(layer[start : start + 60] for start in range(0, len(layer), 60)):
            writer.append((60, 90 + 24 * number), part, font=pymupdf.Font("cour"))
        writer.write_text(document[0], render_mode=3)
        data = document.tobytes()
    assert [line.text for line in pdf.extract(data).lines] == ["A line of a certain length that is read"]
    assert recognised


def test_the_mark_of_a_scanning_app_does_not_hide_a_scan(recognised: list[tuple[int, ...]]) -> None:
    with pymupdf.open(stream=scanned(text_page(*LINES))) as document:
        document[0].insert_text((60, 800), "Scanned by an app")
        pdf.extract(document.tobytes())
    assert recognised


def test_a_page_of_any_claimed_size_is_rendered_within_bounds(recognised: list[tuple[int, ...]]) -> None:
    picture = text_page(*LINES)[0].get_pixmap(dpi=100).tobytes("jpg")
    with pymupdf.open() as document:
        for width, height in ((14_400, 14_400), (1_653, 2_339), (100, 140), (300, 14_000)):
            page = document.new_page(width=width, height=height)
            page.insert_image(page.rect, stream=picture, keep_proportion=False)
        lines = pdf.extract(document.tobytes()).lines
    assert all(rows * columns < 11_000_000 for rows, columns in recognised)
    as_app = next(line for line in lines if line.page == 2)
    assert as_app.x0 == pytest.approx(200 / 200 * 72 * 1_653 / 595, rel=0.05)


def test_of_many_scanned_pages_the_first_are_read(recognised: list[tuple[int, ...]]) -> None:
    document = pdf.extract(scanned(text_page(*LINES), pages=100, dpi=60))
    assert {line.page for line in document.lines} == set(range(1, scans.MAX_PAGES + 1))
    assert document.page_count == 100


def test_scans_that_take_too_long_are_refused_unless_enough_was_read(
    recognised: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock: Callable[[], Iterator[float]] = lambda: (float(n) for n in range(0, 1_000, 3))  # noqa: E731
    ticks = clock()
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    data = scanned(text_page(*LINES), pages=6, dpi=60)
    monkeypatch.setattr(scans, "BUDGET_S", 7.0)
    with pytest.raises(Unreadable, match="takes too long"):
        pdf.extract(data)
    ticks = clock()
    monkeypatch.setattr(scans, "BUDGET_S", 30.0)
    assert scans.ENOUGH_PAGES <= len({line.page for line in pdf.extract(data).lines}) < 6


def test_a_broken_picture_is_a_scan_without_text() -> None:
    data = bytearray(scanned(text_page(*LINES)))
    start = data.index(b"\xff\xd8")
    end = data.index(b"endstream", start)
    data[start + 20 : end] = bytes(end - start - 20)
    with pytest.raises(Unreadable, match="scan"):
        pdf.extract(bytes(data))


def test_a_photo_alone_is_a_scan_without_text() -> None:
    noise = io.BytesIO()
    neural.np.save(noise, neural.np.random.default_rng(1).integers(0, 255, (200, 200), dtype="uint8"))
    with pymupdf.open() as document:
        page = document.new_page()
        samples = noise.getvalue()[-40_000:]
        page.insert_image(
            pymupdf.Rect(100, 100, 300, 300), pixmap=pymupdf.Pixmap(pymupdf.csGRAY, 200, 200, samples, False)
        )
        data = document.tobytes()
    with pytest.raises(Unreadable, match="scan"):
        pdf.extract(data)


def test_a_bold_line_of_a_scan_is_bold() -> None:
    document = text_page(*LINES[4:])
    document[0].insert_text((60, 400), "Work Experience and more", fontname="hebo", fontsize=12)
    weights = {line.text: line.weight for line in pdf.extract(scanned(document, degrees=1)).lines}
    assert weights.pop("Work Experience and more") == 700
    assert set(weights.values()) == {400}
