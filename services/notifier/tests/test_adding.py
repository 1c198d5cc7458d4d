"""What becomes of add_webhook."""

import asyncio

import pytest
from support.notifier_service import SIGNING_KEY, NotifierService, actor, webhooks_in

from hotgigs.chassis.database import Pool
from hotgigs.contracts.actor import Role
from hotgigs.contracts.notifier.webhook_command_settled import WebhookCommandSettledV1

OWNER = actor()


@pytest.mark.parametrize("role", ["candidate", "recruiter", "admin"])
async def test_whoever_asks_for_a_webhook_owns_it(notifier: NotifierService, role: Role) -> None:
    owner = actor(role)
    command = notifier.webhook_of(
        owner,
        events=("match.created", "candidate.shared"),
        description="ATS",
        is_batched=True,
        min_score=72.5,
    )
    (webhook,) = webhooks_in(await notifier.does_well(command))
    assert (webhook.webhook_id, webhook.version, webhook.owner_user_id) == (
        command.webhook_id,
        1,
        owner.user_id,
    )
    assert (webhook.url, webhook.events, webhook.description) == (command.url, command.events, "ATS")
    assert (webhook.is_batched, webhook.min_score) == (True, 72.5)
    assert (webhook.is_active, webhook.disabled_by, webhook.disabled_at) == (True, None, None)
    assert webhook.created_at == webhook.updated_at


async def test_it_signs_with_the_secret_that_came_with_it(notifier: NotifierService) -> None:
    webhook_id = await notifier.adds(OWNER)
    assert await notifier.signing_keys(webhook_id) == (SIGNING_KEY,)


async def test_one_may_be_off_from_the_beginning(notifier: NotifierService) -> None:
    (webhook,) = webhooks_in(await notifier.does_well(notifier.webhook_of(OWNER, is_active=False)))
    assert (webhook.is_active, webhook.disabled_by) == (False, "owner")
    assert webhook.disabled_at == webhook.created_at


async def test_an_owner_has_no_more_than_the_most_and_others_have_theirs(pool: Pool) -> None:
    notifier = NotifierService(pool, webhook_most_per_owner=2)
    first, _ = await notifier.adds(OWNER), await notifier.adds(OWNER, is_active=False)
    settled, told = await notifier.does(notifier.webhook_of(OWNER))
    assert settled.rejection is not None
    assert settled.rejection.code == "conflict"
    assert not told
    await notifier.adds(actor())
    await notifier.deletes(OWNER, first)
    await notifier.adds(OWNER)


async def test_many_at_the_same_moment_are_no_more_than_the_most(pool: Pool) -> None:
    notifier = NotifierService(pool, webhook_most_per_owner=2)
    await asyncio.gather(*(notifier.carry_out(notifier.webhook_of(OWNER)) for _ in range(6)))
    settled = [each for each in await notifier.told() if isinstance(each, WebhookCommandSettledV1)]
    assert [each.rejection for each in settled].count(None) == 2
    assert {each.rejection.code for each in settled if each.rejection} == {"conflict"}
    assert await pool.fetchval("SELECT count(*) FROM webhooks") == 2


async def test_a_command_that_comes_twice_has_its_effect_once(notifier: NotifierService) -> None:
    command = notifier.webhook_of(OWNER)
    first, _ = await notifier.does(command)
    await notifier.carry_out(command)
    assert await notifier.told() == [first]


async def test_an_id_is_given_once_and_not_again_after_its_webhook_is_deleted(
    notifier: NotifierService, pool: Pool
) -> None:
    webhook_id = await notifier.adds(OWNER)
    for _ in ("while it is there", "after it is deleted"):
        settled, told = await notifier.does(notifier.webhook_of(OWNER, webhook_id=webhook_id))
        assert settled.rejection is not None
        assert settled.rejection.code == "conflict"
        assert not told
        if await pool.fetchval("SELECT count(*) FROM webhooks"):
            await notifier.deletes(OWNER, webhook_id)
    assert await pool.fetchval("SELECT count(*) FROM webhooks") == 0
