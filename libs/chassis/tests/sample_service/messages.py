"""Messages and queues for the chassis's tests, of real message types."""

from datetime import UTC, datetime
from uuid import UUID

from hotgigs.chassis.bus.interface import Queue
from hotgigs.contracts.envelope import Envelope, wrap
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.resume_state import StoredFile

AN_ID = UUID("0197c0de-0000-7000-8000-000000000001")
A_TIME = datetime(2026, 3, 4, 5, 6, 7, 891_011, tzinfo=UTC)

PROGRESSED = Queue(name="sample.parse_progressed", routing_key="parser.parse_progressed", kind="event")
PROGRESSED_TOO = Queue(name="other.parse_progressed", routing_key="parser.parse_progressed", kind="event")
FAILED = Queue(name="sample.resume_parse_failed", routing_key="parser.resume_parse_failed", kind="event")
SUBMITTED = Queue(name="sample.submit_resume", routing_key="gateway.submit_resume", kind="command")


def progress(sequence: int = 0) -> ParseProgressedV1:
    return ParseProgressedV1(
        resume_id=AN_ID,
        attempt=1,
        sequence=sequence,
        percentage=10,
        step="x",
        started_at=A_TIME,
    )


def progressed(
    sequence: int = 0, *, causation_id: str | None = None, traceparent: str | None = None
) -> Envelope:
    return wrap(
        progress(sequence),
        source="parser",
        correlation_id=f"correlation-{sequence}",
        causation_id=causation_id,
        traceparent=traceparent,
    )


def parse_failure(reason: str = "unreadable") -> ResumeParseFailedV1:
    return ResumeParseFailedV1(
        resume_id=AN_ID, attempt=1, started_at=A_TIME, finished_at=A_TIME, reason=reason
    )


def parse_failed() -> Envelope:
    return wrap(parse_failure(), source="parser", correlation_id="correlation-failed")


def submitted() -> Envelope:
    command = SubmitResumeV1(
        resume_id=AN_ID,
        owner_user_id=AN_ID,
        database_id=AN_ID,
        source="resume_import",
        filename="a.pdf",
        file=StoredFile(blob_key="k", media_type="application/pdf", size_bytes=1, sha256="00"),
    )
    return wrap(command, source="gateway", correlation_id="correlation-submitted")
