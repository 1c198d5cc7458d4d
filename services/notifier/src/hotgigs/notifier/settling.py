"""Commands to the notifier are settled by webhook_command_settled."""

from functools import partial

from hotgigs.chassis import settling
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1

settle = partial(settling.settle, told_as=WebhookCommandSettledV1)
