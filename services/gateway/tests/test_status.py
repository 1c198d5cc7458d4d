from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotgigs.gateway.status import batch_progress_of, status_of

BEGUN, STARTED, ENDED = (datetime(2026, 3, 1, 12, minute, tzinfo=UTC) for minute in (0, 1, 2))


def resume_row(**changes: Any) -> dict[str, Any]:
    return {
        "resume_id": uuid4(),
        "filename": "cv.pdf",
        "status": "uploaded",
        "percentage": None,
        "step": None,
        "begun_at": None,
        "error_message": None,
        "candidate_id": None,
        "processing_started_at": None,
        "processing_completed_at": None,
        "duplicate_of": None,
        "is_shown": True,
    } | changes


def test_a_resume_that_no_parser_has_begun_with_waits() -> None:
    status = status_of(resume_row())
    assert (status.status, status.progress_percentage) == ("uploaded", 0)
    assert status.current_step == "Waiting for processing"
    assert not status.has_ended


def test_what_the_parser_tells_is_processing() -> None:
    status = status_of(resume_row(percentage=55, step="Finding the sections", begun_at=BEGUN))
    assert (status.status, status.progress_percentage) == ("processing", 55)
    assert status.current_step == "Finding the sections"
    assert status.processing_started_at == BEGUN
    assert not status.has_ended


def test_a_completed_resume_is_done_whatever_progress_was_told_last() -> None:
    row = resume_row(status="completed", percentage=15, step="Reading the pages", begun_at=BEGUN)
    status = status_of(row | {"processing_started_at": STARTED, "processing_completed_at": ENDED})
    assert (status.status, status.progress_percentage, status.current_step) == ("completed", 100, "Completed")
    assert (status.processing_started_at, status.processing_completed_at) == (STARTED, ENDED)
    assert status.has_ended


def test_a_resume_whose_candidate_is_not_shown_yet_has_not_ended() -> None:
    row = resume_row(status="completed", is_shown=False, processing_completed_at=ENDED)
    status = status_of(row)
    assert (status.status, status.processing_completed_at, status.has_ended) == ("processing", None, False)
    batch = {"batch_id": uuid4(), "created_at": BEGUN}
    assert batch_progress_of(batch, [row]).resumes[0].status == "processing"


def test_a_failed_resume_says_why_and_how_far_it_came() -> None:
    row = resume_row(status="failed", error_message="It is a scan.", percentage=15, step="Reading the pages")
    status = status_of(row)
    assert (status.status, status.progress_percentage) == ("failed", 15)
    assert (status.current_step, status.error_message) == ("Reading the pages", "It is a scan.")
    assert status.has_ended


def test_a_file_that_was_refused_failed_while_it_was_checked() -> None:
    status = status_of(resume_row(status="failed", error_message="The file is empty."))
    assert (status.progress_percentage, status.current_step) == (0, "Checking the file")


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["uploaded", "uploaded"], "queued"),
        (["uploaded", "failed"], "queued"),
        (["uploaded", "processing"], "processing"),
        (["uploaded", "completed"], "processing"),
        (["processing", "failed"], "processing"),
        (["completed", "completed"], "completed"),
        (["completed", "failed"], "completed"),
        (["failed", "failed"], "failed"),
    ],
)
def test_a_batch_s_status_follows_from_its_resumes(states: list[str], expected: str) -> None:
    assert progress(states).status == expected


@given(st.lists(st.sampled_from(["uploaded", "processing", "completed", "failed"]), min_size=1))
def test_a_batch_counts_every_resume_once_and_keeps_their_order(states: list[str]) -> None:
    batch = progress(states)
    assert [resume.status for resume in batch.resumes] == states
    assert batch.total_files == len(states) == batch.completed + batch.failed + batch.processing
    assert (batch.processing == 0) == (batch.status in ("completed", "failed"))


def progress(states: list[str]) -> Any:
    rows = [
        resume_row(status="uploaded", step="Reading the pages")
        if state == "processing"
        else resume_row(status=state)
        for state in states
    ]
    return batch_progress_of({"batch_id": uuid4(), "created_at": BEGUN}, rows)
