"""What becomes of a webhook that is switched off or on; pure."""

from datetime import datetime

import msgspec

from hotgigs.contracts.webhook_state import DisabledBy, WebhookState


def switched_off(webhook: WebhookState, by: DisabledBy, *, now: datetime) -> WebhookState:
    """Off since ``now`` where it was on. Of what is off already, the owner's word takes the place of their
    account's suspension, so that it stays off when that ends; any other reason stays."""
    if webhook.is_active:
        return msgspec.structs.replace(webhook, is_active=False, disabled_by=by, disabled_at=now)
    if webhook.disabled_by == "owner_inactive":
        return msgspec.structs.replace(webhook, disabled_by=by)
    return webhook


def switched_on(webhook: WebhookState) -> WebhookState:
    return msgspec.structs.replace(webhook, is_active=True, disabled_by=None, disabled_at=None)
