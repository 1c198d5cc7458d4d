"""Resumes as ingest tells of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec

from hotgigs.contracts.resume_state import ResumeState, StoredFile

RECEIVED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def uploaded(**changes: Any) -> ResumeState:
    """A new recruiter's new resume, with ``changes``."""
    resume_id, owner = uuid4(), uuid4()
    resume = ResumeState(
        resume_id=resume_id,
        version=1,
        attempt=1,
        owner_user_id=owner,
        database_id=owner,
        source="resume_import",
        filename="cv.pdf",
        file=StoredFile(
            blob_key=f"resumes/{resume_id}", media_type="application/pdf", size_bytes=1, sha256="00"
        ),
        status="uploaded",
        received_at=RECEIVED_AT,
    )
    return msgspec.structs.replace(resume, **changes)
