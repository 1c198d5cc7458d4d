"""The gateway, declared."""

from sqlalchemy import Table

from hotgigs.chassis.handlers import BatchHandler
from hotgigs.chassis.service import Loop, ReadModel, Service
from hotgigs.contracts.ingest.access_granted import AccessGrantedV1
from hotgigs.contracts.ingest.access_revoked import AccessRevokedV1
from hotgigs.contracts.ingest.activities_recorded import ActivitiesRecordedV1
from hotgigs.contracts.ingest.batch_received import BatchReceivedV1
from hotgigs.contracts.ingest.candidate_added import CandidateAddedV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.ingest.command_settled import CommandSettledV1
from hotgigs.contracts.ingest.files_erased import FilesErasedV1
from hotgigs.contracts.ingest.note_added import NoteAddedV1
from hotgigs.contracts.ingest.note_removed import NoteRemovedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.contracts.ingest.resume_received import ResumeReceivedV1
from hotgigs.contracts.ingest.tags_changed import TagsChangedV1
from hotgigs.contracts.parser.parse_progressed import ParseProgressedV1
from hotgigs.contracts.parser.parses_forgotten import ParsesForgottenV1
from hotgigs.gateway import tables
from hotgigs.gateway.accounts.forget_expired_tokens import forget_expired_tokens
from hotgigs.gateway.http import build_app
from hotgigs.gateway.idempotency.forget_old_answers import forget_old_answers
from hotgigs.gateway.on_access_granted import on_access_granted
from hotgigs.gateway.on_access_revoked import on_access_revoked
from hotgigs.gateway.on_activities_recorded import on_activities_recorded
from hotgigs.gateway.on_batch_received import on_batch_received
from hotgigs.gateway.on_candidate_added import on_candidate_added
from hotgigs.gateway.on_candidate_erased import on_candidate_erased
from hotgigs.gateway.on_candidate_updated import on_candidate_updated
from hotgigs.gateway.on_command_settled import on_command_settled
from hotgigs.gateway.on_files_erased import on_files_erased
from hotgigs.gateway.on_note_added import on_note_added
from hotgigs.gateway.on_note_removed import on_note_removed
from hotgigs.gateway.on_parse_progressed import on_parse_progressed
from hotgigs.gateway.on_parses_forgotten import on_parses_forgotten
from hotgigs.gateway.on_resume_completed import on_resume_completed
from hotgigs.gateway.on_resume_erased import on_resume_erased
from hotgigs.gateway.on_resume_failed import on_resume_failed
from hotgigs.gateway.on_resume_received import on_resume_received
from hotgigs.gateway.on_tags_changed import on_tags_changed
from hotgigs.gateway.outcomes.forget_old_outcomes import forget_old_outcomes
from hotgigs.gateway.rate_limits.forget_ended_windows import forget_ended_windows
from hotgigs.gateway.resources import open_resources
from hotgigs.gateway.settings import GatewaySettings

HEAVY = 50
"""How many are projected at once of what makes entries, or is large: their database is locked meanwhile."""


def _told_by_ingest(table: Table) -> ReadModel:
    return ReadModel(table=table, owners=["ingest"])


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
        BatchHandler(message=ActivitiesRecordedV1, handle_all=on_activities_recorded),
        BatchHandler(message=CommandSettledV1, handle_all=on_command_settled),
        BatchHandler(message=CandidateErasedV1, handle_all=on_candidate_erased),
        BatchHandler(message=ResumeErasedV1, handle_all=on_resume_erased),
        BatchHandler(message=FilesErasedV1, handle_all=on_files_erased),
        BatchHandler(message=ParsesForgottenV1, handle_all=on_parses_forgotten),
    ),
    read_models=(
        *map(_told_by_ingest, (tables.tombstones, tables.erasures)),
        # The parser has no public state to tell its confirmations again from.
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
        *map(_told_by_ingest, (tables.views, tables.entries)),
    ),
    loops=(
        Loop(
            name="forget_expired_tokens",
            every_s=3600,
            run=forget_expired_tokens,
        ),
        Loop(name="forget_old_answers", every_s=3600, run=forget_old_answers),
        Loop(name="forget_old_outcomes", every_s=3600, run=forget_old_outcomes),
        Loop(name="forget_ended_windows", every_s=60, run=forget_ended_windows),
    ),
    resources=open_resources,
    http=build_app,
)
