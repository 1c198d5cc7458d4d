"""Ingest, declared."""

from hotgigs.chassis.forget_commands import FORGET_COMMANDS
from hotgigs.chassis.handlers import Handler, WorkHandler
from hotgigs.chassis.service import Loop, Service
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.record_activities import RecordActivitiesV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.ingest import sweep_erased, sweep_files
from hotgigs.ingest.erasing_files import erase_files
from hotgigs.ingest.on_add_note import on_add_note
from hotgigs.ingest.on_candidate_erased import on_candidate_erased
from hotgigs.ingest.on_change_consent import on_change_consent
from hotgigs.ingest.on_change_tags import on_change_tags
from hotgigs.ingest.on_drive_file_fetched import on_drive_file_fetched
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.on_erase_candidate import on_erase_candidate
from hotgigs.ingest.on_erase_resume import on_erase_resume
from hotgigs.ingest.on_job_deleted import on_job_deleted
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_record_activities import on_record_activities
from hotgigs.ingest.on_remove_note import on_remove_note
from hotgigs.ingest.on_resume_erased import on_resume_erased
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_resume_parsed import on_resume_parsed
from hotgigs.ingest.on_retry_resume import on_retry_resume
from hotgigs.ingest.on_share_candidates import on_share_candidates
from hotgigs.ingest.on_submit_batch import on_submit_batch
from hotgigs.ingest.on_submit_candidate import on_submit_candidate
from hotgigs.ingest.on_submit_resume import on_submit_resume
from hotgigs.ingest.on_undo_merge import on_undo_merge
from hotgigs.ingest.on_unshare_candidate import on_unshare_candidate
from hotgigs.ingest.on_withdraw_submission import on_withdraw_submission
from hotgigs.ingest.public_state import public_state
from hotgigs.ingest.resources import open_resources
from hotgigs.ingest.tables import metadata

service = Service(
    name="ingest",
    package="hotgigs.ingest",
    settings=Settings,
    metadata=metadata,
    handlers=(
        Handler(message=SubmitResumeV1, handle=on_submit_resume),
        Handler(message=SubmitBatchV1, handle=on_submit_batch, batch_size=1),
        Handler(message=DriveFileFetchedV1, handle=on_drive_file_fetched, batch_size=1),
        # One a transaction: each holds the lock of its candidate's database to the end.
        Handler(message=ResumeParsedV2, handle=on_resume_parsed, batch_size=1),
        Handler(message=ResumeParseFailedV1, handle=on_resume_parse_failed),
        Handler(message=EditCandidateV1, handle=on_edit_candidate, batch_size=1),
        Handler(message=MergeCandidatesV1, handle=on_merge_candidates, batch_size=1),
        Handler(message=UndoMergeV1, handle=on_undo_merge, batch_size=1),
        Handler(message=RetryResumeV1, handle=on_retry_resume, batch_size=1),
        Handler(message=AddNoteV1, handle=on_add_note, batch_size=1),
        Handler(message=ChangeTagsV1, handle=on_change_tags, batch_size=1),
        Handler(message=EraseCandidateV1, handle=on_erase_candidate, batch_size=1),
        Handler(message=EraseResumeV1, handle=on_erase_resume, batch_size=1),
        Handler(message=RecordActivitiesV1, handle=on_record_activities, batch_size=1),
        Handler(message=RemoveNoteV1, handle=on_remove_note, batch_size=1),
        Handler(message=ShareCandidatesV1, handle=on_share_candidates, batch_size=1),
        Handler(message=UnshareCandidateV1, handle=on_unshare_candidate, batch_size=1),
        Handler(message=SubmitCandidateV1, handle=on_submit_candidate, batch_size=1),
        Handler(message=WithdrawSubmissionV1, handle=on_withdraw_submission, batch_size=1),
        Handler(message=ChangeConsentV1, handle=on_change_consent, batch_size=1),
        Handler(message=JobDeletedV1, handle=on_job_deleted, batch_size=1),
        WorkHandler(message=CandidateErasedV1, work=erase_files, record=on_candidate_erased),
        WorkHandler(message=ResumeErasedV1, work=erase_files, record=on_resume_erased),
    ),
    public_state=public_state,
    loops=(
        Loop(
            name="sweep_files",
            every_s=sweep_files.EVERY_S,
            run=lambda units_of_work, resources: sweep_files.sweep_files(units_of_work, resources.blobs),
        ),
        Loop(name="sweep_erased", every_s=sweep_erased.EVERY_S, run=sweep_erased.sweep_erased),
        FORGET_COMMANDS,
    ),
    resources=open_resources,
)
