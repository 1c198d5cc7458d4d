from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.contracts.gateway.submit_batch import BatchFile, SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.resume_state import ResumeState, StoredFile
from hotgigs.ingest.resumes import awaits, completed, failed, received, received_batch

NOW, STARTED, FINISHED = (datetime(2026, 3, 1, 12, minute, tzinfo=UTC) for minute in (0, 1, 2))
FILE = StoredFile(blob_key="resumes/1", media_type="application/pdf", size_bytes=1, sha256="00")
TIMES = {"started_at": STARTED, "finished_at": FINISHED}
SUBMITTED = SubmitResumeV1(
    resume_id=uuid4(),
    owner_user_id=uuid4(),
    database_id=uuid4(),
    source="resume_import",
    filename="cv.pdf",
    file=FILE,
)

outcomes = st.lists(
    st.tuples(st.sampled_from(["completed", "failed"]), st.integers(min_value=0, max_value=3)), max_size=12
)


def test_a_resume_begins_as_it_was_submitted() -> None:
    resume = received(SUBMITTED, NOW)
    assert msgspec.structs.asdict(SUBMITTED).items() <= msgspec.structs.asdict(resume).items()
    assert (resume.version, resume.attempt, resume.status, resume.received_at) == (1, 1, "uploaded", NOW)
    assert resume.batch_id is None


def test_a_batch_begins_with_its_refused_files_failed_and_in_its_order() -> None:
    files = (
        BatchFile(resume_id=uuid4(), filename="a.pdf", file=FILE),
        BatchFile(resume_id=uuid4(), filename="b.pdf", refusal="The file is empty."),
    )
    command = SubmitBatchV1(
        batch_id=uuid4(), owner_user_id=uuid4(), database_id=uuid4(), source="bulk_upload", files=files
    )
    taken, refused = received_batch(command, NOW)
    assert (taken.resume_id, taken.filename, taken.file) == (files[0].resume_id, "a.pdf", FILE)
    assert (taken.status, taken.error_message, taken.processing_completed_at) == ("uploaded", None, None)
    assert (refused.resume_id, refused.filename, refused.file) == (files[1].resume_id, "b.pdf", None)
    assert (refused.status, refused.error_message) == ("failed", "The file is empty.")
    assert refused.processing_completed_at == NOW
    assert {taken.batch_id, refused.batch_id} == {command.batch_id}


def applied(resume: ResumeState, kind: str, attempt: int) -> ResumeState:
    """As the handlers do."""
    if not awaits(resume, attempt):
        return resume
    if kind == "completed":
        return completed(resume, candidate_id=uuid4(), **TIMES)
    return failed(resume, reason="It is a scan.", **TIMES)


@given(outcomes)
def test_the_first_outcome_of_the_attempt_in_hand_counts_and_no_other(events: list[tuple[str, int]]) -> None:
    resume = received(SUBMITTED, NOW)
    for kind, attempt in events:
        resume = applied(resume, kind, attempt)
    first = next((kind for kind, attempt in events if attempt == 1), "uploaded")
    assert resume.status == first
    assert resume.version == (1 if first == "uploaded" else 2)


@given(outcomes, st.integers(min_value=1, max_value=3))
def test_what_identifies_a_resume_never_changes_and_its_version_never_shrinks(
    events: list[tuple[str, int]], attempt: int
) -> None:
    resume = msgspec.structs.replace(received(SUBMITTED, NOW), attempt=attempt)
    for kind, told in events:
        after = applied(resume, kind, told)
        assert after.version >= resume.version
        assert (after == resume) == (after.version == resume.version)
        for field in ("resume_id", "owner_user_id", "database_id", "source", "filename", "file", "attempt"):
            assert getattr(after, field) == getattr(resume, field)
        resume = after


def test_a_completed_resume_has_a_candidate_and_no_error_and_a_failed_one_the_contrary() -> None:
    candidate_id: Any = uuid4()
    done = completed(received(SUBMITTED, NOW), candidate_id=candidate_id, **TIMES)
    assert (done.status, done.candidate_id, done.error_message) == ("completed", candidate_id, None)
    broken = failed(received(SUBMITTED, NOW), reason="It is a scan.", **TIMES)
    assert (broken.status, broken.candidate_id, broken.error_message) == ("failed", None, "It is a scan.")
    for resume in (done, broken):
        assert (resume.processing_started_at, resume.processing_completed_at) == (STARTED, FINISHED)
