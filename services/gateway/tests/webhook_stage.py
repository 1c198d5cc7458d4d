"""Who has webhooks, and the notifier as it answers their commands, for tests of the routes."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
from told import NOW, tell
from told_by_notifier import attempt, webhook
from writing_app import WritingApp

from hotgigs.chassis.database import Connection, Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.contracts.webhook_state import DeliveryState, WebhookState
from hotgigs.gateway.accounts.principal import Principal
from hotgigs.gateway.webhooks import store

ANN, BEN = (Principal(user_id=uuid4(), role="recruiter") for _ in range(2))
ADMIN = Principal(user_id=uuid4(), role="admin")
PERSON = Principal(user_id=uuid4(), role="candidate")
WEBHOOKS = "/api/webhooks"
URL = "https://ann.example/hooks"
GIVEN = {"url": URL, "events": ["match.created", "candidate.added"]}
FAR_AHEAD = NOW + timedelta(days=36_500)
_FROM_COMMAND = ("url", "events", "description", "is_batched", "min_score", "is_active")


class Stage:
    """The gateway with the notifier behind it."""

    def __init__(self, app: WritingApp, pool: Pool) -> None:
        self.app = app
        self.pool = pool
        self.sealing = Sealing(["a-key-of-the-whole-system-" * 2], label=webhook_secret.LABEL)
        app.resources.webhook_sealing = self.sealing
        app.ingest.effect = notifier

    async def set_up(self, name: str = "webhook", *, owner: Principal = ANN, **changes: Any) -> WebhookState:
        state = webhook(name, owner=owner.actor, **changes)
        async with self.pool.acquire() as connection:
            await tell(connection, WebhookChangedV1(webhook=state))
        return state

    async def told(self, *deliveries: DeliveryState) -> None:
        async with self.pool.acquire() as connection:
            await tell(connection, DeliveriesChangedV1(deliveries=deliveries))

    async def read(self, who: Principal, path: str, status: int = 200) -> Any:
        answer = await self.app.ask(who, "GET", f"{WEBHOOKS}{path}")
        assert answer.status_code == status, answer.text
        return answer.json()

    def opened(self, command: AddWebhookV1 | RotateWebhookSecretV1) -> str:
        """The secret, as the notifier opens it."""
        context = webhook_secret.context_of(command.webhook_id)
        return self.sealing.open(command.sealed_secret, context=context).decode()


async def notifier(connection: Connection, command: Any) -> None:
    """What the notifier tells of a command; a test is accepted by its receiver at once."""
    match command:
        case AddWebhookV1():
            given = {name: getattr(command, name) for name in _FROM_COMMAND}
            state = msgspec.structs.replace(
                webhook("", owner=command.actor), webhook_id=command.webhook_id, **given
            )
            await tell(connection, WebhookChangedV1(webhook=state))
        case ChangeWebhookV1():
            given = {name: getattr(command, name) for name in _FROM_COMMAND}
            await _change(connection, command, {k: v for k, v in given.items() if v is not None})
        case RotateWebhookSecretV1():
            await _change(connection, command, {"old_secrets_until": FAR_AHEAD})
        case DeleteWebhookV1():
            await tell(connection, WebhookDeletedV1(webhook_id=command.webhook_id))
        case SendTestEventV1():
            await tell(connection, DeliveriesChangedV1(deliveries=(accepted(command),)))
        case RedeliverV1():
            before = await store.delivery(connection, command.webhook_id, command.delivery_id)
            assert before is not None
            after = msgspec.structs.replace(
                before, version=before.version + 1, status="pending", next_attempt_at=NOW, ended_at=None
            )
            await tell(connection, DeliveriesChangedV1(deliveries=(after,)))


def accepted(command: SendTestEventV1) -> DeliveryState:
    return DeliveryState(
        delivery_id=command.delivery_id,
        webhook_id=command.webhook_id,
        version=2,
        event=command.event,
        is_test=True,
        status="delivered",
        attempt_count=1,
        attempts=(attempt(),),
        created_at=NOW,
        ended_at=NOW,
    )


async def _change(
    connection: Connection, command: ChangeWebhookV1 | RotateWebhookSecretV1, changes: dict[str, Any]
) -> None:
    before = await store.webhook(connection, command.webhook_id)
    assert before is not None
    state = msgspec.structs.replace(before, version=before.version + 1, **changes)
    await tell(connection, WebhookChangedV1(webhook=state))
