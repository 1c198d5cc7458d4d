"""drive-sync, declared."""

from hotgigs.chassis.forget_commands import FORGET_COMMANDS
from hotgigs.chassis.service import Service
from hotgigs.drive_sync.resources import open_resources
from hotgigs.drive_sync.settings import DriveSyncSettings
from hotgigs.drive_sync.tables import metadata

service = Service(
    name="drive-sync",
    package="hotgigs.drive_sync",
    settings=DriveSyncSettings,
    metadata=metadata,
    loops=(FORGET_COMMANDS,),
    resources=open_resources,
)
