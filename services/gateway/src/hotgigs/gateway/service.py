"""The gateway, declared."""

from sqlalchemy import Table

import hotgigs.gateway.drive_connection_tables  # noqa: F401 - its tables are in the metadata too
from hotgigs.chassis.handlers import BatchHandler
from hotgigs.chassis.inbox import KEPT
from hotgigs.chassis.service import Loop, ReadModel, Service
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV2
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_submitted import CandidateSubmittedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.gateway import drive_tables, job_tables, submission_tables, tables, webhook_tables
from hotgigs.gateway.accounts.forget_expired_tokens import forget_expired_tokens
from hotgigs.gateway.drive.forget_old_runs import forget_old_runs
from hotgigs.gateway.drive.store import RUNS_KEPT
from hotgigs.gateway.drive_connections.forget_expired_connections import forget_expired_connections
from hotgigs.gateway.http import build_app
from hotgigs.gateway.idempotency.forget_old_answers import forget_old_answers
from hotgigs.gateway.matching.forget_old_matches import forget_old_matches
from hotgigs.gateway.on_access_granted import on_access_granted
from hotgigs.gateway.on_access_revoked import on_access_revoked
from hotgigs.gateway.on_activities_recorded import on_activities_recorded
from hotgigs.gateway.on_batch_received import on_batch_received
from hotgigs.gateway.on_candidate_added import on_candidate_added
from hotgigs.gateway.on_candidate_erased import on_candidate_erased
from hotgigs.gateway.on_candidate_submitted import on_candidate_submitted
from hotgigs.gateway.on_candidate_updated import on_candidate_updated
from hotgigs.gateway.on_command_settled import on_command_settled
from hotgigs.gateway.on_consent_changed import on_consent_changed
from hotgigs.gateway.on_deliveries_changed import on_deliveries_changed
from hotgigs.gateway.on_drive_command_settled import on_drive_command_settled
from hotgigs.gateway.on_drive_files_forgotten import on_drive_files_forgotten
from hotgigs.gateway.on_drive_run_progressed import on_drive_run_progressed
from hotgigs.gateway.on_drive_sync_changed import on_drive_sync_changed
from hotgigs.gateway.on_drive_sync_deleted import on_drive_sync_deleted
from hotgigs.gateway.on_files_erased import on_files_erased
from hotgigs.gateway.on_job_deleted import on_job_deleted
from hotgigs.gateway.on_job_posted import on_job_posted
from hotgigs.gateway.on_job_updated import on_job_updated
from hotgigs.gateway.on_match_viewed import on_match_viewed
from hotgigs.gateway.on_matches_computed import on_matches_computed
from hotgigs.gateway.on_matches_forgotten import on_matches_forgotten
from hotgigs.gateway.on_matches_previewed import on_matches_previewed
from hotgigs.gateway.on_matching_progressed import on_matching_progressed
from hotgigs.gateway.on_matching_settled import on_matching_settled
from hotgigs.gateway.on_note_added import on_note_added
from hotgigs.gateway.on_note_removed import on_note_removed
from hotgigs.gateway.on_notifications_forgotten import on_notifications_forgotten
from hotgigs.gateway.on_parse_progressed import on_parse_progressed
from hotgigs.gateway.on_parses_forgotten import on_parses_forgotten
from hotgigs.gateway.on_resume_completed import on_resume_completed
from hotgigs.gateway.on_resume_erased import on_resume_erased
from hotgigs.gateway.on_resume_failed import on_resume_failed
from hotgigs.gateway.on_resume_received import on_resume_received
from hotgigs.gateway.on_similar_found import on_similar_found
from hotgigs.gateway.on_submission_withdrawn import on_submission_withdrawn
from hotgigs.gateway.on_tags_changed import on_tags_changed
from hotgigs.gateway.on_webhook_changed import on_webhook_changed
from hotgigs.gateway.on_webhook_command_settled import on_webhook_command_settled
from hotgigs.gateway.on_webhook_deleted import on_webhook_deleted
from hotgigs.gateway.outcomes.forget_old_outcomes import forget_old_outcomes
from hotgigs.gateway.rate_limits.forget_ended_windows import forget_ended_windows
from hotgigs.gateway.resources import open_resources
from hotgigs.gateway.settings import GatewaySettings
from hotgigs.gateway.webhooks import tell_owners
from hotgigs.gateway.webhooks.forget_old_deliveries import forget_old_deliveries
from hotgigs.gateway.webhooks.store import DELIVERIES_KEPT

