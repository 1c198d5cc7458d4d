"""Commands to drive-sync are settled by drive_command_settled."""

from functools import partial

from hotgigs.chassis import settling
from hotgigs.contracts.drive_sync.drive_command_settled import DriveCommandSettledV1

settle = partial(settling.settle, told_as=DriveCommandSettledV1)
