"""Commands about candidates, as the gateway sends them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from support.ingest_service import ADMIN, recruiter

from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.resume_data import ResumeData

ADA = ResumeData(email="ada@mail.example", full_name="Ada Example")
BO = ResumeData(email="bo@mail.example", full_name="Bo Example")
OWNER = recruiter()


def note(candidate_id: UUID, actor: Actor = OWNER, **changes: Any) -> AddNoteV1:
    fields: dict[str, Any] = {"title": "First call", "content": "Asks for a garden.", **changes}
    return AddNoteV1(command_id=uuid4(), actor=actor, candidate_id=candidate_id, **fields)


def removal(of: AddNoteV1, actor: Actor = OWNER) -> RemoveNoteV1:
    return RemoveNoteV1(command_id=uuid4(), actor=actor, candidate_id=of.candidate_id, note_id=of.command_id)


def tags(
    candidate_id: UUID, actor: Actor = OWNER, *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> ChangeTagsV1:
    return ChangeTagsV1(
        command_id=uuid4(), actor=actor, candidate_id=candidate_id, add=tuple(add), remove=tuple(remove)
    )


def share(
    *candidate_ids: UUID, to: tuple[Actor, ...], actor: Actor = ADMIN, **changes: Any
) -> ShareCandidatesV1:
    conditions: dict[str, Any] = {
        "can_view_contact_info": True,
        "can_download_resume": True,
        "can_submit_to_jobs": False,
        "share_reason": "Fits.",
        "share_notes": "Knows gardens.",
        **changes,
    }
    return ShareCandidatesV1(
        command_id=uuid4(),
        actor=actor,
        candidate_ids=candidate_ids,
        recruiter_ids=tuple(each.user_id for each in to),
        **conditions,
    )


def unshare(candidate_id: UUID, recipient: Actor, actor: Actor = ADMIN) -> UnshareCandidateV1:
    return UnshareCandidateV1(
        command_id=uuid4(), actor=actor, candidate_id=candidate_id, recruiter_id=recipient.user_id
    )


def submission(candidate_id: UUID, to: Actor, actor: Actor = OWNER, **changes: Any) -> SubmitCandidateV1:
    """To a job of ``to``."""
    fields: dict[str, Any] = {
        "job_id": uuid4(),
        "note": "Knows gardens.",
        "command_id": uuid4(),
        "submission_id": uuid4(),
        **changes,
    }
    return SubmitCandidateV1(
        actor=actor,
        job_owner_id=to.user_id,
        job_database_id=to.database_id,
        candidate_id=candidate_id,
        **fields,
    )


def withdrawal(of: SubmitCandidateV1, actor: Actor | None = None) -> WithdrawSubmissionV1:
    return WithdrawSubmissionV1(
        command_id=uuid4(),
        actor=actor or of.actor,
        submission_id=of.submission_id,
        candidate_id=of.candidate_id,
    )


def consent(candidate_id: UUID, actor: Actor, *, can_be_found: bool = True) -> ChangeConsentV1:
    return ChangeConsentV1(
        command_id=uuid4(), actor=actor, candidate_id=candidate_id, can_be_found=can_be_found
    )


def merge(into: UUID, other: UUID, actor: Actor = OWNER) -> MergeCandidatesV1:
    return MergeCandidatesV1(command_id=uuid4(), actor=actor, candidate_id=into, merged_id=other)


def undo(of: UUID, other: UUID, actor: Actor = OWNER) -> UndoMergeV1:
    return UndoMergeV1(command_id=uuid4(), actor=actor, candidate_id=of, merged_id=other)


def erasure_of(candidate_id: UUID, actor: Actor = OWNER) -> EraseCandidateV1:
    return EraseCandidateV1(command_id=uuid4(), actor=actor, candidate_id=candidate_id)


def erasure_of_resume(resume_id: UUID, actor: Actor = OWNER) -> EraseResumeV1:
    return EraseResumeV1(command_id=uuid4(), actor=actor, resume_id=resume_id)