HEAVY = 50
"""How many are projected at once of what makes entries, or is large: their database is locked meanwhile."""
LARGE = 10
"""Of what tells of up to 200 pairs, or of 50 deliveries, each."""


def _told_by_ingest(table: Table) -> ReadModel:
    return ReadModel(table=table, owners=["ingest"])


def _told_by_the_matcher(table: Table, *, kept_since: str | None = None) -> ReadModel:
    """What both forget some time after ``kept_since`` may be here for some hours longer."""
    is_old = "false" if kept_since is None else f"live.{kept_since} < now() - interval '{KEPT.days} days'"
    return ReadModel(table=table, owners=["matcher"], own_rows=is_old)


service = Service(
    name="gateway",
    package="hotgigs.gateway",
    settings=GatewaySettings,
    metadata=tables.metadata,
    handlers=(
        BatchHandler(message=ResumeReceivedV1, handle_all=on_resume_received),
        BatchHandler(message=BatchReceivedV1, handle_all=on_batch_received, batch_size=HEAVY),
        BatchHandler(message=ResumeCompletedV2, handle_all=on_resume_completed, batch_size=HEAVY),
        BatchHandler(message=ResumeFailedV1, handle_all=on_resume_failed),
        BatchHandler(message=ParseProgressedV1, handle_all=on_parse_progressed),
        BatchHandler(message=CandidateAddedV1, handle_all=on_candidate_added, batch_size=HEAVY),
        BatchHandler(message=CandidateUpdatedV1, handle_all=on_candidate_updated, batch_size=HEAVY),
        BatchHandler(message=AccessGrantedV1, handle_all=on_access_granted, batch_size=HEAVY),
        BatchHandler(message=AccessRevokedV1, handle_all=on_access_revoked, batch_size=HEAVY),
        BatchHandler(message=NoteAddedV1, handle_all=on_note_added),
        BatchHandler(message=NoteRemovedV1, handle_all=on_note_removed),
        BatchHandler(message=TagsChangedV1, handle_all=on_tags_changed, batch_size=HEAVY),
        BatchHandler(message=ActivitiesRecordedV2, handle_all=on_activities_recorded),
        BatchHandler(message=CandidateSubmittedV1, handle_all=on_candidate_submitted),
        BatchHandler(message=SubmissionWithdrawnV1, handle_all=on_submission_withdrawn),
        BatchHandler(message=ConsentChangedV1, handle_all=on_consent_changed),
        BatchHandler(message=CommandSettledV1, handle_all=on_command_settled),
        BatchHandler(message=CandidateErasedV1, handle_all=on_candidate_erased),
        BatchHandler(message=ResumeErasedV1, handle_all=on_resume_erased),
        BatchHandler(message=FilesErasedV1, handle_all=on_files_erased),
        BatchHandler(message=ParsesForgottenV1, handle_all=on_parses_forgotten),
        BatchHandler(message=JobPostedV1, handle_all=on_job_posted),
        BatchHandler(message=JobUpdatedV1, handle_all=on_job_updated),
        BatchHandler(message=JobDeletedV1, handle_all=on_job_deleted),
        BatchHandler(message=MatchesComputedV1, handle_all=on_matches_computed, batch_size=LARGE),
        BatchHandler(message=MatchViewedV1, handle_all=on_match_viewed),
        BatchHandler(message=MatchingProgressedV1, handle_all=on_matching_progressed),
        BatchHandler(message=MatchingSettledV1, handle_all=on_matching_settled),
        BatchHandler(message=MatchesPreviewedV1, handle_all=on_matches_previewed, batch_size=LARGE),
        BatchHandler(message=SimilarFoundV1, handle_all=on_similar_found),
        BatchHandler(message=MatchesForgottenV1, handle_all=on_matches_forgotten),
        BatchHandler(message=DriveSyncChangedV1, handle_all=on_drive_sync_changed),
        BatchHandler(message=DriveSyncDeletedV1, handle_all=on_drive_sync_deleted),
        BatchHandler(message=DriveRunProgressedV1, handle_all=on_drive_run_progressed, batch_size=HEAVY),
        BatchHandler(message=DriveCommandSettledV1, handle_all=on_drive_command_settled),
        BatchHandler(message=DriveFilesForgottenV1, handle_all=on_drive_files_forgotten),
        BatchHandler(message=WebhookChangedV1, handle_all=on_webhook_changed),
        BatchHandler(message=WebhookDeletedV1, handle_all=on_webhook_deleted),
        BatchHandler(message=DeliveriesChangedV1, handle_all=on_deliveries_changed, batch_size=LARGE),
        BatchHandler(message=WebhookCommandSettledV1, handle_all=on_webhook_command_settled),
        BatchHandler(message=NotificationsForgottenV1, handle_all=on_notifications_forgotten),
    ),
    read_models=(
        ReadModel(table=tables.tombstones, owners=["ingest", "matcher", "drive-sync", "notifier"]),
        _told_by_ingest(tables.erasures),
        # None of the others has its confirmations in its public state.
        ReadModel(table=tables.erasure_confirmations, owners=["ingest"], own_rows="live.service <> 'ingest'"),
        ReadModel(
            table=tables.batches,
            owners=["ingest"],
            own_rows="EXISTS (SELECT FROM gateway.resumes AS own"
            " WHERE own.batch_id = live.batch_id AND own.version = 0)",
        ),
        ReadModel(table=tables.resumes, owners=["ingest"], own_rows="live.version = 0"),
        *map(_told_by_ingest, (tables.candidates, tables.access, tables.notes, tables.tags)),
        ReadModel(table=tables.activities, owners=["ingest"], own_rows="live.user_id IS NOT NULL"),
        *map(_told_by_ingest, (tables.views, submission_tables.submissions, submission_tables.consents)),
        _told_by_ingest(tables.entries),
        _told_by_the_matcher(job_tables.jobs),
        _told_by_the_matcher(job_tables.matches, kept_since="removed_at"),
        _told_by_the_matcher(job_tables.match_views),
        _told_by_the_matcher(job_tables.matching_runs, kept_since="ended_at"),
        ReadModel(table=drive_tables.drive_syncs, owners=["drive-sync"]),
        # Both forget those that ended long ago, each when it comes to it.
        ReadModel(
            table=drive_tables.drive_runs,
            owners=["drive-sync"],
            own_rows=f"live.ended_at < now() - interval '{RUNS_KEPT.days} days'",
        ),
        ReadModel(table=webhook_tables.webhooks, owners=["notifier"]),
        ReadModel(
            table=webhook_tables.webhook_deliveries,
            owners=["notifier"],
            own_rows=f"live.ended_at < now() - interval '{DELIVERIES_KEPT.days} days'",
        ),
    ),
    loops=(
        Loop(
            name="forget_expired_tokens",
            every_s=3600,
            run=forget_expired_tokens,
        ),
        Loop(name="forget_expired_connections", every_s=60, run=forget_expired_connections),
        Loop(name="forget_old_answers", every_s=3600, run=forget_old_answers),
        Loop(name="forget_old_outcomes", every_s=3600, run=forget_old_outcomes),
        Loop(name="forget_ended_windows", every_s=60, run=forget_ended_windows),
        Loop(name="forget_old_matches", every_s=60, run=forget_old_matches),
        Loop(name="forget_old_runs", every_s=24 * 3600, run=forget_old_runs),
        Loop(name="tell_owners", every_s=tell_owners.EVERY_S, run=tell_owners.tell_owners),
        Loop(name="forget_old_deliveries", every_s=60, run=forget_old_deliveries),
    ),
    resources=open_resources,
    http=build_app,
)
