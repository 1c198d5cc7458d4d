"""Which owners were told that a webhook of theirs was disabled. None commits."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from hotgigs.chassis.database import Connection
from hotgigs.contracts.webhook_state import WebhookState

_WEBHOOK = ", ".join(f"w.{name}" for name in WebhookState.__struct_fields__)
_CLAIM = f"""
    WITH due AS (
        SELECT {_WEBHOOK}, u.email FROM webhooks AS w JOIN users AS u ON u.user_id = w.owner_user_id
        WHERE NOT w.is_active AND w.disabled_by IN ('gone', 'failing') AND u.status = 'active'
            -- Nobody is told of what is long past when a server for mail is set up.
            AND w.disabled_at > now() - interval '7 days'
            AND NOT EXISTS (SELECT FROM webhook_notices AS n WHERE n.webhook_id = w.webhook_id
                AND n.disabled_at = w.disabled_at AND (n.is_settled OR n.claimed_until > now()))
        ORDER BY w.disabled_at LIMIT $1
    ), claimed AS (
        INSERT INTO webhook_notices AS n (webhook_id, disabled_at, claimed_until)
        SELECT webhook_id, disabled_at, now() + interval '10 min' FROM due
        ON CONFLICT (webhook_id, disabled_at) DO UPDATE SET claimed_until = excluded.claimed_until
        WHERE NOT n.is_settled AND n.claimed_until <= now()
        RETURNING webhook_id
    )
    SELECT due.* FROM due JOIN claimed USING (webhook_id)
"""  # noqa: S608 - the names are our own


class Notice(Struct, frozen=True, kw_only=True):
    webhook: WebhookState
    email: str


async def claim(connection: Connection, *, limit: int) -> Sequence[Notice]:
    """Those that this process is to send, for ten minutes, after which others may."""
    rows = await connection.fetch(_CLAIM, limit)
    return [
        Notice(webhook=msgspec.convert(dict(row), WebhookState, strict=False), email=row["email"])
        for row in rows
    ]


async def settle(connection: Connection, notice: Notice) -> None:
    """It is not sent again."""
    await connection.execute(
        "UPDATE webhook_notices SET is_settled = true WHERE webhook_id = $1 AND disabled_at = $2",
        notice.webhook.webhook_id,
        notice.webhook.disabled_at,
    )


async def forget_old(connection: Connection) -> None:
    await connection.execute("DELETE FROM webhook_notices WHERE disabled_at < now() - interval '30 days'")
