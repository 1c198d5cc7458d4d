import contextlib
import io
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.filetypes import Empty, Encrypted, FileType, Rejected, identify
from hotgigs.filetypes.errors import Damaged, OtherDocument, Truncated, UnknownType

Zip = Callable[[Mapping[str, bytes]], bytes]


class CountingFile(io.BytesIO):
    bytes_read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.bytes_read += len(data)
        return data


def outcome(content: bytes) -> FileType | type[Rejected]:
    try:
        return identify(io.BytesIO(content))
    except Rejected as err:
        sentence = str(err)
        assert sentence.endswith(".")
        assert "0x" not in sentence
        return type(err)


@pytest.mark.parametrize("file_type", FileType)
def test_each_type_is_known_by_its_content(file_type: FileType, valid_files: dict[FileType, bytes]) -> None:
    assert outcome(valid_files[file_type]) is file_type


def test_a_type_names_itself() -> None:
    assert FileType.DOC.extension == ".doc"
    assert FileType.DOC.media_type == "application/msword"
    assert {t.media_type for t in FileType if t is not FileType.ZIP}.isdisjoint({FileType.ZIP.media_type})
    assert FileType.RTF.label == "RTF"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Empty),
        (b"Ada Example\nEngineer\n", UnknownType),
        (b"\x89PNG\r\n\x1a\n", OtherDocument),
        (b"\n<HTML><body>Ada</body></html>", OtherDocument),
        (b"%PDF-1.7\n1 0 obj", Truncated),
        (b"x" * 1024 + b"%PDF-1.7 %%EOF", UnknownType),
        (b"%PDF-1.7 %%EOF" + b"\0" * 65536, Truncated),
        (b"PK\x03\x04", Truncated),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Truncated),
    ],
)
def test_what_is_not_taken_in(content: bytes, error: type[Rejected]) -> None:
    assert outcome(content) is error


def test_the_refusal_of_an_unknown_type_names_the_accepted_ones() -> None:
    with pytest.raises(UnknownType, match="PDF, DOCX, DOC or RTF"):
        identify(io.BytesIO(b"hello"))


def test_a_web_page_saved_as_a_document_is_named() -> None:
    with pytest.raises(OtherDocument, match="a web page, not a Word document"):
        identify(io.BytesIO(b"<!DOCTYPE html><p>Ada"))


def test_a_pdf_may_have_junk_around_it() -> None:
    assert outcome(b"\r\n" * 500 + b"%PDF-1.4 ... %%EOF" + b"\0" * 60_000) is FileType.PDF


def test_an_rtf_may_begin_with_a_byte_order_mark() -> None:
    assert outcome(b"\xef\xbb\xbf\r\n{\\rtf1 Ada}") is FileType.RTF


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("content.xml", "OpenDocument")],
)
def test_office_zips_other_than_word_are_named(part: str, kind: str, zip_of: Zip) -> None:
    content = zip_of({"[Content_Types].xml": b"", part: b"<x/>"})
    with pytest.raises(OtherDocument, match=kind):
        identify(io.BytesIO(content))


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint"), ("Unheard of", "Office document")],
)
def test_compound_files_other_than_word_are_named(stream: str, kind: str, compound_file_of: Zip) -> None:
    with pytest.raises(OtherDocument, match=kind):
        identify(io.BytesIO(compound_file_of({stream: b""})))


def test_a_docx_needs_its_main_part(zip_of: Zip) -> None:
    assert outcome(zip_of({"[Content_Types].xml": b"", "word/styles.xml": b""})) is OtherDocument


def test_protected_word_files_are_refused(compound_file_of: Zip, doc_with: Callable[..., bytes]) -> None:
    assert outcome(compound_file_of({"EncryptionInfo": b"", "EncryptedPackage": b""})) is Encrypted
    assert outcome(doc_with(flags=0x0100)) is Encrypted


def test_a_word_stream_that_is_none_is_damaged(doc_with: Callable[..., bytes]) -> None:
    assert outcome(doc_with(ident=0x1234)) is Damaged


def test_a_zip_directory_that_claims_to_be_huge_is_not_read(zip_of: Zip) -> None:
    many = zip_of({f"{number:05}" * 40: b"" for number in range(6000)})
    file = CountingFile(many)
    with pytest.raises(Rejected, match="too many files"):
        identify(file)
    assert file.bytes_read < 1_200_000


def test_little_is_read_of_a_large_file(valid_files: dict[FileType, bytes]) -> None:
    file = CountingFile(b"%PDF-1.7" + b"\0" * 5_000_000 + b"%%EOF")
    identify(file)
    assert file.bytes_read <= 66 * 1024


@given(st.binary(max_size=3000))
def test_arbitrary_bytes_are_typed_or_rejected(content: bytes) -> None:
    outcome(content)


@given(
    st.sampled_from([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06", b"{\\rtf", b"%PDF-"]),
    st.binary(max_size=3000),
)
def test_arbitrary_bytes_after_a_magic_are_typed_or_rejected(magic: bytes, content: bytes) -> None:
    outcome(magic + content)


@given(st.data(), st.sampled_from(FileType))
def test_a_truncated_file_is_typed_or_rejected(
    valid_files: dict[FileType, bytes], data: st.DataObject, file_type: FileType
) -> None:
    content = valid_files[file_type]
    cut = content[: data.draw(st.integers(0, len(content)))]
    assert outcome(cut) in (file_type, Empty, UnknownType, Truncated, Damaged)


@given(st.data(), st.sampled_from([FileType.DOC, FileType.DOCX]))
def test_a_corrupted_file_is_typed_or_rejected_and_little_is_read(
    valid_files: dict[FileType, bytes], data: st.DataObject, file_type: FileType
) -> None:
    content = bytearray(valid_files[file_type])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    file = CountingFile(bytes(content))
    with contextlib.suppress(Rejected):
        identify(file)
    assert file.bytes_read < 20 * len(content)


def test_any_truncation_that_loses_a_sector_of_a_word_file_is_noticed(
    valid_files: dict[FileType, bytes],
) -> None:
    content = valid_files[FileType.DOC]
    for end in range(8, len(content) - 512, 100):
        assert outcome(content[:end]) is Truncated
