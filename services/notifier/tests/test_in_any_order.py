"""Whatever owners ask and admins do, in whatever order, and whatever comes twice: webhooks and deliveries are
as they should be, and who hears what is told of them, in any order, knows exactly what is."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.notifier_service import NotifierService, actor, deliveries_in, webhooks_in

from hotgigs.chassis.database import Pool
from hotgigs.contracts.actor import Actor
from hotgigs.contracts.gateway.change_webhook import ChangeWebhookV1
from hotgigs.contracts.gateway.delete_webhook import DeleteWebhookV1
from hotgigs.contracts.gateway.recover_deliveries import RecoverDeliveriesV1
from hotgigs.contracts.gateway.redeliver import RedeliverV1
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.contracts.gateway.send_test_event import SendTestEventV1
from hotgigs.contracts.gateway.user_changed import UserChangedV1
from hotgigs.contracts.message import Message
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.contracts.webhook_state import DeliveryState, WebhookState
from hotgigs.notifier import delivery_states, public_state, webhook_store
from hotgigs.notifier.on_user_changed import on_user_changed

pytestmark = pytest.mark.timeout(900)

MOST = 3
TABLES = "webhooks, deleted_webhooks, owners, events, settled_commands, outbox"
ACTS = (
    *["add", "add", "add off", "add again", "describe", "move", "switch off", "switch on", "switch on"],
    *["rotate", "delete", "test", "test", "redeliver", "redeliver", "recover", "come twice", "suspend"],
    *["let in", "hear late", "make", "make", "take in hand", "deliver", "fail", "gone"],
)
ANSWERS = {"ok": None, "away": "not_found", "off": "conflict", "suspended": "forbidden"}

acts = st.lists(st.sampled_from(ACTS), min_size=5, max_size=50)


@dataclass
class Expected:
    """A webhook, and what became of its deliveries."""

    owner: Actor
    disabled_by: str | None = None
    deliveries: dict[UUID, str] = field(default_factory=dict)

    def switch_off(self, by: str) -> None:
        if self.disabled_by in (None, "owner_inactive"):
            self.disabled_by = by
        for delivery_id, status in self.deliveries.items():
            self.deliveries[delivery_id] = "failed" if status == "pending" else status


class World:
    def __init__(self, pool: Pool, choice: Random) -> None:
        self.notifier = NotifierService(pool, webhook_most_per_owner=MOST)
        self.choice = choice
        self.owners = [actor(), actor("candidate")]
        self.suspended: set[UUID] = set()
        self.account_version = 0
        self.webhooks: dict[UUID, Expected] = {}
        self.gone: list[UUID] = []
        self.settled: list[tuple[Message, WebhookCommandSettledV1]] = []
        self.told: list[Message] = []

    async def act(self, act: str) -> None:
        if act.startswith("add"):
            await self.add(act)
        elif act in ("suspend", "let in", "hear late"):
            await self.change_account(act)
        elif act == "come twice":
            await self.send_twice()
        elif act in ("make", "take in hand", "deliver", "fail", "gone"):
            await self.dispatch(act)
        else:
            await self.ask(act)

    async def add(self, act: str) -> None:
        owner = self.choice.choice(self.owners)
        known = [*self.webhooks, *self.gone]
        webhook_id = self.choice.choice(known) if act == "add again" and known else uuid4()
        command = self.notifier.webhook_of(owner, webhook_id=webhook_id, is_active=act != "add off")
        if owner.user_id in self.suspended:
            return await self.does(command, "suspended")
        if len(self.of(owner)) == MOST or webhook_id in known:
            return await self.does(command, "off")
        await self.does(command, "ok")
        self.webhooks[webhook_id] = Expected(owner, None if command.is_active else "owner")
        return None

    async def ask(self, act: str) -> None:
        """As somebody who is the owner most of the time."""
        known = [*self.webhooks, *self.webhooks, *self.gone, uuid4()]
        webhook_id = self.choice.choice(known)
        webhook = self.webhooks.get(webhook_id)
        owner = webhook.owner if webhook else self.owners[0]
        asking = owner if self.choice.random() < 0.9 else self.choice.choice([*self.owners, actor("admin")])
        who: dict[str, Any] = {"command_id": uuid4(), "actor": asking, "webhook_id": webhook_id}
        is_theirs = webhook is not None and asking == owner
        command = await self.command(act, webhook, who)
        if not is_theirs or webhook is None:
            return await self.does(command, "away")
        answer = self.effect(act, webhook, command)
        await self.does(command, answer)
        if answer == "ok" and act == "delete":
            del self.webhooks[webhook_id]
            self.gone.append(webhook_id)
        return None

    async def command(self, act: str, webhook: Expected | None, who: dict[str, Any]) -> Message:
        deliveries = list(webhook.deliveries) if webhook else []
        match act:
            case "describe":
                return ChangeWebhookV1(description=str(self.choice.randrange(3)), **who)
            case "move":
                return ChangeWebhookV1(url=f"https://{self.choice.randrange(3)}.example.com", **who)
            case "switch off" | "switch on":
                return ChangeWebhookV1(is_active=act == "switch on", **who)
            case "rotate":
                sealed = self.notifier.sealed(who["webhook_id"], b"another key of this webhook")
                return RotateWebhookSecretV1(sealed_secret=sealed, **who)
            case "delete":
                return DeleteWebhookV1(**who)
            case "test":
                return SendTestEventV1(delivery_id=uuid4(), event="match.created", **who)
            case "redeliver":
                return RedeliverV1(delivery_id=self.choice.choice([*deliveries, uuid4()]), **who)
            case _:
                since = await self.notifier.now() - timedelta(days=1)
                return RecoverDeliveriesV1(since=since, **who)

    def effect(self, act: str, webhook: Expected, command: Message) -> str:
        """On what is expected; returns what is answered."""
        match act, command:
            case "switch off", _:
                webhook.switch_off("owner")
            case "switch on", _:
                if webhook.owner.user_id in self.suspended:
                    return "suspended"
                webhook.disabled_by = None
            case (("test" | "redeliver" | "recover"), _) if webhook.disabled_by:
                return "off"
            case "test", SendTestEventV1():
                webhook.deliveries[command.delivery_id] = "pending"
            case "redeliver", RedeliverV1():
                if command.delivery_id not in webhook.deliveries:
                    return "away"
                webhook.deliveries[command.delivery_id] = "pending"
            case "recover", _:
                for delivery_id, status in webhook.deliveries.items():
                    webhook.deliveries[delivery_id] = "pending" if status == "failed" else status
        return "ok"

    async def does(self, command: Message, answer: str) -> None:
        settled, told = await self.notifier.does(command)
        assert (settled.rejection.code if settled.rejection else None) == ANSWERS[answer]
        assert not (told and settled.rejection)
        self.settled.append((command, settled))
        self.told += told

    async def send_twice(self) -> None:
        if self.settled:
            command, settled = self.choice.choice(self.settled)
            await self.notifier.carry_out(command)
            assert await self.notifier.told() == [settled]

    async def change_account(self, act: str) -> None:
        owner = self.choice.choice(self.owners)
        is_late = act == "hear late"
        self.account_version += 0 if is_late else 1
        event = UserChangedV1(
            user_id=owner.user_id,
            version=0 if is_late else self.account_version,
            role=owner.role,
            is_active=act == "let in",
        )
        if is_late and not await self.notifier.pool.fetchval(
            "SELECT true FROM owners WHERE user_id = $1", owner.user_id
        ):
            return
        await self.notifier.handle(on_user_changed, event)
        self.told += await self.notifier.told()
        for webhook in [] if is_late else self.of(owner):
            if act == "suspend" and webhook.disabled_by is None:
                webhook.switch_off("owner_inactive")
            elif act == "let in" and webhook.disabled_by == "owner_inactive":
                webhook.disabled_by = None
        if not is_late:
            (self.suspended.add if act == "suspend" else self.suspended.discard)(owner.user_id)

    async def dispatch(self, act: str) -> None:
        """What others do with deliveries of webhooks that are on."""
        on = [(webhook_id, each) for webhook_id, each in self.webhooks.items() if each.disabled_by is None]
        if not on:
            return
        webhook_id, webhook = self.choice.choice(on)
        pending = [each for each, status in webhook.deliveries.items() if status == "pending"]
        if act == "gone":
            async with self.notifier.units_of_work.begin() as uow:
                for event in await webhook_store.disable(uow.connection, webhook_id, "gone"):
                    uow.publish(event)
            self.told += await self.notifier.told()
            webhook.switch_off("gone")
        elif act == "make":
            delivery_id = await self.notifier.has_delivery(webhook_id)
            webhook.deliveries[delivery_id] = "pending"
            await self.tell(delivery_id)
        elif pending and act == "take in hand":
            await self.notifier.pool.execute(
                "UPDATE deliveries SET lease_token = gen_random_uuid(),"
                "  lease_until = now() + interval '1 min' WHERE delivery_id = $1",
                self.choice.choice(pending),
            )
        elif pending and act in ("deliver", "fail"):
            delivery_id = self.choice.choice(pending)
            webhook.deliveries[delivery_id] = "delivered" if act == "deliver" else "failed"
            await self.notifier.pool.execute(
                "UPDATE deliveries SET version = version + 1, status = $2, next_attempt_at = NULL,"
                " ended_at = now(), lease_token = NULL, lease_until = NULL WHERE delivery_id = $1",
                delivery_id,
                webhook.deliveries[delivery_id],
            )
            await self.tell(delivery_id)

    async def tell(self, delivery_id: UUID) -> None:
        async with self.notifier.pool.acquire() as connection:
            self.told += await delivery_states.words_of(connection, [delivery_id])

    def of(self, owner: Actor) -> list[Expected]:
        return [webhook for webhook in self.webhooks.values() if webhook.owner == owner]


def known_from(
    told: list[Message], choice: Random
) -> tuple[dict[UUID, WebhookState], dict[UUID, DeliveryState]]:
    """The webhooks and deliveries that somebody knows of who hears what is told in any order."""
    told = choice.sample(told, len(told))
    gone = {each.webhook_id for each in told if isinstance(each, WebhookDeletedV1)}
    webhooks: dict[UUID, WebhookState] = {}
    deliveries: dict[UUID, DeliveryState] = {}
    for webhook in webhooks_in(told):
        known = webhooks.setdefault(webhook.webhook_id, webhook)
        assert known == webhook or known.version != webhook.version
        if known.version < webhook.version:
            webhooks[webhook.webhook_id] = webhook
    for delivery in deliveries_in(told):
        told_before = deliveries.setdefault(delivery.delivery_id, delivery)
        assert told_before == delivery or told_before.version != delivery.version
        if told_before.version < delivery.version:
            deliveries[delivery.delivery_id] = delivery
    return (
        {id_: webhook for id_, webhook in webhooks.items() if id_ not in gone},
        {id_: delivery for id_, delivery in deliveries.items() if delivery.webhook_id not in gone},
    )


@given(acts=acts, seed=st.integers(0, 2**32))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_webhooks_are_as_their_owners_and_admins_said_last(
    pool: Pool, acts: list[str], seed: int
) -> None:
    await pool.execute(f"TRUNCATE {TABLES} CASCADE")
    world = World(pool, Random(seed))
    for act in ["add", "make", *acts]:
        await world.act(act)

    kept = {row["webhook_id"]: row for row in await pool.fetch("SELECT * FROM webhooks")}
    assert {webhook_id: row["disabled_by"] for webhook_id, row in kept.items()} == {
        webhook_id: webhook.disabled_by for webhook_id, webhook in world.webhooks.items()
    }
    for row in kept.values():
        assert row["is_active"] == (row["disabled_by"] is None) == (row["disabled_at"] is None)
    deliveries = await pool.fetch("SELECT * FROM deliveries")
    assert {(row["webhook_id"], row["delivery_id"]): row["status"] for row in deliveries} == {
        (webhook_id, delivery_id): status
        for webhook_id, webhook in world.webhooks.items()
        for delivery_id, status in webhook.deliveries.items()
    }
    for row in deliveries:
        is_pending = row["status"] == "pending"
        assert (row["next_attempt_at"] is not None) == (row["ended_at"] is None) == is_pending
        assert is_pending or row["lease_token"] is None

    async with pool.acquire() as connection:
        again = [event async for event in public_state.public_state(connection, 0)]
    assert {each.webhook_id for each in again if isinstance(each, WebhookDeletedV1)} == set(world.gone)
    assert known_from(world.told, world.choice) == known_from(again, world.choice)
