"""Every message version by its wire type.

The wire type is read off where a class stands and what it is called, so that the two cannot
disagree: ``hotgigs.contracts.parser.resume_parsed.ResumeParsedV1`` is
``hotgigs.parser.resume_parsed.v1``.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1
from hotgigs.contracts.drive_sync.drive_file_fetched import DriveFileFetchedV1
from hotgigs.contracts.drive_sync.drive_files_forgotten import DriveFilesForgottenV1
from hotgigs.contracts.drive_sync.drive_run_progressed import DriveRunProgressedV1
from hotgigs.contracts.drive_sync.drive_sync_changed import DriveSyncChangedV1
from hotgigs.contracts.drive_sync.drive_sync_deleted import DriveSyncDeletedV1
from hotgigs.contracts.gateway.add_note import AddNoteV1
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_consent import ChangeConsentV1
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.change_job import ChangeJobV1
from hotgigs.contracts.gateway.change_tags import ChangeTagsV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.delete_job import DeleteJobV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.edit_candidate import EditCandidateV1
from hotgigs.contracts.gateway.erase_candidate import EraseCandidateV1
from hotgigs.contracts.gateway.erase_resume import EraseResumeV1
from hotgigs.contracts.gateway.find_similar import FindSimilarV1
from hotgigs.contracts.gateway.merge_candidates import MergeCandidatesV1
from hotgigs.contracts.gateway.post_job import PostJobV1
from hotgigs.contracts.gateway.preview_matches import PreviewMatchesV1
from hotgigs.contracts.gateway.record_activities import RecordActivitiesV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rematch import RematchV1
from hotgigs.contracts.gateway.remove_note import RemoveNoteV1
from hotgigs.contracts.gateway.retry_resume import RetryResumeV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.share_candidates import ShareCandidatesV1
from hotgigs.contracts.gateway.submit_batch import SubmitBatchV1
from hotgigs.contracts.gateway.submit_candidate import SubmitCandidateV1
from hotgigs.contracts.gateway.submit_resume import SubmitResumeV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.gateway.undo_merge import UndoMergeV1
from hotgigs.contracts.gateway.unshare_candidate import UnshareCandidateV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.gateway.view_match import ViewMatchV1
from hotgigs.contracts.gateway.withdraw_submission import WithdrawSubmissionV1
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV1, ActivitiesRecordedV2
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
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV1, ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.ingest.submission_withdrawn import SubmissionWithdrawnV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.matcher.candidate_run_requested import CandidateRunRequestedV1
from hotgigs.contracts.matcher.job_deleted import JobDeletedV1
from hotgigs.contracts.matcher.job_posted import JobPostedV1
from hotgigs.contracts.matcher.job_run_requested import JobRunRequestedV1
from hotgigs.contracts.matcher.job_updated import JobUpdatedV1
from hotgigs.contracts.matcher.match_viewed import MatchViewedV1
from hotgigs.contracts.matcher.matches_computed import MatchesComputedV1
from hotgigs.contracts.matcher.matches_forgotten import MatchesForgottenV1
from hotgigs.contracts.matcher.matches_previewed import MatchesPreviewedV1
from hotgigs.contracts.matcher.matching_progressed import MatchingProgressedV1
from hotgigs.contracts.matcher.matching_settled import MatchingSettledV1
from hotgigs.contracts.matcher.similar_found import SimilarFoundV1
from hotgigs.contracts.message import Command, Message
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.contracts.parser.resume_parse_failed import ResumeParseFailedV1
from hotgigs.contracts.parser.resume_parsed import ResumeParsedV1, ResumeParsedV2

MESSAGES: tuple[type[Message], ...] = (
    SubmitResumeV1,
    SubmitBatchV1,
    ResumeReceivedV1,
    BatchReceivedV1,
    ResumeCompletedV1,
    ResumeCompletedV2,
    ResumeFailedV1,
    ParseProgressedV1,
    ResumeParsedV1,
    ResumeParsedV2,
    ResumeParseFailedV1,
    AddNoteV1,
    ChangeTagsV1,
    EditCandidateV1,
    EraseCandidateV1,
    EraseResumeV1,
    MergeCandidatesV1,
    RecordActivitiesV1,
    RemoveNoteV1,
    RetryResumeV1,
    ShareCandidatesV1,
    UndoMergeV1,
    UnshareCandidateV1,
    AccessGrantedV1,
    AccessRevokedV1,
    ActivitiesRecordedV1,
    ActivitiesRecordedV2,
    CandidateAddedV1,
    CandidateErasedV1,
    CandidateUpdatedV1,
    CommandSettledV1,
    FilesErasedV1,
    NoteAddedV1,
    NoteRemovedV1,
    ResumeErasedV1,
    TagsChangedV1,
    ParsesForgottenV1,
    JobDeletedV1,
    JobPostedV1,
    JobUpdatedV1,
    MatchViewedV1,
    MatchesComputedV1,
    MatchesForgottenV1,
    MatchesPreviewedV1,
    MatchingProgressedV1,
    JobRunRequestedV1,
    CandidateRunRequestedV1,
    MatchingSettledV1,
    SimilarFoundV1,
    CandidateSubmittedV1,
    ConsentChangedV1,
    SubmissionWithdrawnV1,
    ChangeConsentV1,
    ChangeJobV1,
    DeleteJobV1,
    FindSimilarV1,
    PostJobV1,
    PreviewMatchesV1,
    RematchV1,
    SubmitCandidateV1,
    ViewMatchV1,
    WithdrawSubmissionV1,
    DriveCommandSettledV1,
    DriveFileFetchedV1,
    DriveFilesForgottenV1,
    DriveRunProgressedV1,
    DriveSyncChangedV1,
    DriveSyncDeletedV1,
    ChangeDriveSyncV1,
    DeleteDriveSyncV1,
    SetUpDriveSyncV1,
    TriggerDriveSyncV1,
    AddWebhookV1,
    ChangeWebhookV1,
    DeleteWebhookV1,
    RotateWebhookSecretV1,
    SendTestEventV1,
    RedeliverV1,
    RecoverDeliveriesV1,
    UserChangedV1,
    WebhookChangedV1,
    WebhookDeletedV1,
    DeliveriesChangedV1,
    WebhookCommandSettledV1,
    NotificationsForgottenV1,
)


class MessageType(Struct, frozen=True, kw_only=True):
    """The parts of a wire type. ``name`` and ``routing_key`` are the same for all versions."""

    publisher: str
    name: str
    version: int
    kind: Literal["command", "event"]

    @property
    def routing_key(self) -> str:
        """What queues are bound by. It leaves the version out, so that a newer version than a
        consumer knows still reaches that consumer's queue instead of being lost."""
        return f"{self.publisher}.{self.name}"

    @property
    def wire(self) -> str:
        return f"hotgigs.{self.routing_key}.v{self.version}"


@cache
def type_of(message_class: type[Message]) -> MessageType:
    """Raises ValueError for a class that does not follow the naming rule."""
    module = re.fullmatch(r"hotgigs\.contracts\.(\w+)\.(\w+)", message_class.__module__)
    version = re.search(r"V(\d+)$", message_class.__name__)
    if module is None or version is None:
        raise ValueError(f"{message_class.__qualname__} is not named after its publisher, file and version")
    publisher, name = module.groups()
    if message_class.__name__ != "".join(map(str.capitalize, name.split("_"))) + version.group():
        raise ValueError(f"{message_class.__qualname__} is not named after its file, {name}.py")
    return MessageType(
        publisher=publisher,
        name=name,
        version=int(version[1]),
        kind="command" if issubclass(message_class, Command) else "event",
    )


BY_WIRE_TYPE: Mapping[str, type[Message]] = MappingProxyType({type_of(m).wire: m for m in MESSAGES})

KIND_OF: Mapping[str, Literal["command", "event"]] = MappingProxyType(
    {type_of(m).routing_key: type_of(m).kind for m in MESSAGES}
)
"""By routing key."""
