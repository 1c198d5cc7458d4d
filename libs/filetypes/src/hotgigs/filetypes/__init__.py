"""What kind of file an upload is, decided by its content and never by its name.

Pure functions over a seekable binary file; every service that takes files in uses these, so that
the same file is accepted, or refused in the same words, wherever it comes from.
"""

from hotgigs.filetypes.archive import Member, identify_member, members
from hotgigs.filetypes.errors import ArchiveRefused, Empty, Encrypted, MemberRefused, Rejected
from hotgigs.filetypes.filetype import FileType
from hotgigs.filetypes.identify import identify
from hotgigs.filetypes.safe_filename import safe_filename

__all__ = [
    "ArchiveRefused",
    "Empty",
    "Encrypted",
    "FileType",
    "Member",
    "MemberRefused",
    "Rejected",
    "identify",
    "identify_member",
    "members",
    "safe_filename",
]
