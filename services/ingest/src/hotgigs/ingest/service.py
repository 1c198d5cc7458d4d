"""Ingest, declared."""

from hotgigs.chassis.handlers import Handler
from hotgigs.chassis.service import Loop, Service
from hotgigs.chassis.settings import Settings
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV2
from hotgigs.ingest import forget_commands, sweep_files
from hotgigs.ingest.on_edit_candidate import on_edit_candidate
from hotgigs.ingest.on_merge_candidates import on_merge_candidates
from hotgigs.ingest.on_resume_parse_failed import on_resume_parse_failed
from hotgigs.ingest.on_resume_parsed import on_resume_parsed
from hotgigs.ingest.on_retry_resume import on_retry_resume
from hotgigs.ingest.on_submit_batch import on_submit_batch
from hotgigs.ingest.on_submit_resume import on_submit_resume
from hotgigs.ingest.on_undo_merge import on_undo_merge
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
        # One a transaction: each holds the lock of its candidate's database to the end.
        Handler(message=ResumeParsedV2, handle=on_resume_parsed, batch_size=1),
        Handler(message=ResumeParseFailedV1, handle=on_resume_parse_failed),
        Handler(message=EditCandidateV1, handle=on_edit_candidate, batch_size=1),
        Handler(message=MergeCandidatesV1, handle=on_merge_candidates, batch_size=1),
        Handler(message=UndoMergeV1, handle=on_undo_merge, batch_size=1),
        Handler(message=RetryResumeV1, handle=on_retry_resume, batch_size=1),
    ),
    public_state=public_state,
    loops=(
        Loop(name="sweep_files", every_s=sweep_files.EVERY_S, run=sweep_files.sweep_files),
        Loop(name="forget_commands", every_s=forget_commands.EVERY_S, run=forget_commands.forget_commands),
    ),
    resources=open_resources,
)
