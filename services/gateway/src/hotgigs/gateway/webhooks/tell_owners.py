"""Loop: owners are sent mail when a webhook of theirs was disabled, if the operator has a server for it."""

from urllib.parse import urlsplit

import structlog
from msgspec import Struct

from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.webhook_state import WebhookState
from hotgigs.gateway.mail import Mail, MailNotTaken
from hotgigs.gateway.resources import Resources
from hotgigs.gateway.webhooks import notices
from hotgigs.gateway.webhooks.shown import shown_webhook

log = structlog.get_logger(__name__)

EVERY_S = 30.0
AT_ONCE = 20


class Letter(Struct, frozen=True, kw_only=True):
    subject: str
    text: str


async def tell_owners(units_of_work: UnitsOfWork, resources: Resources) -> None:
    if resources.mail is not None:
        await send_notices(units_of_work, resources.mail)


async def send_notices(units_of_work: UnitsOfWork, mail: Mail) -> None:
    """Each owner is told once; where the server did not take it, again after a while."""
    async with units_of_work.begin() as uow:
        await notices.forget_old(uow.connection)
        claimed = await notices.claim(uow.connection, limit=AT_ONCE)
    for notice in claimed:
        letter = letter_of(notice.webhook)
        try:
            await mail.send(notice.email, subject=letter.subject, text=letter.text)
        except MailNotTaken as err:
            log.warning("owner_not_told", webhook_id=str(notice.webhook.webhook_id), is_final=err.is_final)
            if not err.is_final:
                continue
        async with units_of_work.begin() as uow:
            await notices.settle(uow.connection, notice)


def letter_of(webhook: WebhookState) -> Letter:
    """Of the URL it has the host alone: the rest may be a secret."""
    host = urlsplit(webhook.url).hostname or "its receiver"
    assert webhook.disabled_at is not None
    shown = shown_webhook(webhook, webhook.disabled_at)
    return Letter(
        subject=f"Your webhook to {host} was disabled",
        text=(
            f"Your webhook {webhook.webhook_id} to {host} was disabled"
            f" at {webhook.disabled_at:%Y-%m-%d %H:%M} UTC.\n\n"
            f"{shown.disabled_reason}\n\n"
            f"What was tried is listed at /api/webhooks/{webhook.webhook_id}/deliveries.\n"
        ),
    )
