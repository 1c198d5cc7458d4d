"""Names that strangers give to files, made safe to store, show and send back."""

import re
import unicodedata
from typing import Final

MAX_FILENAME_BYTES: Final = 255
"""Of the name in UTF-8, as file systems count."""

_MAX_EXTENSION_BYTES = 20
_NAMELESS = "resume"
_DRIVE = re.compile(r"^[A-Za-z]:")
_RESERVED = re.compile(r'[<>:"/\\|?*]')


def safe_filename(name: str) -> str:
    """The last part of ``name`` as a plain file name.

    Never empty, at most `MAX_FILENAME_BYTES` long, without separators, control or formatting
    characters and runs of dots; the extension stays. What has no usable name is called ``resume``.
    """
    parts = [_plain(part) for part in _DRIVE.sub("", name).replace("\\", "/").split("/")]
    last = next((part for part in reversed(parts) if part.strip(". ")), "")
    stem, dot, extension = last.rpartition(".")
    if not dot:
        stem, extension = last, ""
    return _fitted(stem.strip(". ") or _NAMELESS, extension.strip())


def _plain(part: str) -> str:
    visible = "".join(c for c in unicodedata.normalize("NFC", part) if unicodedata.category(c)[0] != "C")
    spaced = " ".join(_RESERVED.sub("_", visible).split())
    return re.sub(r"\.[. ]*\.", ".", spaced).rstrip(". ")


def _fitted(stem: str, extension: str) -> str:
    if len(extension.encode()) > _MAX_EXTENSION_BYTES:
        stem, extension = f"{stem}.{extension}", ""
    suffix = f".{extension}" if extension else ""
    room = MAX_FILENAME_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + suffix
