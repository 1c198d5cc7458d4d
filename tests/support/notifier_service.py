"""The notifier's handlers at work on a real database, without a bus: what it delivers is delivered when a
test says so."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from support.handling import Handling

from hotgigs.chassis.database import Pool
from hotgigs.chassis.notifications import Notifications
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret
from hotgigs.contracts.actor import Actor, Role
from hotgigs.contracts.gateway.add_webhook import AddWebhookV1
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.webhook_changed import WebhookChangedV1
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.contracts.webhook_state import DeliveryState, WebhookState
from hotgigs.notifier import (
    on_add_webhook,
    on_delete_webhook,
    on_rotate_webhook_secret,
    secrets_store,
    wakeups,
)
from hotgigs.notifier.on_change_webhook import on_change_webhook
from hotgigs.notifier.on_recover_deliveries import on_recover_deliveries
from hotgigs.notifier.on_redeliver import on_redeliver
from hotgigs.notifier.on_send_test_event import on_send_test_event
from hotgigs.notifier.on_user_changed import on_user_changed
from hotgigs.notifier.resources import Resources
from hotgigs.notifier.settings import NotifierSettings

KEY = "a key of the tests, of 32 letters or more"
SIGNING_KEY = b"a webhook's key of the tests"


def actor(role: Role = "recruiter", user_id: UUID | None = None) -> Actor:
    return Actor(user_id=user_id or uuid4(), role=role)


class NotifierService(Handling):
    """With a ``database_url``, `notifications` hears of the others' wake-ups while it runs."""

    def __init__(self, pool: Pool, database_url: str = "", **settings: Any) -> None:
        super().__init__(pool, "notifier")
        self.resources = Resources(
            settings=NotifierSettings(**settings),
            units_of_work=self.units_of_work,
            notifications=Notifications(database_url, schema="notifier", channel=wakeups.CHANNEL),
            sealing=Sealing([KEY], label=webhook_secret.LABEL),
            stopping=asyncio.Event(),
        )

    async def carry_out(self, command: Message) -> None:
        match command:
            case AddWebhookV1():
                most = await on_add_webhook.work(command, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_add_webhook.on_add_webhook(command, most, uow)
            case RotateWebhookSecretV1():
                overlap_s = await on_rotate_webhook_secret.work(command, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_rotate_webhook_secret.on_rotate_webhook_secret(command, overlap_s, uow)
            case ChangeWebhookV1():
                await self.handle(on_change_webhook, command)
            case DeleteWebhookV1():
                await on_delete_webhook.work(command, self.resources)
                async with self.units_of_work.begin() as uow:
                    await on_delete_webhook.on_delete_webhook(command, None, uow)
            case SendTestEventV1():
                await self.handle(on_send_test_event, command)
            case RedeliverV1():
                await self.handle(on_redeliver, command)
            case RecoverDeliveriesV1():
                await self.handle(on_recover_deliveries, command)
            case _:
                raise TypeError(command)

    async def does(self, command: Message) -> tuple[WebhookCommandSettledV1, list[Message]]:
        return await self.settled(WebhookCommandSettledV1, self.carry_out(command))

    async def does_well(self, command: Message) -> list[Message]:
        """What was told of the effect of a command that was carried out."""
        settled, events = await self.does(command)
        assert settled.rejection is None
        return events

    def sealed(self, webhook_id: UUID, key: bytes = SIGNING_KEY) -> bytes:
        secret = webhook_secret.secret_of(key).encode()
        return self.resources.sealing.seal(secret, context=webhook_secret.context_of(webhook_id))

    def webhook_of(self, owner: Actor, **fields: Any) -> AddWebhookV1:
        webhook_id = fields.get("webhook_id") or uuid4()
        command = AddWebhookV1(
            command_id=uuid4(),
            actor=owner,
            webhook_id=webhook_id,
            url="https://hooks.example.com/in",
            events=("candidate.added",),
            sealed_secret=self.sealed(webhook_id),
        )
        return msgspec.structs.replace(command, **fields)

    async def adds(self, owner: Actor, **fields: Any) -> UUID:
        """A webhook, whose id it returns."""
        command = self.webhook_of(owner, **fields)
        await self.does_well(command)
        return command.webhook_id

    async def changes(
        self, owner: Actor, webhook_id: UUID, **fields: Any
    ) -> tuple[WebhookCommandSettledV1, list[Message]]:
        command = ChangeWebhookV1(command_id=uuid4(), actor=owner, webhook_id=webhook_id, **fields)
        return await self.does(command)

    async def deletes(self, owner: Actor, webhook_id: UUID) -> None:
        await self.does_well(DeleteWebhookV1(command_id=uuid4(), actor=owner, webhook_id=webhook_id))

    async def rotates(self, owner: Actor, webhook_id: UUID, key: bytes) -> None:
        """To another key."""
        sealed = self.sealed(webhook_id, key)
        await self.does_well(
            RotateWebhookSecretV1(
                command_id=uuid4(), actor=owner, webhook_id=webhook_id, sealed_secret=sealed
            )
        )

    async def tests(self, owner: Actor, webhook_id: UUID, event: WebhookEvent = "candidate.added") -> UUID:
        """A pending delivery of a test event, whose id it returns."""
        delivery_id = uuid4()
        await self.does_well(
            SendTestEventV1(
                command_id=uuid4(), actor=owner, webhook_id=webhook_id, delivery_id=delivery_id, event=event
            )
        )
        return delivery_id

    async def hears_of(
        self, owner: Actor, *, version: int, is_active: bool = True, role: Role | None = None
    ) -> list[Message]:
        """What is told as an admin has changed the owner's account."""
        await self.told()
        event = UserChangedV1(
            user_id=owner.user_id, version=version, role=role or owner.role, is_active=is_active
        )
        await self.handle(on_user_changed, event)
        return await self.told()

    async def has_delivery(self, webhook_id: UUID, **columns: Any) -> UUID:
        """A delivery of an event of its own, pending unless ``columns`` say otherwise; its id."""
        delivery_id, event_id = uuid4(), uuid4()
        row = {
            "event": "candidate.added",
            "candidate_id": uuid4(),
            "occurred_at": await self.now(),
            "facts": {},
        }
        await self._insert("events", event_id=event_id, version=1, **row)
        row = {"event": row["event"], "created_at": await self.now(), "next_attempt_at": await self.now()}
        await self._insert("deliveries", delivery_id=delivery_id, webhook_id=webhook_id, **(row | columns))
        await self._insert("delivered_events", delivery_id=delivery_id, event_id=event_id, place=0)
        return delivery_id

    async def has_failed(self, webhook_id: UUID, **columns: Any) -> UUID:
        """As `has_delivery`, of one that was tried ten times."""
        ended = {"status": "failed", "next_attempt_at": None, "ended_at": await self.now()}
        counts = {"attempt_count": 10, "scheduled_count": 10}
        return await self.has_delivery(webhook_id, **(ended | counts | columns))

    async def has_in_hand(self, webhook_id: UUID, **columns: Any) -> UUID:
        """As `has_delivery`, of one that somebody is trying."""
        lease = {"lease_token": uuid4(), "lease_until": await self.now() + timedelta(seconds=30)}
        return await self.has_delivery(webhook_id, **(lease | columns))

    async def now(self) -> datetime:
        """By the database's clock."""
        now: datetime = await self.pool.fetchval("SELECT now()")
        return now

    async def signing_keys(self, webhook_id: UUID) -> tuple[bytes, ...] | None:
        async with self.pool.acquire() as connection:
            keys = await secrets_store.signing_keys(connection, [webhook_id], self.resources.sealing)
        return keys.get(webhook_id)

    async def _insert(self, table: str, **row: Any) -> None:
        places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
        await self.pool.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())

    async def webhook(self, webhook_id: UUID) -> dict[str, Any]:
        row = await self.pool.fetchrow("SELECT * FROM webhooks WHERE webhook_id = $1", webhook_id)
        assert row is not None
        return dict(row)

    async def delivery(self, delivery_id: UUID) -> dict[str, Any]:
        row = await self.pool.fetchrow("SELECT * FROM deliveries WHERE delivery_id = $1", delivery_id)
        assert row is not None
        return dict(row)


def webhooks_in(told: Sequence[Message]) -> list[WebhookState]:
    return [each.webhook for each in told if isinstance(each, WebhookChangedV1)]


def deliveries_in(told: Sequence[Message]) -> list[DeliveryState]:
    return [
        delivery for each in told if isinstance(each, DeliveriesChangedV1) for delivery in each.deliveries
    ]
