"""What happened, out of what others tell."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.heard_by_notifier import NOW, OWNER, an_id, candidate, failed, grant, match, resume

from hotgigs.notifier.happened import AddedFacts, Happened, MatchFacts, ResumeFacts, ShareFacts
from hotgigs.notifier.happening import (
    Heard,
    candidate_added,
    candidate_shared,
    match_created,
    resume_completed,
    resume_failed,
)


def test_a_resume_that_was_read_is_told_by_ids() -> None:
    happened = resume_completed(resume("ada", batch_id=an_id("batch")))
    assert happened == Happened(
        event_id=happened.event_id,
        event="resume.processing.completed",
        version=2,
        occurred_at=NOW,
        candidate_id=an_id("ada"),
        resume_id=an_id("resume of ada"),
        facts=ResumeFacts(
            owner_user_id=OWNER.user_id,
            database_id=OWNER.database_id,
            source="resume_import",
            batch_id=an_id("batch"),
        ),
    )


def test_a_resume_that_was_not_says_why() -> None:
    happened = resume_failed(failed("ada", reason="The PDF is protected.").resume)
    assert isinstance(happened.facts, ResumeFacts)
    assert (happened.event, happened.candidate_id) == ("resume.processing.failed", None)
    assert happened.facts.error_message == "The PDF is protected."


def test_a_file_that_was_refused_failed_when_it_was_received() -> None:
    refused = resume("ada", version=1, status="failed", processing_completed_at=None)
    assert resume_failed(refused).occurred_at == refused.received_at


@pytest.mark.parametrize("again", [{"version": 9}, {"processing_completed_at": NOW + timedelta(hours=1)}])
def test_an_attempt_has_one_outcome(again: dict[str, Any]) -> None:
    assert resume_failed(resume("ada")).event_id == resume_failed(resume("ada", **again)).event_id
    assert resume_failed(resume("ada")).event_id != resume_failed(resume("ada", attempt=2)).event_id
    assert resume_failed(resume("ada")).event_id != resume_completed(resume("ada")).event_id


def test_a_candidate_is_added_once() -> None:
    first = candidate_added(candidate("ada"))
    assert first.event_id == candidate_added(candidate("ada", version=4, full_name="Another")).event_id
    assert first.event_id != candidate_added(candidate("bob")).event_id
    assert (first.occurred_at, first.candidate_version, first.facts) == (NOW, 1, AddedFacts())


def test_every_version_of_a_grant_is_told() -> None:
    first, second = (candidate_shared(grant("ada", version=version)) for version in (1, 2))
    assert first.event_id != second.event_id
    assert (second.version, second.candidate_version) == (2, 1)
    assert second.facts == ShareFacts(
        recruiter_id=grant("ada").recruiter_id,
        share_version=2,
        can_download_resume=True,
        can_submit_to_jobs=False,
    )


def test_a_match_stays_itself_until_it_is_made_again() -> None:
    first = match_created(match("ada"))
    assert first.event_id == match_created(match("ada", version=7, score=99.0, job_version=3)).event_id
    assert first.event_id != match_created(match("ada", made=1)).event_id
    assert first.event_id != match_created(match("ada", of="another")).event_id


def test_a_match_can_be_told_when_the_versions_that_it_compares_are_known() -> None:
    happened = match_created(match("ada", version=31, job_version=4, candidate_version=5))
    assert (happened.version, happened.job_version, happened.candidate_version) == (31, 4, 5)
    assert happened.facts == MatchFacts(
        score=80.0,
        skill_score=81.0,
        experience_score=82.0,
        education_score=83.0,
        location_score=84.0,
        matching_skills=("Python", "AWS"),
        missing_skills=("Docker",),
    )


def test_nothing_of_a_person_is_kept_with_what_happened() -> None:
    told = candidate("ada", full_name="Ada Quince", email="ada@quince.example", phone="+4930555")
    kept = msgspec.json.encode(candidate_added(told)).decode()
    for word in ("Quince", "quince.example", "30555"):
        assert word not in kept


@given(score=st.floats(0, 100), least=st.floats(0, 100))
def test_a_match_is_wanted_from_the_least_score_on(score: float, least: float) -> None:
    heard = Heard(least_scores={"match.created": least})
    assert heard.wants(match_created(match("ada", score=score))) == (score >= least)


@pytest.mark.parametrize("least", [0.0, 90.0])
def test_other_events_are_wanted_whatever_the_score(least: float) -> None:
    heard = Heard(least_scores={"candidate.added": least})
    assert heard.wants(candidate_added(candidate("ada")))
    assert not heard.wants(match_created(match("ada")))
    assert not heard.wants(candidate_shared(grant("ada")))
