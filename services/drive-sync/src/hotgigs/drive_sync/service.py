"""drive-sync, declared."""

from functools import partial

from hotgigs.chassis.forget_commands import FORGET_COMMANDS
from hotgigs.chassis.handlers import BatchHandler, Handler, WorkHandler
from hotgigs.chassis.service import Loop, Service
from hotgigs.contracts.gateway.change_drive_sync import ChangeDriveSyncV1
from hotgigs.contracts.gateway.delete_drive_sync import DeleteDriveSyncV1
from hotgigs.contracts.gateway.set_up_drive_sync import SetUpDriveSyncV1
from hotgigs.contracts.gateway.trigger_drive_sync import TriggerDriveSyncV1
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_completed import ResumeCompletedV2
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.ingest.resume_failed import ResumeFailedV1
from hotgigs.drive_sync import forget_old, on_set_up_drive_sync, renew_seals, running, start_due_runs
from hotgigs.drive_sync.on_candidate_erased import on_candidate_erased
from hotgigs.drive_sync.on_change_drive_sync import on_change_drive_sync
from hotgigs.drive_sync.on_delete_drive_sync import on_delete_drive_sync
from hotgigs.drive_sync.on_resume_completed import on_resume_completed
from hotgigs.drive_sync.on_resume_erased import on_resume_erased
from hotgigs.drive_sync.on_resume_failed import on_resume_failed
from hotgigs.drive_sync.on_trigger_drive_sync import on_trigger_drive_sync
from hotgigs.drive_sync.public_state import public_state
from hotgigs.drive_sync.resources import open_resources
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.tables import metadata

service = Service(
    name="drive-sync",
    package="hotgigs.drive_sync",
    settings=DriveSyncSettings,
    metadata=metadata,
    handlers=(
        # One a transaction: each holds the lock of its syncs to the end.
        WorkHandler(
            message=SetUpDriveSyncV1,
            work=on_set_up_drive_sync.work,
            record=on_set_up_drive_sync.on_set_up_drive_sync,
        ),
        Handler(message=ChangeDriveSyncV1, handle=on_change_drive_sync, batch_size=1),
        Handler(message=TriggerDriveSyncV1, handle=on_trigger_drive_sync, batch_size=1),
        Handler(message=DeleteDriveSyncV1, handle=on_delete_drive_sync, batch_size=1),
        BatchHandler(message=ResumeCompletedV2, handle_all=on_resume_completed),
        BatchHandler(message=ResumeFailedV1, handle_all=on_resume_failed),
        Handler(message=CandidateErasedV1, handle=on_candidate_erased, batch_size=1),
        Handler(message=ResumeErasedV1, handle=on_resume_erased, batch_size=1),
    ),
    public_state=public_state,
    loops=(
        Loop(
            name="start_due_runs",
            every_s=start_due_runs.EVERY_S,
            run=partial(start_due_runs.start_due_runs, run=running.run),
        ),
        Loop(name="renew_seals", every_s=renew_seals.EVERY_S, run=renew_seals.renew_seals),
        Loop(name="forget_old", every_s=forget_old.EVERY_S, run=forget_old.forget_old),
        FORGET_COMMANDS,
    ),
    resources=open_resources,
)
