"""Secrets: what a webhook signs with, and how one takes the place of another."""

from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
import structlog
from support.notifier_service import SIGNING_KEY, NotifierService, actor, webhooks_in

from hotgigs.chassis.database import Pool
from hotgigs.chassis.sealing import Sealing
from hotgigs.contracts import webhook_secret
from hotgigs.contracts.gateway.rotate_webhook_secret import RotateWebhookSecretV1
from hotgigs.notifier import secrets_store
from hotgigs.notifier.forget_old import forget_old

OWNER = actor()
SECOND, THIRD, FOURTH, FIFTH = (f"key number {number} of this webhook".encode() for number in range(2, 6))


async def passes(notifier: NotifierService, webhook_id: UUID, hours: float) -> None:
    await notifier.pool.execute(
        "UPDATE secrets SET until = until - $2 * interval '1 h' WHERE webhook_id = $1", webhook_id, hours
    )


async def test_both_sign_until_the_overlap_is_over_the_newest_first(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    sealed = notifier.sealed(webhook_id, SECOND)
    told = await notifier.does_well(
        RotateWebhookSecretV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, sealed_secret=sealed)
    )
    (webhook,) = webhooks_in(told)
    assert webhook.version == 2
    assert webhook.old_secrets_until == webhook.updated_at + timedelta(days=1)
    assert await notifier.signing_keys(webhook_id) == (SECOND, SIGNING_KEY)
    await passes(notifier, webhook_id, 23.9)
    assert await notifier.signing_keys(webhook_id) == (SECOND, SIGNING_KEY)
    await passes(notifier, webhook_id, 0.2)
    assert await notifier.signing_keys(webhook_id) == (SECOND,)


async def test_rotated_again_the_first_ends_when_it_was_to_end(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.rotates(OWNER, webhook_id, SECOND)
    await passes(notifier, webhook_id, 20)
    await notifier.rotates(OWNER, webhook_id, THIRD)
    assert await notifier.signing_keys(webhook_id) == (THIRD, SECOND, SIGNING_KEY)
    await passes(notifier, webhook_id, 5)
    assert await notifier.signing_keys(webhook_id) == (THIRD, SECOND)


async def test_at_most_three_sign_beside_the_newest(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    for key in (SECOND, THIRD, FOURTH, FIFTH):
        await notifier.rotates(OWNER, webhook_id, key)
    assert await notifier.signing_keys(webhook_id) == (FIFTH, FOURTH, THIRD, SECOND)


async def test_without_an_overlap_only_the_newest_signs(pool: Pool) -> None:
    notifier = NotifierService(pool, webhook_secret_overlap_seconds=0)
    webhook_id = await notifier.adds(OWNER)
    await notifier.rotates(OWNER, webhook_id, SECOND)
    assert await notifier.signing_keys(webhook_id) == (SECOND,)


async def test_one_that_is_off_can_be_given_another_secret(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER, is_active=False)
    await notifier.rotates(OWNER, webhook_id, SECOND)
    assert not (await notifier.webhook(webhook_id))["is_active"]


async def test_a_command_that_comes_twice_rotates_once(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    command = RotateWebhookSecretV1(
        command_id=uuid4(),
        actor=OWNER,
        webhook_id=webhook_id,
        sealed_secret=notifier.sealed(webhook_id, SECOND),
    )
    settled, _ = await notifier.does(command)
    await notifier.carry_out(command)
    assert await notifier.told() == [settled]
    assert await notifier.signing_keys(webhook_id) == (SECOND, SIGNING_KEY)


async def test_others_give_it_no_secret(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    command = RotateWebhookSecretV1(
        command_id=uuid4(),
        actor=actor("admin"),
        webhook_id=webhook_id,
        sealed_secret=notifier.sealed(webhook_id, SECOND),
    )
    settled, told = await notifier.does(command)
    assert settled.rejection is not None
    assert (settled.rejection.code, told) == ("not_found", [])
    assert await notifier.signing_keys(webhook_id) == (SIGNING_KEY,)


async def test_each_webhook_signs_with_its_own(notifier: NotifierService, pool: Pool) -> None:
    first, second = await notifier.adds(OWNER), await notifier.adds(actor())
    await notifier.rotates(OWNER, first, SECOND)
    async with pool.acquire() as connection:
        keys = await secrets_store.signing_keys(
            connection, [second, first, uuid4()], notifier.resources.sealing
        )
    assert keys == {first: (SECOND, SIGNING_KEY), second: (SIGNING_KEY,)}


@pytest.mark.parametrize("content", [b"no secret at all", b"whsec_!", b"\xff\xfe"])
async def test_what_cannot_be_used_is_left_out_and_logged_without_its_content(
    notifier: NotifierService, content: bytes
) -> None:
    webhook_id = await notifier.adds(OWNER)
    context = webhook_secret.context_of(webhook_id)
    sealed = notifier.resources.sealing.seal(content, context=context)
    await notifier.does_well(
        RotateWebhookSecretV1(command_id=uuid4(), actor=OWNER, webhook_id=webhook_id, sealed_secret=sealed)
    )
    with structlog.testing.capture_logs() as logs:
        assert await notifier.signing_keys(webhook_id) == (SIGNING_KEY,)
    assert logs == [
        {
            "event": "webhook_secret_unopenable",
            "log_level": "error",
            "webhook_id": str(webhook_id),
            "number": 2,
        }
    ]


async def test_another_webhooks_secret_cannot_be_used(notifier: NotifierService) -> None:
    others = await notifier.adds(actor())
    webhook_id = await notifier.adds(OWNER, sealed_secret=notifier.sealed(others))
    assert await notifier.signing_keys(webhook_id) is None


async def test_a_webhook_whose_key_is_gone_has_none_to_sign_with(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    strange = Sealing(["another key of the tests, of 32 letters or more"], label=webhook_secret.LABEL)
    notifier.resources = msgspec.structs.replace(notifier.resources, sealing=strange)
    assert await notifier.signing_keys(webhook_id) is None


async def test_what_signs_no_more_is_forgotten(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    await notifier.rotates(OWNER, webhook_id, SECOND)
    await notifier.rotates(OWNER, webhook_id, THIRD)
    await notifier.pool.execute("UPDATE secrets SET until = now() - interval '1 s' WHERE number = 1")
    await forget_old(notifier.units_of_work, None)
    assert [row["number"] for row in await notifier.pool.fetch("SELECT number FROM secrets")] == [2, 3]
