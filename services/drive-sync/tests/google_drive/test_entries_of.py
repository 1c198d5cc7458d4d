import pytest

from hotgigs.drive_sync.sources.entries import PassedOver, SourceFile, SourceFolder
from hotgigs.drive_sync.sources.google_drive.drive_resources import DOCUMENT, DOCX, FOLDER, SHORTCUT, read
from hotgigs.drive_sync.sources.google_drive.drive_resources import DriveFile as File
from hotgigs.drive_sync.sources.google_drive.entries_of import entry_of, revision_of, target_of

MOST_BYTES = 100


def reason(file: File) -> str | None:
    """Why it is passed over; None where it is fetched."""
    entry = entry_of(file, most_bytes=MOST_BYTES)
    assert not isinstance(entry, SourceFolder)
    return entry.reason if isinstance(entry, PassedOver) else None


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("cv", "application/pdf"),
        ("cv", DOCX),
        ("cv", "application/msword"),
        ("cv", "application/rtf"),
        ("cv", "text/rtf"),
        ("cv", "Application/PDF; charset=binary"),
        ("cv", DOCUMENT),
        ("CV.PDF", "application/octet-stream"),
        ("cv.doc ", "application/octet-stream"),
        ("cv.docx", "application/zip"),
        ("cv.rtf", ""),
    ],
)
def test_what_may_be_a_resume_is_fetched(name: str, mime_type: str) -> None:
    assert reason(File(id="1", name=name, mime_type=mime_type)) is None


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("cv.pdf", "image/png"),
        ("cv.doc", "text/plain"),
        ("cv.pdf", "application/vnd.google-apps.spreadsheet"),
        ("cv.docx", "application/vnd.google-apps.form"),
        ("cv", "application/octet-stream"),
        ("pdf", "application/octet-stream"),
        ("cv.zip", "application/zip"),
        ("cv.mp4", "video/mp4"),
    ],
)
def test_other_types_are_passed_over(name: str, mime_type: str) -> None:
    assert reason(File(id="1", name=name, mime_type=mime_type)) == "wrong_type"


def test_what_is_not_told_is_not_held_against_a_file() -> None:
    told = {"id": "1", "mimeType": "application/pdf", "capabilities": None, "shortcutDetails": None}
    assert reason(read(told | {"size": None, "parents": None}, File)) is None
    assert reason(read(told | {"capabilities": {"canDownload": False}}, File)) == "not_downloadable"


def test_the_largest_file_is_fetched_and_one_byte_more_is_not() -> None:
    sizes = [File(id="1", mime_type="application/pdf", size=size) for size in (0, 1, 100, 101, None)]
    assert [reason(file) for file in sizes] == ["empty", None, None, "too_large", None]


def test_trash_comes_before_all_else() -> None:
    for mime_type in (FOLDER, SHORTCUT, "image/png", "application/pdf"):
        file = read({"id": "1", "mimeType": mime_type, "trashed": True}, File)
        assert reason(file) == "trashed"
        assert target_of(file) is None


def test_a_shortcut_says_what_it_leads_to() -> None:
    details = {"targetId": "2", "targetMimeType": "application/pdf"}
    to_file = read({"id": "1", "mimeType": SHORTCUT, "shortcutDetails": details}, File)
    assert (target_of(to_file), reason(to_file)) == ("2", "shortcut")
    details["targetMimeType"] = FOLDER
    assert target_of(read({"id": "1", "mimeType": SHORTCUT, "shortcutDetails": details}, File)) is None
    assert target_of(read({"id": "1", "mimeType": SHORTCUT}, File)) is None


def test_the_revision_is_the_best_that_there_is() -> None:
    known = {"id": "1", "sha256Checksum": "AB", "md5Checksum": "cd", "headRevisionId": "r", "version": "7"}
    revisions = []
    for name in ("sha256Checksum", "md5Checksum", "headRevisionId", "version"):
        revisions.append(revision_of(read(known, File)))
        del known[name]
    assert revisions == ["sha256:ab", "md5:cd", "revision:r", "version:7"]
    assert revision_of(read(known, File)) != revision_of(read(known, File))


def test_a_document_is_named_as_what_it_is_exported_to() -> None:
    entries = [
        entry_of(File(id="1", name=name, mime_type=DOCUMENT, version=3, size=10**9), most_bytes=MOST_BYTES)
        for name in ("Jane's CV", "cv.DOCX")
    ]
    assert [entry.name for entry in entries if isinstance(entry, SourceFile)] == ["Jane's CV.docx", "cv.DOCX"]
