import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.filetypes import FileType, Rejected, identify_member, members
from hotgigs.filetypes.errors import (
    ArchiveDamaged,
    ArchiveTooLarge,
    DamagedMember,
    EncryptedMember,
    NestedArchive,
    NoMembers,
    TooManyMembers,
    UnsupportedCompression,
)

Zip = Callable[[Mapping[str, bytes]], bytes]
MIB = 1024 * 1024


def contents(
    archive: bytes, *, max_members: int = 10, max_bytes: int = MIB
) -> dict[str, bytes | type[Rejected]]:
    """What a caller that drops refused members would store."""
    stored: dict[str, bytes | type[Rejected]] = {}
    for member in members(io.BytesIO(archive), max_members=max_members, max_bytes=max_bytes):
        try:
            stored[member.filename] = b"".join(member.chunks())
        except (DamagedMember, EncryptedMember, UnsupportedCompression) as err:
            stored[member.filename] = type(err)
    return stored


def test_members_are_read_without_system_clutter(zip_of: Zip) -> None:
    archive = zip_of(
        {
            "team/": b"",
            "team/ada.pdf": b"one",
            "__MACOSX/team/._ada.pdf": b"x",
            ".DS_Store": b"x",
            "team/Thumbs.db": b"x",
            "grace.doc": b"two",
        }
    )
    assert contents(archive) == {"ada.pdf": b"one", "grace.doc": b"two"}


def test_members_of_different_folders_may_share_a_name(zip_of: Zip) -> None:
    archive = zip_of({"a/cv.pdf": b"1", "b/cv.pdf": b"2"})
    names = [m.filename for m in members(io.BytesIO(archive), max_members=9, max_bytes=99)]
    assert names == ["cv.pdf", "cv.pdf"]


def test_a_member_cannot_leave_its_folder(zip_of: Zip) -> None:
    archive = zip_of({"../../etc/passwd": b"1", "C:\\cv\\x.doc": b"2", "/abs.pdf": b"3"})
    assert set(contents(archive)) == {"passwd", "x.doc", "abs.pdf"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
def test_names_are_decoded_whether_or_not_the_flag_is_set(zip_of: Zip, encoding: str) -> None:
    name = "résumé.pdf"
    placeholder = "n" * len(name.encode(encoding))
    archive = zip_of({placeholder: b"1"}).replace(placeholder.encode(), name.encode(encoding))
    assert set(contents(archive)) == {name}


def test_too_many_members_are_refused_before_the_first(zip_of: Zip) -> None:
    archive = zip_of({f"{n}.pdf": b"" for n in range(11)})
    with pytest.raises(TooManyMembers, match="more than 10 files"):
        contents(archive)


def test_an_archive_without_files_is_refused(zip_of: Zip) -> None:
    with pytest.raises(NoMembers):
        contents(zip_of({"only/": b""}))


def test_what_is_no_zip_is_damaged() -> None:
    with pytest.raises(ArchiveDamaged):
        contents(b"PK\x03\x04 nothing more")


def test_a_zip_bomb_is_refused_by_its_declared_size(zip_of: Zip) -> None:
    with pytest.raises(ArchiveTooLarge):
        contents(zip_of({"bomb.pdf": b"\0" * 2 * MIB}))


def test_a_zip_bomb_that_lies_about_its_size_yields_no_more_than_it_says(zip_of: Zip) -> None:
    archive = zip_of({"bomb.pdf": b"\0" * 2 * MIB})
    size = struct.pack("<I", 2 * MIB)
    assert contents(archive.replace(size, struct.pack("<I", 100))) == {"bomb.pdf": DamagedMember}


def test_real_bytes_are_counted_over_all_members(zip_of: Zip) -> None:
    opened = members(io.BytesIO(zip_of({"a": b"1" * 60, "b": b"2" * 40})), max_members=2, max_bytes=100)
    first, second = opened
    list(first.chunks())
    list(second.chunks())
    with pytest.raises(ArchiveTooLarge):
        list(first.chunks())


def test_overlapping_members_are_refused(zip_of: Zip) -> None:
    archive = bytearray(zip_of({"a.pdf": b"same" * 50, "b.pdf": b"same" * 50}))
    second = archive.rfind(b"PK\x01\x02")
    archive[second + 42 : second + 46] = struct.pack("<I", 0)
    with pytest.raises(ArchiveDamaged):
        contents(bytes(archive))


def test_a_damaged_member_leaves_its_neighbours_readable() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("bad.pdf", b"first content")
        archive.writestr("good.pdf", b"second content")
    damaged = buffer.getvalue().replace(b"first content", b"worst content")
    assert contents(damaged) == {"bad.pdf": DamagedMember, "good.pdf": b"second content"}


def test_an_encrypted_member_is_refused_alone(zip_of: Zip) -> None:
    archive = bytearray(zip_of({"a.pdf": b"1", "b.pdf": b"2"}))
    archive[archive.find(b"PK\x01\x02") + 8] |= 1
    assert contents(bytes(archive)) == {"a.pdf": EncryptedMember, "b.pdf": b"2"}


def test_an_unusual_compression_is_refused_alone() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.pdf", b"1", zipfile.ZIP_BZIP2)
        archive.writestr("b.pdf", b"2")
    assert contents(buffer.getvalue()) == {"a.pdf": UnsupportedCompression, "b.pdf": b"2"}


def test_an_archive_inside_an_archive_is_not_opened(valid_files: dict[FileType, bytes]) -> None:
    with pytest.raises(NestedArchive, match="An archive inside an archive is not opened"):
        identify_member(io.BytesIO(valid_files[FileType.ZIP]))
    assert identify_member(io.BytesIO(valid_files[FileType.DOCX])) is FileType.DOCX


@given(st.data())
def test_a_corrupted_archive_yields_members_or_is_refused(
    valid_files: dict[FileType, bytes], data: st.DataObject
) -> None:
    content = bytearray(valid_files[FileType.ZIP])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        stored = contents(bytes(content[: data.draw(st.integers(0, len(content)))]))
    except Rejected:
        return
    assert sum(len(value) for value in stored.values() if isinstance(value, bytes)) <= MIB
