"""What others tell the notifier."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec

from hotgigs.chassis.handlers import BatchHandler, Handler
from hotgigs.chassis.unit_of_work import UnitOfWork, UnitsOfWork
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.candidate_state import AccessGrant, CandidateProfile, CandidateState, Erasure
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.job_state import JobPosting, JobState
from hotgigs.contracts.match_state import Match, RemovedMatch, TermEvidence
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.resume_data import ResumeData
from hotgigs.contracts.resume_state import ResumeState
from hotgigs.notifier.service import service

NOW = datetime.now(UTC).replace(microsecond=0)
"""What is older than some weeks is told to nobody."""
HANDLERS = {handler.message: handler for handler in service.handlers}


def an_id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


OWNER = Actor(user_id=an_id("owner"), role="recruiter")
FRIEND = Actor(user_id=an_id("friend"), role="recruiter")
ADMIN = Actor(user_id=an_id("admin"), role="admin")


async def tell(units_of_work: UnitsOfWork, *told: Message) -> None:
    """Each in a transaction of its own."""
    for message in told:
        await tell_together(units_of_work, message)


async def tell_together(units_of_work: UnitsOfWork, *told: Message) -> None:
    """Messages of one type, in one transaction."""
    async with units_of_work.begin() as uow:
        await handle(uow, *told)


async def handle(uow: UnitOfWork, *told: Message) -> None:
    """Messages of one type, as the service does."""
    handler: Any = HANDLERS[type(told[0])]
    match handler:
        case BatchHandler():
            handle_all: Callable[[Sequence[Message], UnitOfWork], Awaitable[None]] = handler.handle_all
            await handle_all(told, uow)
        case Handler():
            for message in told:
                await handler.handle(message, uow)


def candidate(
    name: str, *, version: int = 1, survivor: str | None = None, owner: Actor = OWNER, **profile: Any
) -> CandidateState:
    """Of ``owner``'s database; the greater the version, the later it was changed."""
    known = {
        "full_name": f"Name {name}",
        "email": f"{name}.84@mail.example",
        "phone": "+4930901820",
        "title": "Engineer",
        "location": "Berlin, Germany",
        "top_skills": ("Python", "AWS"),
        "total_experience_years": 6.5,
    }
    return CandidateState(
        candidate_id=an_id(name),
        version=version,
        database_id=owner.database_id,
        source="resume_import",
        added_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
        survivor_id=an_id(survivor or name),
        resume_ids=(an_id(f"resume of {name}"),),
        profile=CandidateProfile(**known | profile),
    )


def added(name: str, **changes: Any) -> CandidateAddedV1:
    return CandidateAddedV1(candidate=candidate(name, **changes))


def resume(name: str, *, owner: Actor = OWNER, **changes: Any) -> ResumeState:
    """``name`` is that of the candidate, whose it is unless it failed."""
    state = ResumeState(
        resume_id=an_id(f"resume of {name}"),
        version=2,
        attempt=1,
        owner_user_id=owner.user_id,
        database_id=owner.database_id,
        source="resume_import",
        filename=f"{name}.pdf",
        status="completed",
        candidate_id=an_id(name),
        received_at=NOW - timedelta(minutes=1),
        processing_completed_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


def completed(name: str, *, data: ResumeData | None = None, **changes: Any) -> ResumeCompletedV2:
    known = ResumeData(full_name=f"Name {name}", email=f"{name}.old84@mail.example", phone="+4930123456")
    return ResumeCompletedV2(resume=resume(name, **changes), data=data or known)


def failed(name: str, *, reason: str = "The PDF is protected.", **changes: Any) -> ResumeFailedV1:
    outcome: dict[str, Any] = {"status": "failed", "candidate_id": None, "error_message": reason}
    return ResumeFailedV1(resume=resume(name, **outcome | changes))


def grant(name: str, *, to: Actor = FRIEND, version: int = 1, **changes: Any) -> AccessGrant:
    state = AccessGrant(
        candidate_id=an_id(name),
        database_id=OWNER.database_id,
        recruiter_id=to.user_id,
        version=version,
        can_view_contact_info=True,
        can_download_resume=True,
        can_submit_to_jobs=False,
        granted_by=ADMIN.user_id,
        granted_at=NOW,
    )
    return msgspec.structs.replace(state, **changes)


def granted(*names: str, **changes: Any) -> AccessGrantedV1:
    return AccessGrantedV1(grants=tuple(grant(name, **changes) for name in names))


def revoked(name: str, *, of: Actor = FRIEND, version: int = 2) -> AccessRevokedV1:
    return AccessRevokedV1(
        candidate_id=an_id(name), database_id=OWNER.database_id, recruiter_id=of.user_id, version=version
    )


def consented(name: str, *, version: int = 1) -> ConsentChangedV1:
    """Even versions take it back."""
    return ConsentChangedV1(
        candidate_id=an_id(name),
        database_id=OWNER.database_id,
        version=version,
        can_be_found=version % 2 == 1,
    )


def job(name: str, *, owner: Actor = OWNER, version: int = 1, **changes: Any) -> JobState:
    state = JobState(
        job_id=an_id(name),
        version=version,
        owner_user_id=owner.user_id,
        database_id=owner.database_id,
        posting=JobPosting(title="Backend Engineer", company_name="Example Ltd"),
        created_at=NOW,
        updated_at=NOW + timedelta(minutes=version),
    )
    return msgspec.structs.replace(state, **changes)


def match(
    name: str, *, of: str = "job", version: int = 1, score: float = 80.0, made: int = 0, **changes: Any
) -> Match:
    """``made`` counts how often the pair was made before."""
    state = Match(
        job_id=an_id(of),
        candidate_id=an_id(name),
        version=version,
        job_version=1,
        candidate_version=1,
        score=score,
        skill_score=81.0,
        experience_score=82.0,
        education_score=83.0,
        location_score=84.0,
        met=(TermEvidence(term="Python"), TermEvidence(term="AWS", is_required=False)),
        missing=("Docker",),
        created_at=NOW + timedelta(microseconds=made),
    )
    return msgspec.structs.replace(state, **changes)


def removed(name: str, *, of: str = "job", version: int = 2) -> RemovedMatch:
    return RemovedMatch(job_id=an_id(of), candidate_id=an_id(name), version=version, removed_at=NOW)


def computed(*told: Match | RemovedMatch) -> MatchesComputedV1:
    """In one message, about the first one's job."""
    return MatchesComputedV1(
        about="job",
        about_id=told[0].job_id,
        matches=tuple(each for each in told if isinstance(each, Match)),
        removed=tuple(each for each in told if isinstance(each, RemovedMatch)),
    )


def erasure(*names: str, resumes: Sequence[str] = ()) -> Erasure:
    """Of candidates with their resumes, and of the ``resumes`` of others."""
    return Erasure(
        erasure_id=an_id(f"erasure of {names} {resumes}"),
        database_id=OWNER.database_id,
        candidate_ids=tuple(map(an_id, names)),
        resume_ids=tuple(an_id(f"resume of {name}") for name in (*names, *resumes)),
        actor=ADMIN,
        at=NOW,
    )


def erased(*names: str) -> CandidateErasedV1:
    return CandidateErasedV1(erasure=erasure(*names))


def resume_erased(name: str) -> ResumeErasedV1:
    """Whose candidate stays."""
    return ResumeErasedV1(erasure=erasure(resumes=[name]))
