"""The notifier, declared."""

import hotgigs.notifier.told_tables  # noqa: F401 - its tables are in the metadata too
from hotgigs.chassis.forget_commands import FORGET_COMMANDS
from hotgigs.chassis.handlers import BatchHandler, Handler, WorkHandler
from hotgigs.chassis.service import Loop, Service
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.consent_changed import ConsentChangedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.notifier import (
    count_due,
    end_deliveries,
    fan_out,
    forget_old,
    on_add_webhook,
    on_delete_webhook,
    on_rotate_webhook_secret,
    renew_seals,
)
from hotgigs.notifier.on_access_granted import on_access_granted
from hotgigs.notifier.on_access_revoked import on_access_revoked
from hotgigs.notifier.on_batch_received import on_batch_received
from hotgigs.notifier.on_candidate_added import on_candidate_added
from hotgigs.notifier.on_candidate_erased import on_candidate_erased
from hotgigs.notifier.on_candidate_updated import on_candidate_updated
from hotgigs.notifier.on_change_webhook import on_change_webhook
from hotgigs.notifier.on_consent_changed import on_consent_changed
from hotgigs.notifier.on_job_deleted import on_job_deleted
from hotgigs.notifier.on_job_posted import on_job_posted
from hotgigs.notifier.on_job_updated import on_job_updated
from hotgigs.notifier.on_matches_computed import on_matches_computed
from hotgigs.notifier.on_recover_deliveries import on_recover_deliveries
from hotgigs.notifier.on_redeliver import on_redeliver
from hotgigs.notifier.on_resume_completed import on_resume_completed
from hotgigs.notifier.on_resume_erased import on_resume_erased
from hotgigs.notifier.on_resume_failed import on_resume_failed
from hotgigs.notifier.on_send_test_event import on_send_test_event
from hotgigs.notifier.on_user_changed import on_user_changed
from hotgigs.notifier.public_state import public_state
from hotgigs.notifier.resources import open_resources
from hotgigs.notifier.settings import NotifierSettings
from hotgigs.notifier.tables import metadata

LARGE = 10
"""How many are heard at once of what tells of up to 200 pairs, or files."""

service = Service(
    name="notifier",
    package="hotgigs.notifier",
    settings=NotifierSettings,
    metadata=metadata,
    handlers=(
        # One a transaction: each holds the lock of its owner or webhook to the end.
        WorkHandler(message=AddWebhookV1, work=on_add_webhook.work, record=on_add_webhook.on_add_webhook),
        Handler(message=ChangeWebhookV1, handle=on_change_webhook, batch_size=1),
        WorkHandler(
            message=DeleteWebhookV1, work=on_delete_webhook.work, record=on_delete_webhook.on_delete_webhook
        ),
        WorkHandler(
            message=RotateWebhookSecretV1,
            work=on_rotate_webhook_secret.work,
            record=on_rotate_webhook_secret.on_rotate_webhook_secret,
        ),
        Handler(message=SendTestEventV1, handle=on_send_test_event, batch_size=1),
        Handler(message=RedeliverV1, handle=on_redeliver, batch_size=1),
        Handler(message=RecoverDeliveriesV1, handle=on_recover_deliveries, batch_size=1),
        Handler(message=UserChangedV1, handle=on_user_changed, batch_size=1),
        BatchHandler(message=BatchReceivedV1, handle_all=on_batch_received, batch_size=LARGE),
        BatchHandler(message=ResumeCompletedV2, handle_all=on_resume_completed),
        BatchHandler(message=ResumeFailedV1, handle_all=on_resume_failed),
        BatchHandler(message=CandidateAddedV1, handle_all=on_candidate_added),
        BatchHandler(message=CandidateUpdatedV1, handle_all=on_candidate_updated),
        BatchHandler(message=AccessGrantedV1, handle_all=on_access_granted),
        BatchHandler(message=AccessRevokedV1, handle_all=on_access_revoked),
        BatchHandler(message=ConsentChangedV1, handle_all=on_consent_changed),
        BatchHandler(message=JobPostedV1, handle_all=on_job_posted),
        BatchHandler(message=JobUpdatedV1, handle_all=on_job_updated),
        BatchHandler(message=JobDeletedV1, handle_all=on_job_deleted),
        BatchHandler(message=MatchesComputedV1, handle_all=on_matches_computed, batch_size=LARGE),
        # One a transaction: nothing is heard while it lasts.
        Handler(message=CandidateErasedV1, handle=on_candidate_erased, batch_size=1),
        Handler(message=ResumeErasedV1, handle=on_resume_erased, batch_size=1),
    ),
    public_state=public_state,
    loops=(
        Loop(name="fan_out", every_s=fan_out.EVERY_S, run=fan_out.fan_out),
        Loop(name="count_due", every_s=count_due.EVERY_S, run=count_due.count_due),
        Loop(name="end_deliveries", every_s=end_deliveries.EVERY_S, run=end_deliveries.end_deliveries),
        Loop(name="renew_seals", every_s=renew_seals.EVERY_S, run=renew_seals.renew_seals),
        Loop(name="forget_old", every_s=forget_old.EVERY_S, run=forget_old.forget_old),
        FORGET_COMMANDS,
    ),
    resources=open_resources,
)
