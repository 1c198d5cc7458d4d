"""A zip of resumes, member by member, with every limit on what is really read."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from hotgigs.filetypes.errors import (
    ArchiveDamaged,
    ArchiveTooLarge,
    Damaged,
    DamagedMember,
    EncryptedMember,
    NestedArchive,
    NoMembers,
    TooManyMembers,
    Truncated,
    UnsupportedCompression,
)
from hotgigs.filetypes.filetype import FileType
from hotgigs.filetypes.identify import identify
from hotgigs.filetypes.safe_filename import safe_filename
from hotgigs.filetypes.zip_directory import open_zip

CHUNK_BYTES = 256 * 1024

_LOCAL_HEADER_BYTES = 30
_F_ENCRYPTED = 0x1
_F_UTF8_NAME = 0x800
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})

# What `zipfile` raises while it reads a damaged member.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


@dataclass
class _Budget:
    """Decompressed bytes that the archive may still yield, all members together."""

    bytes_left: int

    def spend(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise ArchiveTooLarge


@dataclass(frozen=True)
class Member:
    """One file of an archive; to be read before the archive's file is closed."""

    filename: str
    """Safe to store and show; members of different folders may share one."""
    _info: zipfile.ZipInfo = field(repr=False)
    _archive: zipfile.ZipFile = field(repr=False)
    _budget: _Budget = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        """The content, in chunks of at most `CHUNK_BYTES`.

        Raises `MemberRefused` (before the first chunk, or at the end where the checksum does not
        agree: drop what was stored, go on with the next member) or `ArchiveRefused` (stop).
        """
        if self._info.flag_bits & _F_ENCRYPTED:
            raise EncryptedMember
        if self._info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnsupportedCompression
        try:
            with self._archive.open(self._info) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    self._budget.spend(len(chunk))
                    yield chunk
        except _DAMAGED as err:
            raise DamagedMember from err


def members(file: BinaryIO, *, max_members: int, max_bytes: int) -> Iterator[Member]:
    """The files of a zip in the order of its directory, without folders and system clutter.

    Nothing is decompressed before a member's `chunks` are asked for. ``max_bytes`` bounds the
    decompressed bytes of all members together. Raises `ArchiveRefused`, at the first member for all
    that the directory tells. Blocking, and not thread-safe: use an archive and its members from one
    thread at a time. Reads in small pieces, so give it a buffered ``file``.
    """
    try:
        archive = open_zip(file)
    except (Truncated, Damaged) as err:
        raise ArchiveDamaged from err
    infos = [info for info in archive.infolist() if not _is_clutter(info)]
    if not infos:
        raise NoMembers
    if len(infos) > max_members:
        raise TooManyMembers.more_than(max_members)
    if sum(info.file_size for info in infos) > max_bytes:
        raise ArchiveTooLarge
    _require_no_overlap(archive)
    budget = _Budget(max_bytes)
    for info in infos:
        yield Member(safe_filename(_name(info)), info, archive, budget)


def identify_member(file: BinaryIO) -> FileType:
    """`identify` for a file that came out of an archive; raises `NestedArchive` for another archive."""
    file_type = identify(file)
    if file_type is FileType.ZIP:
        raise NestedArchive
    return file_type


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its author saw it: many tools write UTF-8 without the flag that says so."""
    if info.flag_bits & _F_UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    folders_and_name = info.filename.replace("\\", "/").split("/")
    name = folders_and_name[-1].lower()
    return not name or "__MACOSX" in folders_and_name or name.startswith(".") or name in _CLUTTER


def _require_no_overlap(archive: zipfile.ZipFile) -> None:
    """Members that share compressed bytes multiply a small file into a huge one."""
    end_of_last = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end_of_last:
            raise ArchiveDamaged
        end_of_last = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
