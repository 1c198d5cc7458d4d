"""Commands to ingest are settled by command_settled."""

from functools import partial

from hotgigs.chassis import settling
from hotgigs.contracts.ingest.command_settled import CommandSettledV1

settle = partial(settling.settle, told_as=CommandSettledV1)
