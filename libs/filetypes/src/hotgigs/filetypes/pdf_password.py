"""Whether a PDF needs a password to be opened.

`is_password_protected_pdf` parses a stranger's file: run it where time and memory are limited.
"""

from pathlib import Path
from typing import BinaryIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

_CHUNK_BYTES = 64 * 1024
_MARK = b"/Encrypt"

# What pypdf lets through on damaged files, besides its own errors.
_DAMAGED = (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def may_be_encrypted_pdf(file: BinaryIO) -> bool:
    """False where the file certainly is not encrypted. Reads it once, in chunks."""
    file.seek(0)
    carried = b""
    while chunk := file.read(_CHUNK_BYTES):
        window = carried + chunk
        if _MARK in window:
            return True
        carried = window[-(len(_MARK) - 1) :]
    return False


def is_password_protected_pdf(path: Path) -> bool:
    """True only where the empty password does not open the file.

    A PDF that merely restricts printing or copying (an owner password alone) is not protected in
    this sense; one that is locked to certificates is. False for a file too damaged to tell.
    """
    try:
        reader = PdfReader(path)
        return reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED
    except NotImplementedError:  # a security handler other than the standard one
        return True
    except _DAMAGED:
        return False
