"""What happened, as somebody sees it, in the words of the schemas that webhooks are told in; pure."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from hotgigs.contracts.candidate_state import CandidateProfile
from hotgigs.contracts.match_state import match_id_of
from hotgigs.contracts.resume_state import Source
from hotgigs.contracts.webhook_events import (
    CandidateAdded,
    CandidateShared,
    EventData,
    MatchCreated,
    ResumeProcessed,
    ResumeProcessingFailed,
)
from hotgigs.notifier.audience import Sight
from hotgigs.notifier.happened import AddedFacts, Happened, MatchFacts, ResumeFacts, ShareFacts
from hotgigs.redaction.hiding import Contact, redacted_profile, redacted_text


class Candidate(Struct, frozen=True, kw_only=True):
    """The survivor of a group, with nothing hidden. ``contact`` is what is to be hidden, of the whole group;
    it need not be known where nothing is."""

    candidate_id: UUID
    version: int
    source: Source
    added_at: datetime
    profile: CandidateProfile
    contact: Contact = Contact()


class Job(Struct, frozen=True, kw_only=True):
    title: str
    company_name: str | None = None


def data_of(
    happened: Happened, sight: Sight, *, candidate: Candidate | None = None, job: Job | None = None
) -> EventData | None:
    """None where what is to be told of is not there any more. With the contact hidden no text shows it,
    whosever text it is."""
    match happened.facts:
        case ResumeFacts():
            return _resume(happened, happened.facts, candidate)
        case AddedFacts():
            return None if candidate is None else _added(happened, candidate, sight)
        case ShareFacts():
            return None if candidate is None else _shared(happened, happened.facts, candidate, sight)
        case MatchFacts():
            if candidate is None or job is None:
                return None
            return _match(happened, happened.facts, candidate, job, sight)


def _seen(candidate: Candidate, sight: Sight) -> CandidateProfile:
    if sight == "whole":
        return candidate.profile
    return redacted_profile(candidate.profile, candidate.contact)


def _resume(happened: Happened, facts: ResumeFacts, candidate: Candidate | None) -> EventData | None:
    if happened.resume_id is None:
        return None
    candidate_id = happened.candidate_id if candidate is None else candidate.candidate_id
    if happened.event == "resume.processing.failed":
        return ResumeProcessingFailed(
            event_id=happened.event_id,
            version=happened.version,
            resume_id=happened.resume_id,
            candidate_id=candidate_id,
            error_message=facts.error_message,
            batch_id=facts.batch_id,
            source=facts.source,
        )
    if candidate_id is None:
        return None
    return ResumeProcessed(
        event_id=happened.event_id,
        version=happened.version,
        resume_id=happened.resume_id,
        candidate_id=candidate_id,
        batch_id=facts.batch_id,
        source=facts.source,
    )


def _added(happened: Happened, candidate: Candidate, sight: Sight) -> EventData:
    profile = _seen(candidate, sight)
    return CandidateAdded(
        event_id=happened.event_id,
        version=candidate.version,
        candidate_id=candidate.candidate_id,
        full_name=profile.full_name,
        email=profile.email,
        phone=profile.phone,
        title=profile.title,
        location=profile.location,
        total_experience_years=profile.total_experience_years,
        top_skills=profile.top_skills,
        source=candidate.source,
        added_at=candidate.added_at,
    )


def _shared(happened: Happened, facts: ShareFacts, candidate: Candidate, sight: Sight) -> EventData:
    """The file shows the contact: who may not see this may not download that."""
    profile = _seen(candidate, sight)
    can_view_contact_info = sight == "whole"
    return CandidateShared(
        event_id=happened.event_id,
        version=candidate.version,
        candidate_id=candidate.candidate_id,
        recruiter_id=facts.recruiter_id,
        share_version=facts.share_version,
        can_view_contact_info=can_view_contact_info,
        can_download_resume=facts.can_download_resume and can_view_contact_info,
        can_submit_to_jobs=facts.can_submit_to_jobs,
        full_name=profile.full_name,
        email=profile.email,
        phone=profile.phone,
        title=profile.title,
        location=profile.location,
        total_experience_years=profile.total_experience_years,
        top_skills=profile.top_skills,
        shared_at=happened.occurred_at,
    )


def _match(
    happened: Happened, facts: MatchFacts, candidate: Candidate, job: Job, sight: Sight
) -> EventData | None:
    if happened.job_id is None:
        return None
    profile = _seen(candidate, sight)
    said = _hiding(candidate) if sight == "contact_hidden" else str
    return MatchCreated(
        event_id=happened.event_id,
        version=happened.version,
        match_id=match_id_of(happened.job_id, candidate.candidate_id),
        job_id=happened.job_id,
        job_title=said(job.title),
        company_name=None if job.company_name is None else said(job.company_name),
        candidate_id=candidate.candidate_id,
        candidate_name=profile.full_name,
        candidate_title=profile.title,
        candidate_location=profile.location,
        match_score=facts.score,
        skill_match_score=facts.skill_score,
        experience_match_score=facts.experience_score,
        education_match_score=facts.education_score,
        location_match_score=facts.location_score,
        matching_skills=tuple(map(said, facts.matching_skills)),
        missing_skills=tuple(map(said, facts.missing_skills)),
        created_at=happened.occurred_at,
    )


def _hiding(candidate: Candidate) -> Callable[[str], str]:
    return lambda text: redacted_text(text, candidate.contact)
