"""What becomes of a webhook that its owner changes; pure."""

from datetime import datetime

import msgspec

from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.webhook_state import WebhookState
from hotgigs.notifier.switching import switched_off, switched_on


def changed(webhook: WebhookState, command: ChangeWebhookV1, *, now: datetime) -> WebhookState:
    """The same state where nothing changes."""
    given = {name: getattr(command, name) for name in _OWNERS}
    webhook = msgspec.structs.replace(
        webhook, **{name: value for name, value in given.items() if value is not None}
    )
    if command.is_active is None:
        return webhook
    return switched_on(webhook) if command.is_active else switched_off(webhook, "owner", now=now)


_OWNERS = ("url", "events", "description", "is_batched", "min_score")
"""What its owner says of it, besides whether it is on."""
