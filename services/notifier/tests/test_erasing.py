"""Of who is erased nothing is left, and nothing comes in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from support.heard_by_notifier import (
    OWNER,
    added,
    an_id,
    candidate,
    completed,
    computed,
    consented,
    erased,
    erasure,
    failed,
    granted,
    match,
    resume_erased,
    tell,
)
from support.notifier_service import NotifierService, deliveries_in

from hotgigs.chassis.database import Pool
from hotgigs.contracts.ingest.candidate_updated import CandidateUpdatedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.contracts.webhook_events import WebhookEvent
from hotgigs.notifier import delivery_states

ALL: tuple[WebhookEvent, ...] = (
    "resume.processing.completed",
    "resume.processing.failed",
    "candidate.added",
    "candidate.shared",
    "match.created",
)
ECHO = "thank you for Name ada, ada.84@mail.example"


@pytest.fixture
async def webhook_id(notifier: NotifierService) -> UUID:
    return await notifier.adds(OWNER, events=ALL)


async def delivers(
    notifier: NotifierService, webhook_id: UUID, *event_ids: UUID, answer: str = ECHO, is_open: bool = False
) -> UUID:
    """In one delivery, which was tried, and is in hand to be tried again."""
    delivery_id = uuid4()
    await notifier.pool.execute(
        "INSERT INTO deliveries (delivery_id, webhook_id, event, is_batch, is_open, attempt_count,"
        "  created_at, next_attempt_at, lease_token, lease_until)"
        " VALUES ($1, $2, 'match.created', true, $3, 1, now(), now(), gen_random_uuid(), now())",
        delivery_id,
        webhook_id,
        is_open,
    )
    await notifier.pool.execute(
        "INSERT INTO delivered_events SELECT $1, * FROM unnest($2::uuid[]) WITH ORDINALITY",
        delivery_id,
        event_ids,
    )
    await notifier.pool.execute(
        "INSERT INTO attempts VALUES ($1, 1, now(), 5, 500, 'status', $2)", delivery_id, answer
    )
    return delivery_id


async def events_of(notifier: NotifierService, name: str) -> list[UUID]:
    rows = await notifier.pool.fetch(
        "SELECT event_id FROM events WHERE candidate_id = $1 OR resume_id = $2 ORDER BY event_id",
        an_id(name),
        an_id(f"resume of {name}"),
    )
    return [row["event_id"] for row in rows]


async def tables_with(pool: Pool, *words: object) -> set[str]:
    """Those that have one of the words."""
    tables = await pool.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'notifier'"
    )
    found = set()
    for table in (row["table_name"] for row in tables):
        text = "encode(t.envelope, 'escape')" if table == "outbox" else "t::text"
        for word in words:
            query = f"SELECT count(*) FROM {table} AS t WHERE position($1 IN {text}) > 0"
            if await pool.fetchval(query, str(word)):
                found.add(table)
    return found


def everything_of(name: str) -> Sequence[Event]:
    return (
        added(name),
        completed(name),
        failed(name, attempt=2),
        granted(name),
        consented(name),
        computed(match(name)),
    )


async def is_told_of_matches(notifier: NotifierService, webhook_id: UUID) -> None:
    await notifier.pool.execute(
        "INSERT INTO told_matches SELECT $1, job_id, candidate_id, version FROM events"
        " WHERE event = 'match.created'",
        webhook_id,
    )


async def test_nothing_is_left_of_who_is_erased_and_the_erasure_is_confirmed(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, *everything_of("ada"))
    await is_told_of_matches(notifier, webhook_id)
    for event_id in await events_of(notifier, "ada"):
        await delivers(notifier, webhook_id, event_id)
    await tell(notifier.units_of_work, erased("ada"))
    told = await notifier.told()
    assert [type(each) for each in told] == [NotificationsForgottenV1]
    assert told[0] == NotificationsForgottenV1(erasure_id=erasure("ada").erasure_id, at=told[0].at)  # type: ignore[attr-defined]
    words = ("Name ada", "ada.84", "ada.old84", "+4930", an_id("ada"), an_id("resume of ada"))
    assert await tables_with(notifier.pool, *words) == {"tombstones"}
    assert not await notifier.pool.fetchval("SELECT count(*) FROM deliveries")


async def test_others_stay(notifier: NotifierService, webhook_id: UUID) -> None:
    await tell(notifier.units_of_work, *everything_of("ada"), *everything_of("bob"))
    await is_told_of_matches(notifier, webhook_id)
    delivery_ids = [await delivers(notifier, webhook_id, each) for each in await events_of(notifier, "bob")]
    before = [await notifier.delivery(each) for each in delivery_ids]
    words = ("Name bob", an_id("bob"), an_id("resume of bob"))
    had = await tables_with(notifier.pool, *words)
    await tell(notifier.units_of_work, erased("ada"))
    assert await tables_with(notifier.pool, *words) == had
    assert [await notifier.delivery(each) for each in delivery_ids] == before
    assert await notifier.pool.fetchval("SELECT count(*) FROM attempts WHERE answer = $1", ECHO) == 5


async def test_a_batch_goes_on_without_the_erased_and_what_was_answered_to_it(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada"), match("bob")))
    (of_ada,), (of_bob,) = await events_of(notifier, "ada"), await events_of(notifier, "bob")
    delivery_id = await delivers(notifier, webhook_id, of_ada, of_bob, is_open=True)
    await tell(notifier.units_of_work, erased("ada"))
    *told, _ = await notifier.told()
    (state,) = deliveries_in(told)
    assert (state.delivery_id, state.version, state.status) == (delivery_id, 2, "pending")
    assert (state.event_ids, state.candidate_ids) == ((of_bob,), (an_id("bob"),))
    assert [attempt.answer for attempt in state.attempts] == [""]
    assert await tables_with(notifier.pool, "Name ada", an_id("ada")) == {"tombstones"}


async def test_who_has_a_batch_in_hand_that_told_of_the_erased_records_nothing(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada"), match("bob"), match("eve")))
    found = {name: await events_of(notifier, name) for name in ("ada", "bob", "eve")}
    thinned = await delivers(notifier, webhook_id, *found["ada"], *found["bob"])
    untouched = await delivers(notifier, webhook_id, *found["eve"])
    await tell(notifier.units_of_work, erased("ada"))
    row = await notifier.delivery(thinned)
    assert (row["lease_token"], row["lease_until"]) == (None, None)
    assert (await notifier.delivery(untouched))["lease_token"] is not None


async def test_what_waits_to_be_told_of_a_delivery_is_told_without_the_erased(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    await tell(notifier.units_of_work, computed(match("ada"), match("bob")))
    (of_ada,), (of_bob,) = await events_of(notifier, "ada"), await events_of(notifier, "bob")
    delivery_ids = [
        await delivers(notifier, webhook_id, of_ada),
        await delivers(notifier, webhook_id, of_bob),
        await delivers(notifier, webhook_id, of_ada, of_bob),
    ]
    await notifier.told()
    async with notifier.units_of_work.begin() as uow:
        for told in await delivery_states.words_of(uow.connection, delivery_ids):
            uow.publish(told)
    await tell(notifier.units_of_work, erased("ada"))
    waited, again, confirmed = await notifier.told()
    assert [each.delivery_id for each in deliveries_in([waited])] == [delivery_ids[1]]
    assert [each.delivery_id for each in deliveries_in([again])] == [delivery_ids[2]]
    assert isinstance(confirmed, NotificationsForgottenV1)


async def test_a_message_of_which_nothing_is_left_is_still_told(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    """Who sent a command counts the messages that tell of its effect."""
    await tell(notifier.units_of_work, computed(match("ada")))
    delivery_id = await delivers(notifier, webhook_id, *await events_of(notifier, "ada"))
    await notifier.told()
    async with notifier.units_of_work.begin() as uow:
        (told,) = await delivery_states.words_of(uow.connection, [delivery_id])
        uow.publish(DeliveriesChangedV1(deliveries=told.deliveries, command_id=an_id("command")))
    await tell(notifier.units_of_work, erased("ada"))
    left, _ = await notifier.told()
    assert left == DeliveriesChangedV1(deliveries=(), command_id=an_id("command"))


async def test_a_resume_goes_without_its_candidate(notifier: NotifierService, webhook_id: UUID) -> None:
    await tell(notifier.units_of_work, *everything_of("ada"))
    await tell(notifier.units_of_work, resume_erased("ada"), completed("ada"), failed("ada", attempt=2))
    rows = await notifier.pool.fetch("SELECT event FROM events ORDER BY event")
    assert [row["event"] for row in rows] == ["candidate.added", "candidate.shared", "match.created"]
    assert await tables_with(notifier.pool, an_id("resume of ada"), "ada.old84") == {"tombstones"}
    assert await tables_with(notifier.pool, "Name ada") == {"candidates"}


async def test_what_was_answered_of_a_candidate_goes_with_a_resume_that_it_may_be_from(
    notifier: NotifierService, webhook_id: UUID
) -> None:
    """The candidate's own, and of those that it is merged with."""
    merged = CandidateUpdatedV1(candidate=candidate("ada", survivor="bob"))
    await tell(notifier.units_of_work, merged, completed("ada"), added("bob"), added("eve"), completed("eve"))
    of_group = await delivers(notifier, webhook_id, *await events_of(notifier, "bob"))
    await delivers(notifier, webhook_id, *await events_of(notifier, "eve"), answer="of eve")
    await tell(notifier.units_of_work, resume_erased("ada"))
    (state,) = deliveries_in(await notifier.told())
    assert (state.delivery_id, state.candidate_ids) == (of_group, (an_id("bob"),))
    rows = await notifier.pool.fetch("SELECT answer FROM attempts ORDER BY answer")
    assert [row["answer"] for row in rows] == ["", "of eve"]


@pytest.mark.parametrize("event", [erased("ada"), resume_erased("ada")], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("is_known", [True, False])
async def test_every_erasure_is_confirmed_however_often_it_is_told(
    notifier: NotifierService, webhook_id: UUID, event: Any, is_known: bool
) -> None:
    if is_known:
        await tell(notifier.units_of_work, *everything_of("ada"))
    for _ in range(2):
        await notifier.told()
        await tell(notifier.units_of_work, event)
        (confirmed,) = await notifier.told()
        assert isinstance(confirmed, NotificationsForgottenV1)
        assert confirmed.erasure_id == event.erasure.erasure_id


async def test_nothing_comes_in_of_who_was_erased(notifier: NotifierService, webhook_id: UUID) -> None:
    await tell(notifier.units_of_work, erased("ada"), *everything_of("ada"))
    assert await tables_with(notifier.pool, "ada", an_id("ada"), an_id("resume of ada")) == {"tombstones"}
