"""What happened, out of what others tell; pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from hotgigs.contracts.candidate_state import AccessGrant, CandidateState
from hotgigs.contracts.match_state import Match
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier.happened import (
    AddedFacts,
    Happened,
    MatchFacts,
    ResumeFacts,
    ShareFacts,
    event_id_of,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Heard(Struct, frozen=True, kw_only=True):
    """What the active webhooks want to hear: by event, the least score of a match that any of them does."""

    least_scores: Mapping[WebhookEvent, float] = {}

    def wants(self, happened: Happened) -> bool:
        least = self.least_scores.get(happened.event)
        if least is None:
            return False
        return not isinstance(happened.facts, MatchFacts) or happened.facts.score >= least


def resume_completed(resume: ResumeState) -> Happened:
    return _resume_processed("resume.processing.completed", resume)


def resume_failed(resume: ResumeState) -> Happened:
    return _resume_processed("resume.processing.failed", resume)


def candidate_added(candidate: CandidateState) -> Happened:
    """Once for each candidate."""
    return Happened(
        event_id=event_id_of("candidate.added", candidate.candidate_id),
        event="candidate.added",
        version=candidate.version,
        occurred_at=candidate.added_at,
        candidate_id=candidate.candidate_id,
        candidate_version=candidate.version,
        facts=AddedFacts(),
    )


def candidate_shared(grant: AccessGrant) -> Happened:
    """Once for each version of a grant. It can be told when the candidate is known, in whichever version."""
    return Happened(
        event_id=event_id_of("candidate.shared", grant.candidate_id, grant.recruiter_id, grant.version),
        event="candidate.shared",
        version=grant.version,
        occurred_at=grant.granted_at,
        candidate_id=grant.candidate_id,
        candidate_version=1,
        facts=ShareFacts(
            recruiter_id=grant.recruiter_id,
            share_version=grant.version,
            can_download_resume=grant.can_download_resume,
            can_submit_to_jobs=grant.can_submit_to_jobs,
        ),
    )


def match_created(match: Match) -> Happened:
    """The same for all versions of a match, until it is removed: one that is made again is another."""
    made = (match.created_at - _EPOCH) // timedelta(microseconds=1)
    return Happened(
        event_id=event_id_of("match.created", match.job_id, match.candidate_id, made),
        event="match.created",
        version=match.version,
        occurred_at=match.created_at,
        candidate_id=match.candidate_id,
        job_id=match.job_id,
        candidate_version=match.candidate_version,
        job_version=match.job_version,
        facts=MatchFacts(
            score=match.score,
            skill_score=match.skill_score,
            experience_score=match.experience_score,
            education_score=match.education_score,
            location_score=match.location_score,
            matching_skills=tuple(each.term for each in match.met),
            missing_skills=match.missing,
        ),
    )


def _resume_processed(event: WebhookEvent, resume: ResumeState) -> Happened:
    """Once for each attempt, which has one outcome."""
    return Happened(
        event_id=event_id_of(event, resume.resume_id, resume.attempt),
        event=event,
        version=resume.version,
        occurred_at=resume.processing_completed_at or resume.received_at,
        candidate_id=resume.candidate_id,
        resume_id=resume.resume_id,
        facts=ResumeFacts(
            owner_user_id=resume.owner_user_id,
            database_id=resume.database_id,
            source=resume.source,
            batch_id=resume.batch_id,
            error_message=resume.error_message,
        ),
    )
