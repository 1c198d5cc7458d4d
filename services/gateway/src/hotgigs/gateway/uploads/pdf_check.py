"""What the gateway's worker process does: whether a PDF needs a password."""

from pathlib import Path

from hotgigs.chassis.worker_main import Report
from hotgigs.filetypes.pdf_password import is_password_protected_pdf

JOB = "hotgigs.gateway.uploads.pdf_check:check"


def check(request: bytes, _: Report) -> bytes:
    """A path -> ``protected`` or ``open``."""
    return b"protected" if is_password_protected_pdf(Path(request.decode())) else b"open"
