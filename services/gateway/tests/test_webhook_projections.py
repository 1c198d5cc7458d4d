"""What the notifier tells of webhooks and deliveries comes in any order, some of it twice, and beside
erasures."""

from datetime import UTC, datetime, timedelta
from typing import cast

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from told import NOW, after, an_id, erasure, in_any_order, shown, tell, tell_together
from told_by_notifier import attempt, changed, delivery, tried

from hotgigs.chassis.database import Pool
from hotgigs.chassis.outbox import Relay
from hotgigs.chassis.unit_of_work import UnitsOfWork
from hotgigs.contracts.ingest.candidate_erased import CandidateErasedV1
from hotgigs.contracts.ingest.resume_erased import ResumeErasedV1
from hotgigs.contracts.message import Event
from hotgigs.contracts.notifier.deliveries_changed import DeliveriesChangedV1
from hotgigs.contracts.notifier.notifications_forgotten import NotificationsForgottenV1
from hotgigs.contracts.notifier.webhook_deleted import WebhookDeletedV1
from hotgigs.gateway.webhooks.forget_old_deliveries import forget_old_deliveries

FAILED = attempt(status_code=500, error="status", answer="Sorry.")
BOTH = {"event": "match.created", "event_ids": (an_id("event a"), an_id("event b"))}
STORY: tuple[Event, ...] = (
    changed("kept"),
    changed("kept", version=2, events=("resume.processing.failed",), min_score=72.5),
    changed("kept", version=3, is_active=False, disabled_by="gone", disabled_at=NOW),
    tried("first", of="kept"),
    tried("first", of="kept", version=2, attempt_count=1, attempts=(FAILED,)),
    tried(
        "first",
        of="kept",
        version=3,
        status="delivered",
        attempt_count=2,
        attempts=(attempt(2), FAILED),
        next_attempt_at=None,
        ended_at=NOW,
    ),
    DeliveriesChangedV1(deliveries=(delivery("second", of="kept"), delivery("third", of="kept"))),
)
END: tuple[Event, ...] = (
    changed("deleted"),
    changed("deleted", version=2, is_active=False),
    tried("of the deleted", of="deleted"),
    tried("of the deleted", of="deleted", version=2, status="withheld"),
    WebhookDeletedV1(webhook_id=an_id("deleted")),
    changed("other"),
    tried("erased webhook candidate", of="other"),
    tried("erased webhook candidate", of="other", version=2, attempts=(FAILED,), attempt_count=1),
    tried("resume", of="other", candidate_ids=(), resume_ids=(an_id("resume of the erased one"),)),
    tried(
        "both",
        of="other",
        **BOTH,
        candidate_ids=(an_id("erased webhook candidate"), an_id("left")),
        attempts=(FAILED,),
        attempt_count=1,
    ),
    tried("both", of="other", version=2, **BOTH, candidate_ids=(an_id("left"),), attempt_count=1),
    CandidateErasedV1(erasure=erasure("erased webhook candidate")),
    ResumeErasedV1(erasure=msgspec.structs.replace(erasure("the erased one"), candidate_ids=())),
    NotificationsForgottenV1(erasure_id=erasure("erased webhook candidate").erasure_id, at=NOW),
)


@in_any_order
@given(order=st.permutations(STORY), repeated=st.lists(st.sampled_from(STORY), max_size=5))
async def test_the_newest_word_on_each_webhook_and_delivery_stands_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(STORY))
    (webhook,) = seen["webhooks"]
    assert (webhook["version"], webhook["disabled_by"], webhook["min_score"]) == (3, "gone", 0.0)
    assert webhook["events"] == ["candidate.added", "match.created"]
    deliveries = {row["delivery_id"]: row for row in seen["webhook_deliveries"]}
    assert {delivery_id: row["version"] for delivery_id, row in deliveries.items()} == {
        an_id("delivery first"): 3,
        an_id("delivery second"): 1,
        an_id("delivery third"): 1,
    }
    first = deliveries[an_id("delivery first")]
    assert [each["number"] for each in first["attempts"]] == [2, 1]
    assert (first["event_ids"], first["next_attempt_at"]) == ([an_id("event first")], None)


@in_any_order
@given(order=st.permutations(END), repeated=st.lists(st.sampled_from(END), max_size=8))
async def test_nothing_that_is_deleted_or_erased_comes_back_in_any_order(
    pool: Pool, order: list[Event], repeated: list[Event]
) -> None:
    seen = await after(pool, order + repeated)
    assert seen == await after(pool, list(END))
    assert {row["webhook_id"] for row in seen["webhooks"]} == {an_id("other")}
    (left,) = seen["webhook_deliveries"]
    assert (left["delivery_id"], left["version"]) == (an_id("delivery both"), 2)
    assert (left["candidate_ids"], left["attempts"]) == ([an_id("left")], [])
    assert [row["service"] for row in seen["erasure_confirmations"]] == ["notifier"]
    assert an_id("deleted") in {row["id"] for row in seen["tombstones"]}


async def test_a_word_of_which_erasing_left_nothing_is_applied(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell(connection, DeliveriesChangedV1(deliveries=(), command_id=an_id("command")))
        outcomes = await connection.fetch("SELECT command_id, result FROM command_outcomes")
    assert [tuple(row) for row in outcomes] == [(an_id("command"), {})]


async def test_deliveries_that_ended_long_ago_are_forgotten(pool: Pool) -> None:
    long_ago, lately = (datetime.now(UTC) - timedelta(days=days) for days in (31, 29))
    units_of_work = UnitsOfWork(pool, cast("Relay", None), source="tests")
    async with pool.acquire() as connection:
        await tell(
            connection,
            tried("old", created_at=long_ago, ended_at=long_ago, status="failed"),
            tried("old and tried", created_at=long_ago),
            tried("old and tried lately", created_at=long_ago, ended_at=lately, status="delivered"),
        )
        await forget_old_deliveries(units_of_work, None)
        left = {row["delivery_id"] for row in await connection.fetch("SELECT * FROM webhook_deliveries")}
    assert left == {an_id("delivery old and tried"), an_id("delivery old and tried lately")}


async def test_of_several_words_in_one_batch_of_messages_the_newest_stands(pool: Pool) -> None:
    async with pool.acquire() as connection:
        await tell_together(connection, [changed("kept", version=version) for version in (2, 3, 1)])
        await tell_together(connection, [tried("first", version=version) for version in (2, 3, 1)])
        seen = await shown(connection)
    assert [row["version"] for row in (*seen["webhooks"], *seen["webhook_deliveries"])] == [3, 3]
