"""The matcher, declared."""

from hotgigs.chassis.forget_commands import FORGET_COMMANDS
from hotgigs.chassis.handlers import BatchHandler, Handler, WorkHandler
from hotgigs.chassis.service import Loop, Service
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.contracts.matcher.job_run_requested import JobRunRequestedV1
from hotgigs.matcher import (
    forget_old,
    on_candidate_run_requested,
    on_job_run_requested,
    on_preview_matches,
    on_rematch,
    renew_features,
)
from hotgigs.matcher.on_access_granted import on_access_granted
from hotgigs.matcher.on_access_revoked import on_access_revoked
from hotgigs.matcher.on_candidate_added import on_candidate_added
from hotgigs.matcher.on_candidate_erased import on_candidate_erased
from hotgigs.matcher.on_candidate_submitted import on_candidate_submitted
from hotgigs.matcher.on_candidate_updated import on_candidate_updated
from hotgigs.matcher.on_change_job import on_change_job
from hotgigs.matcher.on_consent_changed import on_consent_changed
from hotgigs.matcher.on_delete_job import on_delete_job
from hotgigs.matcher.on_find_similar import on_find_similar
from hotgigs.matcher.on_post_job import on_post_job
from hotgigs.matcher.on_resume_erased import on_resume_erased
from hotgigs.matcher.on_submission_withdrawn import on_submission_withdrawn
from hotgigs.matcher.on_view_match import on_view_match
from hotgigs.matcher.public_state import public_state
from hotgigs.matcher.resources import open_resources
from hotgigs.matcher.settings import MatcherSettings
from hotgigs.matcher.tables import metadata

service = Service(
    name="matcher",
    package="hotgigs.matcher",
    settings=MatcherSettings,
    metadata=metadata,
    extensions=("vector",),
    handlers=(
        BatchHandler(message=CandidateAddedV1, handle_all=on_candidate_added),
        BatchHandler(message=CandidateUpdatedV1, handle_all=on_candidate_updated),
        BatchHandler(message=AccessGrantedV1, handle_all=on_access_granted),
        BatchHandler(message=AccessRevokedV1, handle_all=on_access_revoked),
        BatchHandler(message=ConsentChangedV1, handle_all=on_consent_changed),
        # One a transaction: each holds locks of its candidates, or its job, to the end.
        Handler(message=CandidateSubmittedV1, handle=on_candidate_submitted, batch_size=1),
        Handler(message=SubmissionWithdrawnV1, handle=on_submission_withdrawn, batch_size=1),
        Handler(message=CandidateErasedV1, handle=on_candidate_erased, batch_size=1),
        Handler(message=ResumeErasedV1, handle=on_resume_erased, batch_size=1),
        Handler(message=PostJobV1, handle=on_post_job, batch_size=1),
        Handler(message=ChangeJobV1, handle=on_change_job, batch_size=1),
        Handler(message=DeleteJobV1, handle=on_delete_job, batch_size=1),
        Handler(message=ViewMatchV1, handle=on_view_match, batch_size=1),
        Handler(message=FindSimilarV1, handle=on_find_similar, batch_size=1),
        WorkHandler(message=RematchV1, work=on_rematch.work, record=on_rematch.on_rematch),
        WorkHandler(
            message=PreviewMatchesV1,
            work=on_preview_matches.work,
            record=on_preview_matches.on_preview_matches,
            give_up=on_preview_matches.give_up,
            concurrency=lambda resources: resources.jobs_at_once,
        ),
        WorkHandler(
            message=JobRunRequestedV1,
            work=on_job_run_requested.work,
            record=on_job_run_requested.on_job_run_requested,
            give_up=on_job_run_requested.give_up,
            concurrency=lambda resources: resources.jobs_at_once,
        ),
        WorkHandler(
            message=CandidateRunRequestedV1,
            work=on_candidate_run_requested.work,
            record=on_candidate_run_requested.on_candidate_run_requested,
            give_up=on_candidate_run_requested.give_up,
            concurrency=lambda resources: resources.candidates_at_once,
        ),
    ),
    public_state=public_state,
    loops=(
        Loop(name="renew_features", every_s=renew_features.EVERY_S, run=renew_features.renew_features),
        Loop(name="forget_old", every_s=forget_old.EVERY_S, run=forget_old.forget_old),
        FORGET_COMMANDS,
    ),
    resources=open_resources,
)
