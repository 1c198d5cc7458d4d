import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hypothesis import given
from hypothesis import strategies as st

from hotgigs.drive_sync.sources.google_drive import documents
from hotgigs.drive_sync.sources.google_drive.documents import digest_of_parts


def archive(parts: list[tuple[str, bytes]], year: int = 2026) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as written:
        for name, content in parts:
            written.writestr(ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)
    return held.getvalue()


PARTS = [("word/document.xml", b"<w/>"), ("word/media/image1.png", b"png")]


def test_dates_order_and_properties_do_not_count() -> None:
    other = archive([*reversed(PARTS), ("docProps/core.xml", b"<modified/>")], year=2001)
    assert digest_of_parts(archive(PARTS)) == digest_of_parts(other) is not None


def test_names_and_contents_count() -> None:
    renamed = [("word/document.xml", b"<w/>"), ("word/media/image2.png", b"png")]
    changed = [("word/document.xml", b"<v/>"), ("word/media/image1.png", b"png")]
    moved = [("word/document.xml", b"png"), ("word/media/image1.png", b"<w/>")]
    digests = {digest_of_parts(archive(parts)) for parts in (PARTS, renamed, changed, moved, PARTS[:1])}
    assert len(digests) == 5


def test_what_unpacks_to_too_much_has_no_digest(monkeypatch) -> None:
    content = archive([("word/document.xml", b"0" * 1000)])
    monkeypatch.setattr(documents, "MOST_BYTES", 999)
    assert digest_of_parts(content) is None


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=8))
def test_what_cannot_be_unpacked_breaks_nothing(place: int, damage: bytes) -> None:
    content = archive(PARTS)
    place %= len(content)
    digest_of_parts(content[:place] + damage + content[place + len(damage) :])
    assert digest_of_parts(damage) is None
