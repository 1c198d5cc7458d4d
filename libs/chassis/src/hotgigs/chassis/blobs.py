"""The object store, by URL: a local folder, S3, Google Cloud Storage, Azure."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

STORE_FAILED = (BaseError, OSError)
"""What obstore raises; a missing object is FileNotFoundError, which is an OSError."""


def open_blobs(url: str) -> ObjectStore:
    """Credentials of a cloud store come from its usual environment variables."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)), mkdir=True, automatic_cleanup=True)
    return from_url(url)
