"""Who may do what with a webhook. For everybody but its owner, admins too, it is not there."""

from hotgigs.chassis.refused import Refused
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.webhook_state import WebhookState

SWITCHED_OFF = "This webhook is switched off; switch it on first."


def is_owner(actor: Actor, webhook: WebhookState) -> bool:
    return webhook.owner_user_id == actor.user_id


def require_owner(actor: Actor, webhook: WebhookState | None) -> WebhookState:
    """Raises Refused."""
    if webhook is None or not is_owner(actor, webhook):
        raise Refused("not_found", "There is no such webhook.")
    return webhook


def require_active(webhook: WebhookState) -> None:
    """Raises Refused: nothing is delivered to one that is off."""
    if not webhook.is_active:
        raise Refused("conflict", SWITCHED_OFF)
